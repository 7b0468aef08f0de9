// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/patterns/pattern.hpp"

#include <string>

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::feel;

namespace {

struct Matching {
  const char* text;
  const char* pattern;
  const char* flags;
  bool matches;
};

void check_matching(const std::vector<Matching>& table) {
  for (const auto& row : table) {
    INFO(row.text << " " << row.pattern << " " << row.flags);
    CHECK(Pattern(row.pattern, row.flags).find(row.text).has_value() == row.matches);
  }
}

std::string fault(const char* pattern, const char* flags = "") {
  return thrown(Error::Code::invalid, [&] { Pattern(pattern, flags); });
}

/// What a match is replaced with.
std::string replaced(const char* text, const char* pattern, const char* replacement, const char* flags = "") {
  const Pattern compiled(pattern, flags);
  return Replacement(replacement, compiled).of(compiled.find(text).value());
}

}  // namespace

TEST_CASE("a pattern is looked for anywhere in a text") {
  check_matching({
      {"abracadabra", "bra", "", true},
      {"abracadabra", "^a.*a$", "", true},
      {"abracadabra", "^bra", "", false},
      {"foobar", "^fo*b", "", true},
      {"aab", "^a{2}b$", "", true},
      {"ab", "^a{2,}", "", false},
      {"aaa", "^a{1,2}$", "", false},
      {"", "", "", true},
      {"ac", "a|b|c", "", true},
      {"a.c", "a\\.c", "", true},
      {"abc", "a\\.c", "", false},
      {"a$", "a\\$$", "", true},
      {"🐎", "^.$", "", true},
      {"ab", "^(?:a)(b)$", "", true},
  });
}

TEST_CASE("flags say what a dot, a line and a letter are") {
  check_matching({
      {"a\nb", "a.b", "", false},
      {"a\rb", "a.b", "", false},
      {"a\nb", "a.b", "s", true},
      {"a\nb", "^b$", "", false},
      {"a\nb", "^b$", "m", true},
      {"a\n", "a$", "", false},
      {"a\n", "a$", "m", true},
      {"ABC", "abc", "", false},
      {"ABC", "abc", "i", true},
      {"\xE2\x84\xAA", "k", "i", true},  // KELVIN SIGN
      {"\xE2\x84\xAA", "[A-Z]", "i", true},
      {"hello world", "hello\\ sworld", "x", true},
      {"helloworld", "hello world", "x", true},
      {"hello world", "hello[ ]world", "x", true},
      {"a.c", "a.c", "q", true},
      {"abc", "a.c", "q", false},
      {"A.C", "a.c", "qi", true},
  });
}

TEST_CASE("classes hold characters, ranges, other classes and what is left of one") {
  check_matching({
      {"x", "[a-z-[aeiou]]", "", true},
      {"e", "[a-z-[aeiou]]", "", false},
      {"e", "[a-z-[b-y-[e]]]", "", true},
      {"i", "[A-Z-[OI]]", "i", false},
      {"b", "[A-Z-[OI]]", "i", true},
      {"5", "[^\\D]", "", true},
      {"a", "[^\\D]", "", false},
      {"a", "[\\S-[a]]", "", false},
      {"-", "[a-]", "", true},
      {"-", "[-a]", "", true},
      {"]", "[\\]]", "", true},
      {"^", "[a^]", "", true},
      {"x", "[^^a]", "", true},
      {"٣", "^\\d$", "", true},
      {"é", "^\\w$", "", true},
      {"-", "\\w", "", false},
      {"+", "\\w", "", true},
      {" ", "\\W", "", true},
      {"\xC2\xA0", "\\s", "", false},
      {"_a:1", "^\\i\\c*$", "", true},
      {"1", "\\i", "", false},
      {"1", "\\I", "", true},
      {"é", "^\\p{Ll}$", "", true},
      {"é", "\\p{Lu}", "i", false},
      {"é", "[\\p{Lu}x]", "i", false},
      {"é", "\\P{L}", "", false},
      {"a", "^\\p{IsBasicLatin}$", "", true},
      {"é", "\\p{IsBasicLatin}", "", false},
      {"é", "\\p{IsLatin-1Supplement}", "", true},
      {"é", "\\P{IsBasicLatin}", "", true},
      {"α", "[\\p{IsGreek}]", "", true},
  });
}

