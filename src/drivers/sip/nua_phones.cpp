// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_phones.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr unsigned longest_seconds = 3600;
constexpr int saving_ticks = 2;
/// Of a telephone that waits for the disk.
constexpr int patience_ticks = 8;

unsigned expiry_of(const sip_t* sip, const sip_contact_t* contact) {
  unsigned seconds =
      sip->sip_expires
          ? static_cast<unsigned>(std::min<unsigned long>(sip->sip_expires->ex_delta, longest_seconds))
          : longest_seconds;
  if (!contact->m_expires) return seconds;
  const std::string_view text = contact->m_expires;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::min(seconds, longest_seconds);
}

long seconds_until(WallTime then, WallTime now) {
  return static_cast<long>(std::chrono::ceil<std::chrono::seconds>(then - now).count());
}

}  // namespace

NuaPhones::NuaPhones(NuaCore& core)
    : core_(core),
      guard_(core.options().realm, core.options().digest),
      registrar_(core.options().max_contacts) {}
NuaPhones::~NuaPhones() = default;

void NuaPhones::begin() {
  const SipOptions& options = core_.options();
  if (options.registrations_file.empty()) return;
  try {
    registrar_ = load_registrations(options.registrations_file, options.max_contacts, core_.now());
  } catch (const Error& error) {
    core_.log().warning("registrations of the run before are lost", {{"why", std::string(error.what())}});
  }
  std::vector<std::string> users;
  for (const auto& [user, bindings] : registrar_.users()) users.push_back(user);
  for (const std::string& user : users) {
    if (has_account(user)) tell(user);
    else registrar_.unbind_all(user);
  }
  file_.emplace(core_.loop(), options.registrations_file, registrar_,
                [this](const std::string& why) { on_written(why); });
}

void NuaPhones::on_register(const NuaEvent& event) {
  const url_t* to = event.sip->sip_to->a_url;
  const std::string user = to->url_user ? to->url_user : "";
  bool answered = true;
  if (core_.stopping())
    nua_respond(event.handle, SIP_503_SERVICE_UNAVAILABLE, NUTAG_WITH_THIS(core_.nua()), TAG_END());
  else if (proves(event, user, "REGISTER")) answered = accept(event, user);
  if (answered) nua_handle_destroy(event.handle);
}

// An answer that depended on whether there is such a user would tell scanners whose passwords to guess.
bool NuaPhones::admits(const NuaEvent& event, Address& caller, std::string& phone) {
  const SipOptions& options = core_.options();
  if (!options.authenticate_calls || options.accounts.empty()) return true;
  const std::string user(caller.user());
  const std::optional<SipUri> uri = parse_sip_uri(caller.uri);
  const std::string host(uri ? uri->host : "");
  const url_t* const dialed = event.sip->sip_request->rq_url;
  const bool ours = core_.is_own(host) || (dialed->url_host && same_host(host, dialed->url_host));
  const bool known = has_account(user), trusted = core_.trusts(core_.source_host());
  if (known ? ours || trusted || is_at_home(user) : ours && !trusted) {
    if (!proves(event, user, "INVITE")) return false;
    phone = user;
    return true;
  }
  if (known) caller.uri = "sip:anonymous@" + (host.empty() ? "anonymous.invalid" : host);
  return true;
}

/// One of the user's telephones is registered from where the request in hand came from.
bool NuaPhones::is_at_home(const std::string& user) const {
  const std::string network = network_of(core_.source_host());
  const std::vector<ContactBinding>& bindings = registrar_.bindings(user);
  return std::any_of(bindings.begin(), bindings.end(), [&](const ContactBinding& binding) {
    const std::string uri = "sip:" + binding.source;
    const std::optional<SipUri> source = parse_sip_uri(uri);
    return source && network_of(std::string(unbracketed(source->host))) == network;
  });
}

const Secret* NuaPhones::password_of(const std::string& user) const {
  const std::vector<SipAccount>& accounts = core_.options().accounts;
  const auto account = std::find_if(accounts.begin(), accounts.end(),
                                    [&](const SipAccount& known) { return known.user == user; });
  return account == accounts.end() ? nullptr : &account->password;
}

