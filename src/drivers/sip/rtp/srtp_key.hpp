// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vcsr::sip {

/// How packets are encrypted and signed, the best first.
enum class SrtpSuite : std::uint8_t { aes256_sha80, aes128_sha80, aes128_sha32 };
inline constexpr std::array srtp_suites = {SrtpSuite::aes256_sha80, SrtpSuite::aes128_sha80,
                                           SrtpSuite::aes128_sha32};

/// "AES_CM_128_HMAC_SHA1_80"
std::string_view to_string(SrtpSuite suite);
/// Of key and salt together.
std::size_t srtp_key_bytes(SrtpSuite suite);

/// The key and salt of one direction of a stream.
struct SrtpKey {
  SrtpSuite suite = SrtpSuite::aes128_sha80;
  std::array<std::uint8_t, 46> bytes{};  ///< zeros after the suite's length

  /// From the system's random source. Throws Error(unavailable) without one.
  static SrtpKey random(SrtpSuite suite);
  std::span<const std::uint8_t> used() const { return {bytes.data(), srtp_key_bytes(suite)}; }

  friend bool operator==(const SrtpKey&, const SrtpKey&) = default;
};

/// An a=crypto line (RFC 4568): the key with which its writer sends.
struct SdpCrypto {
  int tag = 1;
  SrtpKey key;
};

/// Reads what follows "a=crypto:". Empty for what we do not speak: other suites, several keys, a key
/// index, session parameters that must be understood. A lifetime of the key is passed over.
std::optional<SdpCrypto> parse_crypto(std::string_view value);
/// The whole line with its end.
std::string crypto_line(const SdpCrypto& crypto);

}  // namespace vcsr::sip
