// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_trunks.hpp"

#include <algorithm>
#include <utility>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_text.hpp"
#include "drivers/sip/trunk_names.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr int retry_ticks = 120;
constexpr Duration tick_length = std::chrono::milliseconds(250);

DigestAnswer credentials_for(const DigestChallenge& challenge, const SipRegistration& registration,
                             const sip_t* response, std::string_view method, const std::string& uri) {
  return answer_to(challenge, response, registration.user, registration.password, method, uri);
}

/// The caller as the trunk is told: numbers, and addresses that are no SIP URIs, become users of its host.
Address caller_on_trunk(const Address& caller, const std::string& user, const std::string& host) {
  if (parse_sip_uri(caller.uri)) return caller;
  const std::string_view number = caller.scheme().empty() ? std::string_view(caller.uri) : caller.user();
  const std::string shown = number.empty() ? (user.empty() ? "anonymous" : user) : std::string(number);
  const std::string uri = "sip:" + shown + "@" + host;
  return {parse_sip_uri(uri) ? uri : "sip:anonymous@" + host, caller.name};
}

}  // namespace

NuaTrunks::NuaTrunks(NuaCore& core) : core_(core), table_(core.options().trunks) {}

void NuaTrunks::begin() {
  for (const SipRegistration& registration : core_.options().registrations) {
    trunks_.push_back(std::make_unique<NuaTrunk>(registration));
    open(*trunks_.back());
  }
  for (const SipTrunk& line : core_.options().trunks) {
    trunks_.push_back(
        std::make_unique<NuaTrunk>(SipRegistration{line.address, line.user, line.password, line.expires}));
    trunks_.back()->line = &line;
    open(*trunks_.back());
  }
}

void NuaTrunks::open(NuaTrunk& trunk) {
  const SipRegistration& registration = trunk.registration;
  const SipUri registrar = *parse_sip_uri(registration.registrar);
  core_.trust(registrar.host);
  if (!is_address(registrar.host)) {
    const std::vector<std::string> addresses = look_up(core_.options(), std::string(registrar.host));
    if (addresses.empty()) {
      throw Error(Error::Code::unavailable,
                  "SIP: the registrar's name in " + registration.registrar +
                      " cannot be resolved; check the name or give an address of the version of sip.address");
    }
    set_place(trunk, addresses.front());
  } else {
    set_place(trunk, {});
  }
  if (!trunk.line || trunk.line->registers) {
    const std::string own = "<sip:" + registration.user + "@" + std::string(registrar.host) + ">";
    trunk.handle =
        nua_handle(core_.nua(), &trunk, SIPTAG_TO_STR(own.c_str()), SIPTAG_FROM_STR(own.c_str()), TAG_END());
    send(trunk);
  }
  if (!trunk.line || trunk.line->check_every == Duration::zero()) return;
  const std::string peer = "<" + registration.registrar + ">", us = "<" + core_.own_uri() + ">";
  trunk.probe = nua_handle(core_.nua(), &trunk, NUTAG_URL(registration.registrar.c_str()),
                           SIPTAG_TO_STR(peer.c_str()), SIPTAG_FROM_STR(us.c_str()), TAG_END());
  probe(trunk);
}

void NuaTrunks::set_place(NuaTrunk& trunk, const std::string& address) {
  const SipRegistration& registration = trunk.registration;
  const SipUri registrar = *parse_sip_uri(registration.registrar);
  trunk.place = address;
  if (!address.empty()) {
    core_.trust(address);
    trunk.proxy = sip_uri_at(address, registrar);
  }
  const std::string& first_hop = trunk.proxy.empty() ? registration.registrar : trunk.proxy;
  const bool named = trunk.line && !trunk.line->tls_name.empty();
  core_.expect_certificate(first_hop, named ? trunk.line->tls_name : std::string(registrar.host));
  trunk.contact = "<sip:" + registration.user + "@" +
                  core_.own_contact(registrar, core_.version_towards(first_hop)) + ">";
}

void NuaTrunks::found(std::size_t number, const std::vector<std::string>& addresses, bool failed) {
  if (addresses.empty()) return;
  NuaTrunk& trunk = *trunks_[number];
  auto next = std::find(addresses.begin(), addresses.end(), trunk.place);
  const bool known = next != addresses.end();
  if (known && !failed) return;
  if (known) ++next;
  if (next == addresses.end()) next = addresses.begin();
  if (*next != trunk.place) move(trunk, *next);
}

void NuaTrunks::move(NuaTrunk& trunk, const std::string& address) {
  core_.log().info("a registrar or trunk has another address",
                   {{"name", trunk.registration.registrar}, {"address", address}});
  set_place(trunk, address);
  if (trunk.handle) send(trunk);
  trunk.probing = false;
  trunk.probe_in = 1;
}

void NuaTrunks::on_trouble(int number) { look_again(*trunks_[static_cast<std::size_t>(number)]); }

