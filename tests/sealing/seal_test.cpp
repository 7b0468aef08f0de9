// SPDX-License-Identifier: Apache-2.0
#include "sealing/seal.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sealing;

TEST_CASE("what is sealed is read with the same key about the same thing, and by nobody else") {
  const Secret key(std::string(key_bytes, 'a')), other(std::string(key_bytes, 'b'));
  std::vector<std::uint8_t> sealed = seal(key, bytes_of("hello"), bytes_of("thing"));

  const auto text = unseal(key, sealed, bytes_of("thing"));
  REQUIRE(text);
  CHECK(std::string(text->begin(), text->end()) == "hello");
  CHECK_FALSE(unseal(other, sealed, bytes_of("thing")));
  CHECK_FALSE(unseal(key, sealed, bytes_of("another")));
  sealed.back() ^= 1;
  CHECK_FALSE(unseal(key, sealed, bytes_of("thing")));
  CHECK_FALSE(unseal(key, Bytes(sealed).first(5), bytes_of("thing")));
}

TEST_CASE("a keyed digest is that of its parts one after another, and needs the key") {
  const Secret key(std::string(32, '\x0b'));

  const Digest digest = keyed_digest(key, {bytes_of("Hi "), bytes_of("There")});

  CHECK(digest == keyed_digest(key, {bytes_of("Hi There")}));
  CHECK(digest != keyed_digest(Secret(std::string(32, 'x')), {bytes_of("Hi There")}));
}
