// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/digest.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr std::size_t time_digits = 12;
constexpr std::size_t stamp_digits = time_digits + 16;
constexpr std::size_t signature_digits = 32;
constexpr std::int64_t nonce_seconds = 300;

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(count * 2, '0');
  for (std::size_t i = 0; i < count; ++i) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  return text;
}

std::string fixed_hexadecimal(std::uint64_t value, std::size_t digits) {
  constexpr char digit[] = "0123456789abcdef";
  std::string text(digits, '0');
  for (std::size_t i = digits; i-- > 0; value >>= 4) text[i] = digit[value & 15];
  return text;
}

template <class Number>
bool read_hexadecimal(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return error == std::errc() && end == text.data() + text.size();
}

std::int64_t seconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void fill_randomly(unsigned char* bytes, std::size_t count) {
  if (RAND_bytes(bytes, static_cast<int>(count)) != 1) {
    throw Error(Error::Code::unavailable, "digest authentication: the system gives no random numbers");
  }
}

std::string random_hexadecimal() {
  unsigned char bytes[8];
  fill_randomly(bytes, sizeof bytes);
  return hexadecimal(bytes, sizeof bytes);
}

/// Name and value of "name=value" or "name=\"value\"".
std::pair<std::string_view, std::string_view> split(std::string_view parameter) {
  const std::size_t equals = std::min(parameter.find('='), parameter.size());
  std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  return {parameter.substr(0, equals), value};
}

/// Whether "auth" is in "auth,auth-int".
bool offers_auth(std::string_view qualities) {
  while (!qualities.empty()) {
    const std::size_t end = std::min(qualities.find_first_of(", "), qualities.size());
    if (equal_ignoring_case(qualities.substr(0, end), "auth")) return true;
    qualities.remove_prefix(std::min(end + 1, qualities.size()));
  }
  return false;
}

}  // namespace

std::string digest_of(DigestAlgorithm algorithm, std::string_view text) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const EVP_MD* kind = algorithm == DigestAlgorithm::md5 ? EVP_md5() : EVP_sha256();
  if (EVP_Digest(text.data(), text.size(), hash, &size, kind, nullptr) != 1) {
    throw Error(Error::Code::unsupported, "digest authentication: this OpenSSL refuses the algorithm");
  }
  return hexadecimal(hash, size);
}

std::string digest_response(DigestAlgorithm algorithm, const std::string& realm, const std::string& user,
                            const std::string& password, std::string_view method, const std::string& uri,
                            const std::string& nonce, const std::string& count,
                            const std::string& client_nonce) {
  const std::string who = digest_of(algorithm, user + ":" + realm + ":" + password);
  const std::string what = digest_of(algorithm, std::string(method) + ":" + uri);
  const std::string counted = count.empty() ? ":" : ":" + count + ":" + client_nonce + ":auth:";
  return digest_of(algorithm, who + ":" + nonce + counted + what);
}

void DigestChallenge::take(std::string_view parameter) {
  const auto [name, value] = split(parameter);
  if (equal_ignoring_case(name, "realm")) realm = value;
  else if (equal_ignoring_case(name, "nonce")) nonce = value;
  else if (equal_ignoring_case(name, "opaque")) opaque = value;
  else if (equal_ignoring_case(name, "qop")) counted = offers_auth(value);
  else if (equal_ignoring_case(name, "algorithm")) {
    algorithm = equal_ignoring_case(value, "SHA-256") ? DigestAlgorithm::sha256 : DigestAlgorithm::md5;
    understood = understood && (algorithm == DigestAlgorithm::sha256 || equal_ignoring_case(value, "MD5"));
  }
  if (equal_ignoring_case(name, "qop")) understood = understood && counted;
}

std::string digest_authorization(const DigestChallenge& challenge, const std::string& user,
                                 const Secret& password, std::string_view method, const std::string& uri) {
  const std::string count = challenge.counted ? "00000001" : "";
  const std::string client_nonce = challenge.counted ? random_hexadecimal() : "";
  std::string text = "Digest username=\"" + user + "\", realm=\"" + challenge.realm + "\", nonce=\"" +
                     challenge.nonce + "\", uri=\"" + uri + "\", response=\"" +
                     digest_response(challenge.algorithm, challenge.realm, user, password.reveal(), method,
                                     uri, challenge.nonce, count, client_nonce) +
                     "\", algorithm=" + (challenge.algorithm == DigestAlgorithm::md5 ? "MD5" : "SHA-256");
  if (!challenge.opaque.empty()) text += ", opaque=\"" + challenge.opaque + "\"";
  if (challenge.counted) text += ", qop=auth, nc=" + count + ", cnonce=\"" + client_nonce + "\"";
  return text;
}