void NuaTrunks::look_again(const NuaTrunk& trunk) {
  if (trunk.place.empty()) return;
  const auto is_it = [&trunk](const auto& one) { return one.get() == &trunk; };
  StackEvent failed{StackEvent::Kind::trunk_failed};
  failed.other = static_cast<CallId>(std::find_if(trunks_.begin(), trunks_.end(), is_it) - trunks_.begin());
  core_.tell(std::move(failed));
}

// A way that is given with the handle, the stack forgets.
void NuaTrunks::probe(NuaTrunk& trunk) {
  trunk.probe_in = static_cast<int>(trunk.line->check_every / tick_length);
  // Still no answer to the one before.
  if (trunk.probing) return set_up(trunk, false);
  trunk.probing = true;
  nua_options(trunk.probe, TAG_IF(!trunk.proxy.empty(), NUTAG_PROXY(trunk.proxy.c_str())), TAG_END());
}

// A refusal is a sign of life; what the stack says by itself, and "service unavailable", is none.
void NuaTrunks::on_probed(const NuaEvent& event, NuaTrunk& trunk) {
  trunk.probing = false;
  const bool heard = event.sip && !nta_sip_is_internal(event.sip);
  set_up(trunk, heard && event.status != 408 && event.status != 503);
}

void NuaTrunks::on_silence(std::size_t trunk) {
  NuaTrunk& silent = *trunks_[core_.options().registrations.size() + trunk];
  if (silent.probe) set_up(silent, false);
}

void NuaTrunks::set_up(NuaTrunk& trunk, bool up) {
  if (!up) look_again(trunk);
  if (!table_.set_up(place_of(trunk), up)) return;
  const std::string& name = trunk.line->name.empty() ? trunk.line->address : trunk.line->name;
  if (up) core_.log().info("a trunk is up again", {{"trunk", name}});
  else core_.log().warning("a trunk is down", {{"trunk", name}});
}

std::size_t NuaTrunks::place_of(const NuaTrunk& trunk) const {
  return static_cast<std::size_t>(trunk.line - core_.options().trunks.data());
}

bool NuaTrunks::take(std::size_t trunk) {
  const auto days = std::chrono::floor<std::chrono::days>(core_.now());
  return table_.take(trunk, days.time_since_epoch().count());
}

int NuaTrunks::answer_ticks(std::size_t trunk) const {
  return std::max(1, static_cast<int>(core_.options().trunks[trunk].answer_time / tick_length));
}

TrunkAttempt NuaTrunks::attempt(std::size_t trunk, const Invitation& invitation) const {
  const std::size_t index = core_.options().registrations.size() + trunk;
  const NuaTrunk& way = *trunks_[index];
  const SipUri place = *parse_sip_uri(way.line->address);
  const std::string host =
      std::string(place.host) + (place.port ? ":" + std::to_string(place.port) : std::string());
  TrunkAttempt attempt;
  attempt.to = "sip:" + invitation.number + "@" + host;
  if (!place.transport.empty()) attempt.to.append(";transport=").append(place.transport);
  attempt.proxy = way.proxy;
  attempt.trunk = static_cast<int>(index);
  attempt.name = way.line->name.empty() ? host : way.line->name;
  const Address caller = caller_on_trunk(
      invitation.caller.uri.empty() ? way.line->caller_id : invitation.caller, way.line->user, host);
  if (!invitation.hide_caller) {
    attempt.from = name_addr(caller);
  } else {
    attempt.from = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
    attempt.asserted = name_addr(caller);
  }
  core_.log().info("a number is dialled", {{"number", invitation.number}, {"trunk", attempt.name}});
  return attempt;
}

void NuaTrunks::send(NuaTrunk& trunk, const std::optional<DigestAnswer>& credentials) {
  const std::string expires =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(trunk.expires).count());
  const char* value = credentials ? credentials->value.c_str() : nullptr;
  trunk.challenged = credentials.has_value();
  trunk.retry_in = 0;
  nua_register(trunk.handle, TAG_IF(!trunk.call_id.empty(), SIPTAG_CALL_ID_STR(trunk.call_id.c_str())),
               TAG_IF(!trunk.proxy.empty(), NUTAG_PROXY(trunk.proxy.c_str())),
               NUTAG_REGISTRAR(trunk.registration.registrar.c_str()),
               SIPTAG_CONTACT_STR(trunk.contact.c_str()), SIPTAG_EXPIRES_STR(expires.c_str()),
               TAG_IF(value && !credentials->proxy, SIPTAG_AUTHORIZATION_STR(value)),
               TAG_IF(value && credentials->proxy, SIPTAG_PROXY_AUTHORIZATION_STR(value)), TAG_END());
}

