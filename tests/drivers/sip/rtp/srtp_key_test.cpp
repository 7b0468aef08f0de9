// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/srtp_key.hpp"

#include <doctest/doctest.h>

using namespace vcsr::sip;

namespace {

// RFC 4568 §4.1 and §9.1.
const std::string key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

}  // namespace

TEST_CASE("a key is read as RFC 4568 writes it, with a lifetime or without, and written the same") {
  const auto plain = parse_crypto("1 AES_CM_128_HMAC_SHA1_80 inline:" + key);
  const auto lasting = parse_crypto("7 AES_CM_128_HMAC_SHA1_32 inline:" + key + "|2^20 -MAYBE=3");

  REQUIRE(plain);
  CHECK(plain->tag == 1);
  CHECK(plain->key.suite == SrtpSuite::aes128_sha80);
  CHECK(std::string(plain->key.bytes.begin(), plain->key.bytes.begin() + 8) == "YS___sem");
  CHECK(crypto_line(*plain) == "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + key + "\r\n");
  REQUIRE(lasting);
  CHECK(lasting->tag == 7);
  CHECK(lasting->key.suite == SrtpSuite::aes128_sha32);
  CHECK(lasting->key.bytes == plain->key.bytes);
}

TEST_CASE("a key of 256 bits is longer") {
  const SdpCrypto ours{3, SrtpKey::random(SrtpSuite::aes256_sha80)};
  const std::string line = crypto_line(ours);

  const auto read = parse_crypto(line.substr(9, line.size() - 11));

  REQUIRE(read);
  CHECK(read->key == ours.key);
  CHECK(read->key.used().size() == 46);
  CHECK(SrtpKey::random(SrtpSuite::aes256_sha80) != ours.key);
}

TEST_CASE("what cannot be done as it was asked is passed over") {
  const std::string inline_key = "inline:" + key;

  for (const std::string& line :
       {std::string(), std::string("1"), "1 F8_128_HMAC_SHA1_80 " + inline_key,
        "x AES_CM_128_HMAC_SHA1_80 " + inline_key, "-1 AES_CM_128_HMAC_SHA1_80 " + inline_key,
        "1234567890 AES_CM_128_HMAC_SHA1_80 " + inline_key, "1 AES_CM_128_HMAC_SHA1_80 " + key,
        "1 AES_CM_128_HMAC_SHA1_80 " + inline_key + "A", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key.substr(4),
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + key.substr(2) + "==",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + key.substr(1) + "!", "1 AES_256_CM_HMAC_SHA1_80 " + inline_key,
        "1 AES_CM_128_HMAC_SHA1_80 " + inline_key + "|2^20|1:4",
        "1 AES_CM_128_HMAC_SHA1_80 " + inline_key + ";" + inline_key,
        "1 AES_CM_128_HMAC_SHA1_80 " + inline_key + " UNENCRYPTED_SRTP"}) {
    CAPTURE(line);
    CHECK_FALSE(parse_crypto(line));
  }
}
