// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_trunks.hpp"

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_port.hpp"
#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr int retry_ticks = 120;

/// The realm of a Digest challenge as it stands in the header, without its quotes.
std::string realm_of(const sip_t* sip) {
  const msg_auth_t* challenge = nullptr;
  if (sip) challenge = sip->sip_www_authenticate ? sip->sip_www_authenticate : sip->sip_proxy_authenticate;
  for (; challenge; challenge = challenge->au_next) {
    if (!challenge->au_scheme || !equal_ignoring_case(challenge->au_scheme, "Digest") ||
        !challenge->au_params)
      continue;
    DigestCredentials parts;
    for (const msg_param_t* parameter = challenge->au_params; *parameter; ++parameter) parts.take(*parameter);
    if (!parts.realm.empty()) return parts.realm;
  }
  return {};
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

void NuaTrunks::send(NuaTrunk& trunk) {
  const std::string expires =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(trunk.registration.expires).count());
  trunk.challenged = false;
  trunk.retry_in = 0;
  nua_register(trunk.handle, NUTAG_REGISTRAR(trunk.registration.registrar.c_str()),
               SIPTAG_CONTACT_STR(trunk.contact.c_str()), SIPTAG_EXPIRES_STR(expires.c_str()), TAG_END());
}

void NuaTrunks::on_event(const NuaEvent& event, NuaTrunk& trunk) {
  if (event.kind != nua_r_register && event.kind != nua_r_unregister) return;
  if (event.status < 200) return;
  const bool leaving = event.kind == nua_r_unregister;
  if (event.status == 401 || event.status == 407) {
    // Without credentials the stack gives up, and says so in another event.
    if (!authenticate(event, trunk)) nua_authenticate(event.handle, TAG_END());
    return;
  }
  if (event.status < 300) {
    if (!trunk.registered && !leaving) {
      core_.log().info("registered",
                       {{"registrar", trunk.registration.registrar}, {"user", trunk.registration.user}});
    }
    trunk.registered = !leaving;
    trunk.challenged = false;
  } else if (!leaving) {
    on_failure(event, trunk);
  }
  if (leaving) trunk.registered = false;
}

bool NuaTrunks::authenticate(const NuaEvent& event, NuaTrunk& trunk) {
  const std::string realm = realm_of(event.sip);
  if (realm.empty() || trunk.challenged) return false;
  if (trunk.realm.empty()) trunk.realm = realm;
  if (realm != trunk.realm) return false;
  trunk.challenged = true;
  const std::string credentials =
      "Digest:\"" + realm + "\":" + trunk.registration.user + ":" + trunk.registration.password.reveal();
  nua_authenticate(event.handle, NUTAG_AUTH(credentials.c_str()), TAG_END());
  return true;
}

// The password of a trunk is for its registrar's realm, which the registration has shown.
bool NuaTrunks::authenticate(const NuaEvent& event, int number) {
  if (number < 0 || static_cast<std::size_t>(number) >= trunks_.size()) return false;
  const NuaTrunk& trunk = *trunks_[static_cast<std::size_t>(number)];
  if (trunk.realm.empty() || realm_of(event.sip) != trunk.realm) return false;
  const std::string credentials = "Digest:\"" + trunk.realm + "\":" + trunk.registration.user + ":" +
                                  trunk.registration.password.reveal();
  nua_authenticate(event.handle, NUTAG_AUTH(credentials.c_str()), TAG_END());
  return true;
}

void NuaTrunks::on_failure(const NuaEvent& event, NuaTrunk& trunk) {
  core_.log().warning("cannot register", {{"registrar", trunk.registration.registrar},
                                          {"user", trunk.registration.user},
                                          {"status", event.status}});
  trunk.registered = false;
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