void NuaTrunks::on_event(const NuaEvent& event, NuaTrunk& trunk) {
  if (event.kind == nua_r_options && event.status >= 200) return on_probed(event, trunk);
  const bool leaving = event.kind == nua_r_unregister;
  if ((event.kind != nua_r_register && !leaving) || event.status < 200) return;
  // RFC 3261 §10.2.4: all registrations of one boot have one Call-ID.
  if (event.sip && event.sip->sip_call_id && trunk.call_id.empty())
    trunk.call_id = event.sip->sip_call_id->i_id;
  const bool challenge = event.status == 401 || event.status == 407;
  if (challenge && answer_challenge(event, trunk, leaving)) return;
  if (leaving) {
    trunk.registered = false;
  } else if (event.status < 300) {
    on_registered(trunk);
  } else {
    on_failure(event, trunk);
  }
}

bool NuaTrunks::answer_challenge(const NuaEvent& event, NuaTrunk& trunk, bool leaving) {
  const std::optional<DigestChallenge> challenge = challenge_of(event.sip);
  if (!challenge || trunk.challenged) return false;
  if (trunk.realm.empty()) trunk.realm = challenge->realm;
  if (challenge->realm != trunk.realm) return false;
  const DigestAnswer credentials =
      credentials_for(*challenge, trunk.registration, event.sip, "REGISTER", trunk.registration.registrar);
  if (!leaving) {
    send(trunk, credentials);
    return true;
  }
  trunk.challenged = true;
  const char* value = credentials.value.c_str();
  nua_unregister(trunk.handle, NUTAG_REGISTRAR(trunk.registration.registrar.c_str()),
                 SIPTAG_CONTACT_STR(trunk.contact.c_str()),
                 TAG_IF(!credentials.proxy, SIPTAG_AUTHORIZATION_STR(value)),
                 TAG_IF(credentials.proxy, SIPTAG_PROXY_AUTHORIZATION_STR(value)), TAG_END());
  return true;
}

// The password of a trunk is for its own realm, which its registration has shown or, where it has none, the
// first challenge to a call: nobody behind the trunk is asked before the trunk itself.
std::optional<DigestAnswer> NuaTrunks::answer(const NuaEvent& event, int number, const std::string& uri) {
  if (number < 0 || static_cast<std::size_t>(number) >= trunks_.size()) return {};
  NuaTrunk& trunk = *trunks_[static_cast<std::size_t>(number)];
  const std::optional<DigestChallenge> challenge = challenge_of(event.sip);
  if (!challenge || trunk.registration.user.empty()) return {};
  if (trunk.realm.empty() && trunk.line && !trunk.line->registers) trunk.realm = challenge->realm;
  if (challenge->realm != trunk.realm) return {};
  return credentials_for(*challenge, trunk.registration, event.sip, "INVITE", uri);
}

void NuaTrunks::on_registered(NuaTrunk& trunk) {
  trunk.challenged = false;
  if (std::exchange(trunk.registered, true)) return;
  core_.log().info("registered",
                   {{"registrar", trunk.registration.registrar}, {"user", trunk.registration.user}});
}

void NuaTrunks::on_failure(const NuaEvent& event, NuaTrunk& trunk) {
  core_.log().warning("cannot register", {{"registrar", trunk.registration.registrar},
                                          {"user", trunk.registration.user},
                                          {"status", event.status}});
  trunk.registered = false;
  trunk.challenged = false;
  // RFC 3261 §10.2.8: the registrar wants to be bothered less often.
  if (event.status == 423 && event.sip && event.sip->sip_min_expires) {
    trunk.expires =
        std::max(trunk.expires, Duration(std::chrono::seconds(event.sip->sip_min_expires->me_delta)));
  }
  trunk.retry_in = retry_ticks;
  const bool heard = event.sip && !nta_sip_is_internal(event.sip);
  if (!heard || event.status == 408 || event.status >= 500) look_again(trunk);
}

void NuaTrunks::on_tick() {
  for (const auto& trunk : trunks_) {
    if (trunk->retry_in > 0 && --trunk->retry_in == 0) send(*trunk);
    if (trunk->probe && --trunk->probe_in <= 0) probe(*trunk);
  }
}

void NuaTrunks::unregister_all() {
  for (const auto& trunk : trunks_) {
    trunk->challenged = false;
    if (trunk->registered)
      nua_unregister(trunk->handle, SIPTAG_CONTACT_STR(trunk->contact.c_str()), TAG_END());
  }
}

void NuaTrunks::drop_all() {
  for (const auto& trunk : trunks_) {
    for (nua_handle_t* handle : {trunk->handle, trunk->probe}) {
      if (!handle) continue;
      nua_handle_bind(handle, nullptr);
      nua_handle_destroy(handle);
    }
  }
  trunks_.clear();
}

bool NuaTrunks::empty() const {
  for (const auto& trunk : trunks_) {
    if (trunk->registered) return false;
  }
  return true;
}

}  // namespace vcsr::sip