// A user who does not exist, a wrong password and none at all get the same answer.
bool NuaPhones::proves(const NuaEvent& event, const std::string& user, std::string_view method) {
  const std::string host = core_.source_host(), network = network_of(host);
  const Duration locked = logins_.locked(user, network, core_.now());
  if (event.sip->sip_authorization && locked > Duration::zero()) {
    const std::string later = std::to_string(std::chrono::ceil<std::chrono::seconds>(locked).count());
    nua_respond(event.handle, SIP_403_FORBIDDEN, NUTAG_WITH_THIS(core_.nua()),
                SIPTAG_RETRY_AFTER_STR(later.c_str()), TAG_END());
    return false;
  }
  const DigestVerdict verdict = judge(event, user, method);
  if (verdict == DigestVerdict::good) {
    logins_.succeeded(user, network);
    return true;
  }
  if (verdict == DigestVerdict::bad && event.sip->sip_authorization) {
    logins_.failed(user, network, core_.now());
    if (logins_.locked(user, network, core_.now()) > Duration::zero())
      core_.log().warning("too many wrong passwords", {{"user", user}, {"from", host}});
  }
  challenge(event, verdict == DigestVerdict::stale);
  return false;
}

DigestVerdict NuaPhones::judge(const NuaEvent& event, const std::string& user, std::string_view method) {
  DigestVerdict best = DigestVerdict::bad;
  for (const sip_authorization_t* header = event.sip->sip_authorization; header; header = header->au_next) {
    if (!header->au_scheme || !equal_ignoring_case(header->au_scheme, "Digest") || !header->au_params)
      continue;
    DigestCredentials credentials;
    for (const msg_param_t* parameter = header->au_params; *parameter; ++parameter)
      credentials.take(*parameter);
    if (credentials.user != user) continue;
    const DigestVerdict verdict = guard_.check(credentials, method, password_of(user), core_.now());
    if (verdict == DigestVerdict::good) return verdict;
    if (verdict == DigestVerdict::stale) best = verdict;
  }
  return best;
}

void NuaPhones::challenge(const NuaEvent& event, bool stale) {
  const std::vector<std::string> values = guard_.challenges(core_.now(), stale);
  nua_respond(event.handle, SIP_401_UNAUTHORIZED, NUTAG_WITH_THIS(core_.nua()),
              SIPTAG_WWW_AUTHENTICATE_STR(values.front().c_str()),
              TAG_IF(values.size() > 1, SIPTAG_WWW_AUTHENTICATE_STR(values.back().c_str())), TAG_END());
}

