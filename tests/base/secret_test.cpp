// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/secret.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>

#include "vcsr/base/value.hpp"

using vcsr::Secret;

namespace {

template <class T>
concept printable = requires(std::ostream& out, const T& value) {
  out << value;
};

template <class T>
concept comparable = requires(const T& value) {
  value == value;
};

bool contains(const void* memory, std::size_t size, std::string_view text) {
  return std::string_view(static_cast<const char*>(memory), size).find(text) != std::string_view::npos;
}

}  // namespace

static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<Secret, vcsr::Value>);
static_assert(!std::is_constructible_v<vcsr::Value, Secret>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!printable<Secret>);
static_assert(!comparable<Secret>);

TEST_CASE("a secret is told to who asks for it, and to nobody else") {
  const Secret pin(std::string("2468"));
  const Secret copy = pin;

  CHECK(pin.reveal() == "2468");
  CHECK(copy.reveal() == "2468");
  CHECK_FALSE(pin.empty());
  CHECK(Secret().empty());
}

TEST_CASE("a secret matches its text only") {
  const Secret pin(std::string("2468"));

  CHECK(pin.matches("2468"));
  for (const char* wrong : {"", "2", "246", "2469", "3468", "24688"}) CHECK_FALSE(pin.matches(wrong));
  CHECK(Secret().matches(""));
  CHECK_FALSE(Secret().matches(std::string_view("\0", 1)));
}

TEST_CASE("a secret is one piece of memory that changes hands, however short it is") {
  alignas(Secret) std::byte memory[sizeof(Secret)];
  auto* secret = new (memory) Secret(std::string("24681357"));
  const char* const where = secret->reveal().data();
  CHECK_FALSE(contains(memory, sizeof memory, "4681357"));

  Secret moved = std::move(*secret);
  CHECK(moved.reveal() == "24681357");
  CHECK(moved.reveal().data() == where);
  CHECK(secret->empty());
  CHECK_FALSE(contains(memory, sizeof memory, "4681357"));
  *secret = std::move(moved);
  CHECK(secret->reveal() == "24681357");
  CHECK(moved.empty());
  secret->~Secret();

  CHECK_FALSE(contains(memory, sizeof memory, "4681357"));
}

TEST_CASE("the text a secret was made of is not left behind") {
  alignas(std::string) std::byte memory[sizeof(std::string)];
  auto* text = new (memory) std::string("24681357");

  const Secret secret(std::move(*text));
  text->~basic_string();

  CHECK(secret.reveal() == "24681357");
  CHECK_FALSE(contains(memory, sizeof memory, "4681357"));
}