TEST_CASE("a group is met again by its number") {
  check_matching({
      {"abab", "^(ab)\\1$", "", true},
      {"abac", "^(ab)\\1$", "", false},
      {"aa1", "^(a)\\11$", "", true},
      {"b", "^(a)?\\1b$", "", true},
      {"abcdefghijkk", "^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\\11$", "", true},
  });
}

TEST_CASE("reluctant repetition takes as little as it can") {
  const auto match = Pattern("a.*?a", "").find("abracadabra");

  REQUIRE(match.has_value());
  CHECK(match->groups.front() == "abra");
}

TEST_CASE("what XPath's patterns do not know is refused at its place") {
  CHECK(fault("a)") == "the pattern at character 2: ')' without '('");
  CHECK(fault("(a") == "the pattern at character 3: expected ')'");
  CHECK(fault("*a") == "the pattern at character 1: '*' is to be written '\\*'");
  CHECK(fault("a**") == "the pattern at character 3: '*' is to be written '\\*'");
  CHECK(fault("a{b}") == "the pattern at character 3: expected a number");
  CHECK(fault("a{1") == "the pattern at character 4: expected '}'");
  CHECK(fault("(?=a)") == "the pattern at character 3: expected ':' after '(?'");
  CHECK(fault("\\b") == "the pattern at character 3: no escape '\\b'");
  CHECK(fault("[a") == "the pattern at character 3: expected ']', it ends");
  CHECK(fault("[]") == "the pattern at character 2: nothing between '[' and ']'");
  CHECK(fault("[z-a]") == "the pattern at character 5: the range ends before it begins");
  CHECK(fault("(a\\1)") == "the pattern at character 5: no group 1 ends before here");
  CHECK(fault("\\p{Xx}") == "the pattern at character 7: no category or block of Unicode 'Xx'");
  CHECK(fault("\\p{IsKlingon}") ==
        "the pattern at character 14: no category or block of Unicode 'IsKlingon'");
  CHECK(fault("\\p{IsBasic Latin}").ends_with("no category or block of Unicode 'IsBasic Latin'"));
  CHECK(fault("a\\") == "the pattern at character 3: expected a character after '\\', it ends");
  CHECK(fault("a", "g") == "flags are of \"smixq\", got 'g'");
  CHECK(fault("a{3,2}").starts_with("the pattern: "));
  CHECK(fault(std::string(200, '(').c_str()).find("more than 100 groups") != std::string::npos);
}

TEST_CASE("a pattern that repeats what repeats is stopped") {
  const std::string text(40, 'a');
  const Pattern pattern("^(a+)+$", "");

  const auto message = thrown(Error::Code::timed_out, [&] { pattern.find(text + "b"); });

  CHECK(message == "the pattern takes too many steps on this text: it repeats what itself repeats");
}

TEST_CASE("a text that is not UTF-8 is refused") {
  CHECK(thrown(Error::Code::invalid, [&] { Pattern("a", "").find("\xFF"); }).starts_with("the text: "));
}

TEST_CASE("a replacement holds what groups matched") {
  CHECK(replaced("banana", "an", "[$0]") == "[an]");
  CHECK(replaced("abcd", "(ab)|(cd)", "[1=$1][2=$2]") == "[1=ab][2=]");
  CHECK(replaced("ab", "(a)(b)", "$2$1\\$\\\\") == "ba$\\");
  CHECK(replaced("a", "(a)", "$12") == "a2");
  CHECK(replaced("a", "(a)", "x$2y") == "xy");
  CHECK(replaced("a.c", "a.c", "$1\\", "q") == "$1\\");
}

TEST_CASE("a replacement that says nothing is refused") {
  const Pattern pattern("a", "");

  CHECK(thrown(Error::Code::invalid, [&] { Replacement("$", pattern); }) ==
        "the replacement: expected a number after '$'");
  CHECK(thrown(Error::Code::invalid, [&] { Replacement("a\\b", pattern); }) ==
        "the replacement: '\\' stands before '\\' or '$' only");
}
