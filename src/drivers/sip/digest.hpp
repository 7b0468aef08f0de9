// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vcsr/base/secret.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

enum class DigestAlgorithm : std::uint8_t { md5, sha256 };

/// Lowercase hexadecimal.
std::string digest_of(DigestAlgorithm algorithm, std::string_view text);
/// RFC 7616 §3.4.1 with qop=auth; without a count as in RFC 2069.
std::string digest_response(DigestAlgorithm algorithm, const std::string& realm, const std::string& user,
                            const std::string& password, std::string_view method, const std::string& uri,
                            const std::string& nonce, const std::string& count,
                            const std::string& client_nonce);

/// What stands in a WWW-Authenticate or Proxy-Authenticate header.
struct DigestChallenge {
  DigestAlgorithm algorithm = DigestAlgorithm::md5;
  bool understood = true;  ///< false: an algorithm or quality of protection we do not have
  bool counted = false;    ///< qop=auth
  std::string realm, nonce, opaque;

  /// Takes one "name=value" or "name=\"value\"".
  void take(std::string_view parameter);
};

/// The value of the Authorization header that answers it.
std::string digest_authorization(const DigestChallenge& challenge, const std::string& user,
                                 const Secret& password, std::string_view method, const std::string& uri);

/// What stands in an Authorization header.
struct DigestCredentials {
  DigestAlgorithm algorithm = DigestAlgorithm::md5;
  bool understood = true;  ///< false: an algorithm we do not have
  std::string user, realm, nonce, uri, response, quality, count, client_nonce;

  /// Takes one "name=value" or "name=\"value\"".
  void take(std::string_view parameter);
};

enum class DigestVerdict : std::uint8_t { good, stale, bad };

/// Challenges and checks (RFC 7616) of one realm. Nonces carry their time and are signed, so that none
/// is kept before somebody has answered it well; each may be used once per count, for five minutes.
class DigestGuard {
 public:
  using Key = std::array<unsigned char, 32>;

  DigestGuard(std::string realm, SipDigest offered, const Key& key)
      : realm_(std::move(realm)), offered_(offered), key_(key) {}
  /// With a key of the system's random source.
  DigestGuard(std::string realm, SipDigest offered);

  /// The values of the WWW-Authenticate headers, the best first (RFC 8760).
  std::vector<std::string> challenges(WallTime now, bool stale);
  /// A null password stands for a user who does not exist, and costs the same time.
  DigestVerdict check(const DigestCredentials& credentials, std::string_view method, const Secret* password,
                      WallTime now);

 private:
  bool offers(DigestAlgorithm algorithm) const;
  std::string challenge(DigestAlgorithm algorithm, WallTime now, bool stale);
  std::string nonce(std::string_view stamp) const;
  bool ours(std::string_view nonce) const;
  bool expired(std::string_view nonce, WallTime now) const;
  bool fresh_count(const DigestCredentials& credentials, WallTime now);
  void forget_expired(WallTime now);

  std::string realm_;
  SipDigest offered_;
  Key key_;
  std::uint64_t issued_ = 0;
  std::unordered_map<std::string, std::uint32_t> counts_;  ///< of nonces that were answered well
};

}  // namespace vcsr::sip
