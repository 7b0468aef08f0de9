// SPDX-License-Identifier: Apache-2.0
#include "recording/envelope.hpp"

#include <doctest/doctest.h>

#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::recording;

namespace {

const Secret key(std::string(32, 'k'));

std::string master(const TemporaryArchive& folder, const std::string& name, char digit) {
  folder.write(name, std::string(64, digit) + "\n");
  return folder / name;
}

}  // namespace

TEST_CASE("what was sealed opens with its key in its place, and never otherwise") {
  const auto sealed = seal(key, bytes_of("card 4"), bytes_of("place 1"));

  const auto opened = unseal(key, sealed, bytes_of("place 1"));
  REQUIRE(opened);
  CHECK(std::string(opened->begin(), opened->end()) == "card 4");
  CHECK_FALSE(unseal(key, sealed, bytes_of("place 2")));
  CHECK_FALSE(unseal(Secret(std::string(32, 'x')), sealed, bytes_of("place 1")));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto flipped = sealed;
    flipped[i] ^= 1;
    CHECK_FALSE(unseal(key, flipped, bytes_of("place 1")));
  }
  CHECK_FALSE(unseal(key, Bytes(sealed).first(20), bytes_of("place 1")));
}

TEST_CASE("the same text sealed twice looks different") {
  CHECK(seal(key, bytes_of("a"), {}) != seal(key, bytes_of("a"), {}));
}

TEST_CASE("a recording's key goes from one master key to the next") {
  const TemporaryArchive folder;
  const std::string first = master(folder, "first", '1'), second = master(folder, "second", '2');
  const MasterKeys before(first, {}), both(second, {first}), after(second, {});
  WrappedKey wrapped;
  const Secret made = before.make("f1", wrapped);

  const WrappedKey renewed = both.renew(wrapped);

  CHECK(before.open(wrapped).reveal() == made.reveal());
  CHECK(after.open(renewed).reveal() == made.reveal());
  CHECK(renewed.master == after.present());
  CHECK(before.present() != after.present());
  CHECK_THROWS_WITH_AS(after.open(wrapped),
                       ("the recording is encrypted under master key " + before.present() +
                        ", which was not given: name its file as master_key or among old_master_keys")
                           .c_str(),
                       Error);
}

TEST_CASE("a wrapped key that was changed or belongs to another file does not open") {
  const TemporaryArchive folder;
  const MasterKeys keys(master(folder, "first", '1'), {});
  WrappedKey wrapped;
  keys.make("f1", wrapped);

  WrappedKey other = wrapped;
  other.file = "f2";
  CHECK_THROWS_WITH_AS(keys.open(other), doctest::Contains("the key of the recording was changed"), Error);
  other = wrapped;
  other.wrapped[5] = other.wrapped[5] == '0' ? '1' : '0';
  CHECK_THROWS_WITH_AS(keys.open(other), doctest::Contains("the key of the recording was changed"), Error);
}

TEST_CASE("a master key file holds 64 hexadecimal digits") {
  const TemporaryArchive folder;
  folder.write("short", "1234");
  folder.write("words", std::string(64, 'z'));

  for (const char* name : {"short", "words"})
    CHECK_THROWS_WITH_AS(MasterKeys(folder / name, {}),
                         (folder / name + ": expected a master key of 64 hexadecimal digits; make one with "
                                          "vcsr recording new-key")
                             .c_str(),
                         Error);
  CHECK_THROWS_WITH_AS(MasterKeys(folder / "none", {}), doctest::Contains("there is no such file"), Error);
}

TEST_CASE("a key file that is none is named") {
  const TemporaryArchive folder;
  folder.write("a.key", "[]");

  CHECK_THROWS_WITH_AS(read_wrapped_key(folder / "a.key"),
                       (folder / "a.key: is no key of a recording; bring it back from the backup").c_str(),
                       Error);
}
