// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_phones.hpp"

#include <algorithm>
#include <charconv>

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr unsigned longest_seconds = 3600;

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

NuaPhones::NuaPhones(NuaCore& core) : core_(core), guard_(core.options().realm) {}

void NuaPhones::on_register(const NuaEvent& event) {
  const url_t* to = event.sip->sip_to->a_url;
  const std::string user = to->url_user ? to->url_user : "";
  if (core_.stopping()) {
    nua_respond(event.handle, SIP_503_SERVICE_UNAVAILABLE, NUTAG_WITH_THIS(core_.nua()), TAG_END());
  } else if (authenticated(event, user)) {
    accept(event, user);
  } else {
    challenge(event, stale_);
  }
}

// A user who does not exist, a wrong password and none at all get the same answer.
bool NuaPhones::authenticated(const NuaEvent& event, const std::string& user) {
  stale_ = false;
  const std::vector<SipAccount>& accounts = core_.options().accounts;
  const auto account = std::find_if(accounts.begin(), accounts.end(),
                                    [&](const SipAccount& known) { return known.user == user; });
  const Secret* password = account == accounts.end() ? nullptr : &account->password;
  for (const sip_authorization_t* header = event.sip->sip_authorization; header; header = header->au_next) {
    if (!header->au_scheme || !equal_ignoring_case(header->au_scheme, "Digest") || !header->au_params)
      continue;
    DigestCredentials credentials;
    for (const msg_param_t* parameter = header->au_params; *parameter; ++parameter)
      credentials.take(*parameter);
    if (credentials.user != user) continue;
    const DigestVerdict verdict = guard_.check(credentials, "REGISTER", password, core_.now());
    if (verdict == DigestVerdict::good) return true;
    stale_ = stale_ || verdict == DigestVerdict::stale;
  }
  return false;
}

void NuaPhones::challenge(const NuaEvent& event, bool stale) {
  const std::string value = guard_.challenge(core_.now(), stale);
  nua_respond(event.handle, SIP_401_UNAUTHORIZED, NUTAG_WITH_THIS(core_.nua()),
              SIPTAG_WWW_AUTHENTICATE_STR(value.c_str()), TAG_END());
}

void NuaPhones::accept(const NuaEvent& event, const std::string& user) {
  if (!bind(event, user)) {
    nua_respond(event.handle, SIP_400_BAD_REQUEST, NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  std::string contacts;
  for (const ContactBinding& binding : registrar_.bindings(user)) {
    if (!contacts.empty()) contacts += ", ";
    contacts +=
        "<" + binding.uri + ">;expires=" + std::to_string(seconds_until(binding.expires, core_.now()));
  }
  nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()),
              TAG_IF(!contacts.empty(), SIPTAG_CONTACT_STR(contacts.c_str())), TAG_END());
  tell(user);
}

// RFC 3261 §10.3; without a Contact it is a question only.
bool NuaPhones::bind(const NuaEvent& event, const std::string& user) {
  for (const sip_contact_t* contact = event.sip->sip_contact; contact; contact = contact->m_next) {
    const unsigned seconds = expiry_of(event.sip, contact);
    if (contact->m_url->url_type == url_any) {
      if (seconds != 0 || contact->m_next || contact != event.sip->sip_contact) return false;
      registrar_.unbind_all(user);
      continue;
    }
    std::string uri = uri_of(contact->m_url);
    if (contact->m_url->url_params) uri.append(";").append(contact->m_url->url_params);
    if (!parse_sip_uri(uri)) return false;
    if (seconds == 0) {
      registrar_.unbind(user, uri);
    } else if (!registrar_.bind(user, std::move(uri), core_.source(event),
                                core_.now() + std::chrono::seconds(seconds))) {
      return false;
    }
  }
  return true;
}

void NuaPhones::tell(const std::string& user) {
  const ContactBinding* newest = registrar_.find(user);
  const std::string uri = newest ? newest->uri : "";
  std::string& told = told_[user];
  if (told == uri) return;
  told = uri;
  StackEvent event{StackEvent::Kind::device};
  event.user = user;
  event.text = uri;
  if (newest) event.source = newest->source;
  core_.tell(std::move(event));
}

void NuaPhones::on_tick() {
  for (const std::string& user : registrar_.expire(core_.now())) tell(user);
}

}  // namespace vcsr::sip
