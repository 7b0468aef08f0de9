// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/srtp_key.hpp"

#include <algorithm>
#include <charconv>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr std::array<std::string_view, 3> names = {"AES_256_CM_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_80",
                                                   "AES_CM_128_HMAC_SHA1_32"};
constexpr std::string_view method = "inline:";

std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

bool must_be_understood(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = take(parameters, ' ');
    if (!parameter.empty() && !parameter.starts_with('-')) return true;
  }
  return false;
}

bool read_key(std::string_view text, SrtpKey& key) {
  const std::size_t bytes = srtp_key_bytes(key.suite), padding = (3 - bytes % 3) % 3;
  if (text.size() != (bytes + padding) / 3 * 4) return false;
  if (std::size_t(std::count(text.begin(), text.end(), '=')) != padding) return false;
  std::array<unsigned char, 48> decoded{};
  if (EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size())) != static_cast<int>(bytes + padding))
    return false;
  std::copy_n(decoded.begin(), bytes, key.bytes.begin());
  return true;
}

}  // namespace

std::string_view to_string(SrtpSuite suite) { return names[static_cast<std::size_t>(suite)]; }

std::size_t srtp_key_bytes(SrtpSuite suite) { return suite == SrtpSuite::aes256_sha80 ? 46 : 30; }

SrtpKey SrtpKey::random(SrtpSuite suite) {
  SrtpKey key{suite};
  if (RAND_bytes(key.bytes.data(), static_cast<int>(srtp_key_bytes(suite))) != 1)
    throw Error(Error::Code::unavailable, "SRTP: the system gives no random numbers for a key");
  return key;
}

std::optional<SdpCrypto> parse_crypto(std::string_view value) {
  const std::string_view tag = take(value, ' ');
  const std::string_view suite = take(value, ' ');
  std::string_view keys = take(value, ' ');
  const auto known = std::find(names.begin(), names.end(), suite);
  if (known == names.end() || !keys.starts_with(method) || must_be_understood(value)) return {};
  keys.remove_prefix(method.size());
  SdpCrypto crypto;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), crypto.tag);
  if (error != std::errc() || end != tag.data() + tag.size() || tag.size() > 9 || crypto.tag < 0) return {};
  crypto.key.suite = static_cast<SrtpSuite>(known - names.begin());
  const std::string_view key = take(keys, '|');
  // What stands there now is a lifetime or "index:length" of a key that is named in each packet.
  if (keys.find_first_of(":;") != std::string_view::npos || !read_key(key, crypto.key)) return {};
  return crypto;
}

std::string crypto_line(const SdpCrypto& crypto) {
  std::array<unsigned char, 65> text{};
  const auto key = crypto.key.used();
  const int size = EVP_EncodeBlock(text.data(), key.data(), static_cast<int>(key.size()));
  return "a=crypto:" + std::to_string(crypto.tag) + " " + std::string(to_string(crypto.key.suite)) + " " +
         std::string(method) + std::string(text.begin(), text.begin() + size) + "\r\n";
}

}  // namespace vcsr::sip
