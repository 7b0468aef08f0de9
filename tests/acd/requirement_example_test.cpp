// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "acd/requirement_steps.hpp"
#include "thrown.hpp"
#include "vcsr/requirement.hpp"

using namespace vcsr;

namespace {

std::optional<Skills> example(const char* text) { return Requirement::parse(text).example(); }
bool implies(const char* text, const char* other) {
  return Requirement::parse(text).implies(Requirement::parse(other));
}

/// Of three skills and levels up to three, in which everything happens that can.
std::string random_requirement(std::mt19937& random, int depth) {
  const char* const skills[] = {"a", "b", "c"};
  const char* const operators[] = {">=", ">", "=", "<", "<="};
  const std::uint32_t kind = static_cast<std::uint32_t>(random()) % (depth == 0 ? 1 : 4);
  if (kind == 0) {
    const std::string comparison = std::string(skills[random() % 3]) + " " + operators[random() % 5] + " " +
                                   std::to_string(random() % 4);
    return random() % 3 == 0 ? "not " + comparison : comparison;
  }
  const std::string left = random_requirement(random, depth - 1);
  if (kind == 1) return "not (" + left + ")";
  return "(" + left + (kind == 2 ? " and " : " or ") + random_requirement(random, depth - 1) + ")";
}

/// Calls for all skills of levels up to five.
template <class Visit>
void each_skills(Visit visit) {
  for (int a = 0; a < 6; ++a)
    for (int b = 0; b < 6; ++b)
      for (int c = 0; c < 6; ++c) visit(Skills{{"a", a}, {"b", b}, {"c", c}});
}

}  // namespace

TEST_CASE("who can meet a requirement is found, and that nobody can") {
  CHECK(example("") == Skills{});
  CHECK(example("billing >= 3 and (zh or yue) and not trainee")->at("billing") >= 3);
  CHECK(example("zh = 5 and zh > 4")->at("zh") == 5);
  for (const char* text : {"billing >= 3 and not billing", "zh >= 5 and zh < 3", "zh < 0",
                           "zh > 3 and zh < 4", "(a or b) and not a and b = 0", "not (a or not a)"}) {
    CAPTURE(text);
    CHECK_FALSE(example(text).has_value());
  }
}

TEST_CASE("one requirement implies another when nobody meets the one alone") {
  CHECK(implies("billing >= 5", "billing >= 3"));
  CHECK_FALSE(implies("billing >= 3", "billing >= 5"));
  CHECK(implies("zh and yue", "zh or golf"));
  CHECK(implies("zh", ""));
  CHECK_FALSE(implies("", "zh"));
  CHECK(implies("zh > 2", "zh >= 3"));
  CHECK(implies("zh and not zh", "golf"));
}

TEST_CASE("examples and implications agree with trying all skills, for random requirements") {
  std::mt19937 random(7);
  int unmeetable = 0, implied = 0;
  for (int i = 0; i < 3'000; ++i) {
    const Requirement one = Requirement::parse(random_requirement(random, 3)),
                      other = Requirement::parse(random_requirement(random, 2));
    CAPTURE(one.text());
    CAPTURE(other.text());
    bool meetable = false, apart = false;
    each_skills([&](const Skills& skills) {
      meetable |= one.met_by(skills);
      apart |= one.met_by(skills) && !other.met_by(skills);
    });

    const std::optional<Skills> found = one.example();
    REQUIRE(found.has_value() == meetable);
    if (found) REQUIRE(one.met_by(*found));
    REQUIRE(one.implies(other) == !apart);
    unmeetable += !meetable;
    implied += !apart;
  }
  CHECK(unmeetable > 50);
  CHECK(implied > 100);
}

TEST_CASE("a step that lets in nobody is told with what it had to be less than") {
  const Requirement zh = Requirement::parse("zh");
  CHECK(contradiction_in(Requirement::parse("zh or yue"), zh).empty());
  CHECK(contradiction_in(zh, zh) ==
        "\"zh\" lets in nobody who would not do before; ask for less than \"zh\"");
  CHECK(contradiction_in(Requirement(), Requirement()) ==
        "anybody lets in nobody who would not do before; ask for less than anybody");
}