void DigestCredentials::take(std::string_view parameter) {
  const auto [name, value] = split(parameter);
  if (equal_ignoring_case(name, "username")) user = value;
  else if (equal_ignoring_case(name, "realm")) realm = value;
  else if (equal_ignoring_case(name, "nonce")) nonce = value;
  else if (equal_ignoring_case(name, "uri")) uri = value;
  else if (equal_ignoring_case(name, "response")) response = value;
  else if (equal_ignoring_case(name, "qop")) quality = value;
  else if (equal_ignoring_case(name, "nc")) count = value;
  else if (equal_ignoring_case(name, "cnonce")) client_nonce = value;
  else if (equal_ignoring_case(name, "algorithm")) {
    algorithm = equal_ignoring_case(value, "SHA-256") ? DigestAlgorithm::sha256 : DigestAlgorithm::md5;
    understood = algorithm == DigestAlgorithm::sha256 || equal_ignoring_case(value, "MD5");
  }
}

DigestGuard::DigestGuard(std::string realm, SipDigest offered) : realm_(std::move(realm)), offered_(offered) {
  fill_randomly(key_.data(), key_.size());
}

bool DigestGuard::offers(DigestAlgorithm algorithm) const {
  return offered_ == SipDigest::both || (offered_ == SipDigest::md5) == (algorithm == DigestAlgorithm::md5);
}

std::vector<std::string> DigestGuard::challenges(WallTime now, bool stale) {
  std::vector<std::string> all;
  for (const DigestAlgorithm algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::md5}) {
    if (offers(algorithm)) all.push_back(challenge(algorithm, now, stale));
  }
  return all;
}

std::string DigestGuard::challenge(DigestAlgorithm algorithm, WallTime now, bool stale) {
  const std::string stamp = fixed_hexadecimal(static_cast<std::uint64_t>(seconds(now)), time_digits) +
                            fixed_hexadecimal(++issued_, stamp_digits - time_digits);
  return "Digest realm=\"" + realm_ + "\", nonce=\"" + nonce(stamp) +
         "\", algorithm=" + (algorithm == DigestAlgorithm::md5 ? "MD5" : "SHA-256") + ", qop=\"auth\"" +
         (stale ? ", stale=true" : "");
}

DigestVerdict DigestGuard::check(const DigestCredentials& credentials, std::string_view method,
                                 const Secret* password, WallTime now) {
  if (!credentials.understood || !offers(credentials.algorithm) || credentials.quality != "auth" ||
      credentials.realm != realm_)
    return DigestVerdict::bad;
  if (!ours(credentials.nonce)) return DigestVerdict::bad;
  const std::string expected = digest_response(
      credentials.algorithm, realm_, credentials.user, password ? password->reveal() : std::string(), method,
      credentials.uri, credentials.nonce, credentials.count, credentials.client_nonce);
  if (!same(expected, credentials.response) || !password) return DigestVerdict::bad;
  if (expired(credentials.nonce, now) || !fresh_count(credentials, now)) return DigestVerdict::stale;
  return DigestVerdict::good;
}

std::string DigestGuard::nonce(std::string_view stamp) const {
  unsigned char signature[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(stamp.data()), stamp.size(), signature, &size);
  return std::string(stamp) + hexadecimal(signature, signature_digits / 2);
}

bool DigestGuard::ours(std::string_view text) const {
  return text.size() == stamp_digits + signature_digits && same(nonce(text.substr(0, stamp_digits)), text);
}

bool DigestGuard::expired(std::string_view text, WallTime now) const {
  std::int64_t issued = 0;
  if (!read_hexadecimal(text.substr(0, time_digits), issued)) return true;
  return seconds(now) - issued > nonce_seconds || issued - seconds(now) > nonce_seconds;
}

bool DigestGuard::fresh_count(const DigestCredentials& credentials, WallTime now) {
  std::uint32_t count = 0;
  if (!read_hexadecimal(credentials.count, count)) return false;
  forget_expired(now);
  std::uint32_t& last = counts_[credentials.nonce];
  if (count <= last) return false;
  last = count;
  return true;
}

void DigestGuard::forget_expired(WallTime now) {
  if (counts_.size() < 256 || (counts_.size() & (counts_.size() - 1)) != 0) return;
  std::erase_if(counts_, [&](const auto& entry) { return expired(entry.first, now); });
}

}  // namespace vcsr::sip