bool NuaPhones::accept(const NuaEvent& event, const std::string& user) {
  std::vector<ContactBinding> before = registrar_.bindings(user);
  const int status = bind(event, user);
  if (status != 200) {
    registrar_.restore(user, std::move(before));
    nua_respond(event.handle, status, sip_status_phrase(status), NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return true;
  }
  auto request = std::make_unique<OpenRequest>(core_.nua());
  if (!file_ || contacts_of(user) == told_[user]) {
    confirm(event.handle, user, *request);
    return true;
  }
  unsaved_.erase(user);
  const std::uint64_t change = file_->keep(user, registrar_.bindings(user));
  unanswered_.push_back({std::move(request), event.handle, user, change, ticks_});
  return false;
}

void NuaPhones::confirm(nua_handle_t* handle, const std::string& user, const OpenRequest& request) {
  std::string contacts;
  for (const ContactBinding& binding : registrar_.bindings(user)) {
    if (!contacts.empty()) contacts += ", ";
    contacts +=
        "<" + binding.uri + ">;expires=" + std::to_string(seconds_until(binding.expires, core_.now()));
  }
  nua_respond(handle, SIP_200_OK, NUTAG_WITH_SAVED(request.saved),
              TAG_IF(!contacts.empty(), SIPTAG_CONTACT_STR(contacts.c_str())), TAG_END());
  tell(user);
}

void NuaPhones::confirm_first() {
  const Unanswered first = std::move(unanswered_.front());
  unanswered_.pop_front();
  confirm(first.handle, first.user, *first.request);
  nua_handle_destroy(first.handle);
}

void NuaPhones::answer_written() {
  while (file_ && !unanswered_.empty() && unanswered_.front().change <= file_->written()) confirm_first();
}

void NuaPhones::on_written(const std::string& why) {
  if (!why.empty()) core_.log().error("registrations would be lost at a restart", {{"why", why}});
  su_msg_r message = SU_MSG_R_INIT;
  const auto answer = [](NuaCore* core, su_msg_r, WakeMessage*) { core->phones.answer_written(); };
  if (su_msg_create(message, su_root_task(core_.root()), su_task_null, answer, sizeof(WakeMessage)) == 0)
    su_msg_send(message);
}

// RFC 3261 §10.3: all of it or nothing; without a Contact it is a question only.
int NuaPhones::bind(const NuaEvent& event, const std::string& user) {
  const std::string source = core_.source(event);
  for (const sip_contact_t* contact = event.sip->sip_contact; contact; contact = contact->m_next) {
    const unsigned seconds = expiry_of(event.sip, contact);
    if (contact->m_url->url_type == url_any) {
      if (seconds != 0 || contact->m_next || contact != event.sip->sip_contact) return 400;
      registrar_.unbind_all(user);
      continue;
    }
    std::string uri = contact_of(contact->m_url);
    if (!parse_sip_uri(uri)) return 400;
    if (seconds == 0) registrar_.unbind(user, uri);
    else if (!registrar_.bind(user, std::move(uri), source, core_.now() + std::chrono::seconds(seconds)))
      return 403;
  }
  if (event.sip->sip_contact) unsaved_.insert(user);
  return 200;
}

std::vector<PhoneContact> NuaPhones::contacts_of(const std::string& user) const {
  std::vector<PhoneContact> contacts;
  for (const ContactBinding& binding : registrar_.bindings(user))
    contacts.push_back({binding.uri, binding.source});
  return contacts;
}

void NuaPhones::tell(const std::string& user) {
  std::vector<PhoneContact> contacts = contacts_of(user);
  std::vector<PhoneContact>& told = told_[user];
  if (told == contacts) return;
  told = contacts;
  StackEvent event{StackEvent::Kind::device};
  event.user = user;
  event.contacts = std::move(contacts);
  core_.tell(std::move(event));
}

void NuaPhones::notify(const std::string& contact, const std::string& proxy, const std::string& summary) {
  if (core_.stopping() || core_.subscriptions.has(contact)) return;
  nua_handle_t* const handle =
      nua_handle(core_.nua(), nullptr, NUTAG_URL(contact.c_str()), SIPTAG_TO_STR(contact.c_str()),
                 SIPTAG_FROM_STR(core_.own_uri().c_str()), TAG_END());
  if (!handle) return;
  nua_notify(handle, TAG_IF(!proxy.empty(), NUTAG_PROXY(proxy.c_str())), NUTAG_NEWSUB(1),
             SIPTAG_EVENT_STR("message-summary"), SIPTAG_SUBSCRIPTION_STATE_STR("terminated"),
             SIPTAG_CONTENT_TYPE_STR("application/simple-message-summary"),
             SIPTAG_PAYLOAD_STR(summary.c_str()), TAG_END());
}

void NuaPhones::on_tick() {
  for (const std::string& user : registrar_.expire(core_.now())) {
    tell(user);
    unsaved_.insert(user);
  }
  if (++ticks_ % saving_ticks == 0) save();
  while (!unanswered_.empty() && ticks_ - unanswered_.front().since > patience_ticks) {
    core_.log().warning("the disk is slow: a telephone is told that it is registered before that is durable",
                        {{"user", unanswered_.front().user}});
    confirm_first();
  }
}

void NuaPhones::save() {
  for (const std::string& user : std::exchange(unsaved_, {}))
    if (file_) file_->keep(user, registrar_.bindings(user));
}

void NuaPhones::drop_all() {
  save();
  file_.reset();
  for (const Unanswered& one : unanswered_) nua_handle_destroy(one.handle);
  unanswered_.clear();
}

}  // namespace vcsr::sip
