// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/sofia.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr::sip {

/// Credentials for a request, as a header of its own.
struct DigestAnswer {
  bool proxy = false;  ///< Proxy-Authorization
  std::string value;
};

/// The first Digest challenge of a 401 or 407 that we can answer.
std::optional<DigestChallenge> challenge_of(const sip_t* response);

/// What answers the challenge of that response.
DigestAnswer answer_to(const DigestChallenge& challenge, const sip_t* response, const std::string& user,
                       const Secret& password, std::string_view method, const std::string& uri);

}  // namespace vcsr::sip
