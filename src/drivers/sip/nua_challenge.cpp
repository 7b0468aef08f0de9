// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_challenge.hpp"

#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

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

DigestAnswer answer_to(const DigestChallenge& challenge, const sip_t* response, const std::string& user,
                       const Secret& password, std::string_view method, const std::string& uri) {
  return {response->sip_www_authenticate == nullptr,
          digest_authorization(challenge, user, password, method, uri)};
}

}  // namespace vcsr::sip
