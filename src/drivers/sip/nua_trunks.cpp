// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_trunks.hpp"

#include <algorithm>
#include <utility>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_port.hpp"
#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr int retry_ticks = 120;

/// The first Digest challenge of a 401 or 407 that we can answer.
std::optional<DigestChallenge> challenge_of(const sip_t* sip) {
  const msg_auth_t* header = nullptr;
  if (sip) header = sip->sip_www_authenticate ? sip->sip_www_authenticate : sip->sip_proxy_authenticate;
  for (; header; header = header->au_next) {
    if (!header->au_scheme || !equal_ignoring_case(header->au_scheme, "Digest") || !header->au_params)
      continue;
    DigestChallenge challenge;
    for (const msg_param_t* parameter = header->au_params; *parameter; ++parameter)
      challenge.take(*parameter);
    if (challenge.understood && !challenge.realm.empty() && !challenge.nonce.empty()) return challenge;
  }
  return {};
}

TrunkCredentials credentials_for(const DigestChallenge& challenge, const SipRegistration& registration,
                                 const sip_t* response, std::string_view method, const std::string& uri) {
  return {response->sip_www_authenticate == nullptr,
          digest_authorization(challenge, registration.user, registration.password, method, uri)};
}

}  // namespace

void NuaTrunks::begin() {
  for (const SipRegistration& registration : core_.options().registrations) {
    auto trunk = std::make_unique<NuaTrunk>(registration);
    const SipUri registrar = *parse_sip_uri(registration.registrar);
    const std::string own = "<sip:" + registration.user + "@" + std::string(registrar.host) + ">";
    trunk->contact = "<sip:" + registration.user + "@" + core_.own_uri().substr(4) + ">";
    std::string proxy;
    if (!is_ipv4(registrar.host)) {
      const std::string address = resolve_ipv4(std::string(registrar.host));
      if (address.empty()) {
        throw Error(Error::Code::unavailable,
                    "SIP: the registrar's name in " + registration.registrar +
                        " cannot be resolved; check the name or give an IPv4 address");
      }
      proxy = "sip:" + address + (registrar.port ? ":" + std::to_string(registrar.port) : "");
    }
    trunk->handle =
        nua_handle(core_.nua(), trunk.get(), SIPTAG_TO_STR(own.c_str()), SIPTAG_FROM_STR(own.c_str()),
                   TAG_IF(!proxy.empty(), NUTAG_PROXY(proxy.c_str())), TAG_END());
    send(*trunk);
    trunks_.push_back(std::move(trunk));
  }
}

void NuaTrunks::send(NuaTrunk& trunk, const std::optional<TrunkCredentials>& credentials) {
  const std::string expires =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(trunk.expires).count());
  const char* value = credentials ? credentials->value.c_str() : nullptr;
  trunk.challenged = credentials.has_value();
  trunk.retry_in = 0;
  nua_register(trunk.handle, TAG_IF(!trunk.call_id.empty(), SIPTAG_CALL_ID_STR(trunk.call_id.c_str())),
               NUTAG_REGISTRAR(trunk.registration.registrar.c_str()),
               SIPTAG_CONTACT_STR(trunk.contact.c_str()), SIPTAG_EXPIRES_STR(expires.c_str()),
               TAG_IF(value && !credentials->proxy, SIPTAG_AUTHORIZATION_STR(value)),
               TAG_IF(value && credentials->proxy, SIPTAG_PROXY_AUTHORIZATION_STR(value)), TAG_END());
}

void NuaTrunks::on_event(const NuaEvent& event, NuaTrunk& trunk) {
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
  const TrunkCredentials credentials =
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

// The password of a trunk is for its registrar's realm, which the registration has shown.
std::optional<TrunkCredentials> NuaTrunks::answer(const NuaEvent& event, int number,
                                                  const std::string& uri) const {
  if (number < 0 || static_cast<std::size_t>(number) >= trunks_.size()) return {};
  const NuaTrunk& trunk = *trunks_[static_cast<std::size_t>(number)];
  const std::optional<DigestChallenge> challenge = challenge_of(event.sip);
  if (!challenge || challenge->realm != trunk.realm) return {};
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
}

void NuaTrunks::on_tick() {
  for (const auto& trunk : trunks_) {
    if (trunk->retry_in > 0 && --trunk->retry_in == 0) send(*trunk);
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
    nua_handle_bind(trunk->handle, nullptr);
    nua_handle_destroy(trunk->handle);
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
