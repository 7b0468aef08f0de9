// SPDX-License-Identifier: Apache-2.0
#include "vcsr/requirement.hpp"

#include "thrown.hpp"

using namespace vcsr;

namespace {

std::string refusal(std::string_view text) {
  return thrown(Error::Code::invalid, [text] { Requirement::parse(text); });
}

}  // namespace

TEST_CASE("a requirement says who may take the contact") {
  const Requirement requirement = Requirement::parse(" billing >= 3 and (zh or yue) and not trainee ");

  CHECK(requirement.met_by({{"billing", 3}, {"zh", 1}}));
  CHECK(requirement.met_by({{"billing", 9}, {"yue", 2}, {"trainee", 0}}));
  CHECK_FALSE(requirement.met_by({{"billing", 2}, {"zh", 1}}));
  CHECK_FALSE(requirement.met_by({{"billing", 3}}));
  CHECK_FALSE(requirement.met_by({{"billing", 3}, {"zh", 1}, {"trainee", 1}}));
  CHECK(requirement.text() == "billing >= 3 and (zh or yue) and not trainee");
  CHECK(requirement.skills() == std::vector<std::string>{"billing", "trainee", "yue", "zh"});
}

TEST_CASE("every comparison holds on the right side of its level") {
  struct Row {
    const char* text;
    bool at_2, at_3, at_4;
  };
  for (const Row& row :
       {Row{"x >= 3", false, true, true}, Row{"x ≥ 3", false, true, true}, Row{"x > 3", false, false, true},
        Row{"x = 3", false, true, false}, Row{"x==3", false, true, false}, Row{"x < 3", true, false, false},
        Row{"x<=3", true, true, false}, Row{"x ≤ 3", true, true, false}, Row{"not x = 3", true, false, true},
        Row{"not not x>3", false, false, true}}) {
    CAPTURE(row.text);
    const Requirement requirement = Requirement::parse(row.text);
    CHECK(requirement.met_by({{"x", 2}}) == row.at_2);
    CHECK(requirement.met_by({{"x", 3}}) == row.at_3);
    CHECK(requirement.met_by({{"x", 4}}) == row.at_4);
  }
}

TEST_CASE("'and' binds closer than 'or', and 'not' closer than both") {
  const Requirement requirement = Requirement::parse("a or b and not c");

  CHECK(requirement.met_by({{"a", 1}, {"c", 1}}));
  CHECK(requirement.met_by({{"b", 1}}));
  CHECK_FALSE(requirement.met_by({{"b", 1}, {"c", 1}}));
}

TEST_CASE("skills are named in any script, and with spaces in double quotes") {
  const Requirement requirement =
      Requirement::parse("普通话 >= 2 and \"second level (网络)\" and android-13.1");

  CHECK(requirement.met_by({{"普通话", 2}, {"second level (网络)", 1}, {"android-13.1", 1}}));
  CHECK_FALSE(requirement.met_by({{"普通话", 1}, {"second level (网络)", 1}, {"android-13.1", 1}}));
  CHECK(Requirement::parse("order and notary").skills() == std::vector<std::string>{"notary", "order"});
}

TEST_CASE("where nothing is asked for anybody will do") {
  for (const Requirement& requirement : {Requirement(), Requirement::parse(" \t")}) {
    CHECK(requirement.anybody());
    CHECK(requirement.met_by({}));
    CHECK(requirement.score({{"zh", 5}}) == 0);
    CHECK(requirement.why_not({}).empty());
    CHECK(requirement.skills().empty());
  }
}

TEST_CASE("who does not meet it is told what is missing, in two languages") {
  const Requirement requirement = Requirement::parse("billing >= 3 and (zh or yue) and not trainee");

  CHECK(requirement.why_not({{"billing", 2}, {"zh", 1}}) == "billing is 2, needs 3");
  CHECK(requirement.why_not({{"billing", 3}}) == "lacks zh, or lacks yue");
  CHECK(requirement.why_not({{"trainee", 1}, {"zh", 1}}) == "billing is 0, needs 3; must not have trainee");
  CHECK(requirement.why_not({{"billing", 2}, {"zh", 1}}, "zh-CN") == "billing 为 2，至少需要 3");
  CHECK(requirement.why_not({{"billing", 3}}, "zh") == "缺少 zh；或者 缺少 yue");
  CHECK(requirement.why_not({{"billing", 3}, {"yue", 1}}).empty());
  CHECK(Requirement::parse("not (a > 2 or b <= 1)").why_not({{"a", 3}, {"b", 1}}) ==
        "a is 3, needs at most 2; b is 1, needs more than 1");
  CHECK(Requirement::parse("not a = 2").why_not({{"a", 2}}) == "a is 2, must not be 2");
}

TEST_CASE("the score is the sum of the levels asked for, of alternatives the best") {
  const Requirement requirement =
      Requirement::parse("billing >= 3 and (zh or yue) and not trainee and temper < 5");

  CHECK(requirement.score({{"billing", 4}, {"zh", 2}, {"yue", 7}, {"temper", 4}, {"golf", 9}}) == 11);
  CHECK(requirement.score({{"billing", 2}, {"zh", 2}}) == 0);
  CHECK(Requirement::parse("a >= 5 or b").score({{"a", 4}, {"b", 2}}) == 2);
}

TEST_CASE("a requirement can be made wider") {
  const Requirement strict = Requirement::parse("billing >= 3");
  const Requirement wide = strict.or_else(Requirement::parse("billing and zh"));

  CHECK(wide.text() == "(billing >= 3) or (billing and zh)");
  CHECK(wide.met_by({{"billing", 1}, {"zh", 1}}));
  CHECK_FALSE(wide.met_by({{"billing", 1}}));
  CHECK(Requirement::parse(wide.text()).met_by({{"billing", 3}}));
  CHECK(strict.or_else({}).anybody());
  CHECK(Requirement().or_else(strict).anybody());
  CHECK(strict.or_else(strict) == strict);
}

TEST_CASE("two requirements can be asked for together") {
  const Requirement both = Requirement::parse("zh or yue").and_also(Requirement::parse("billing"));

  CHECK(both.text() == "(zh or yue) and (billing)");
  CHECK(both.met_by({{"yue", 1}, {"billing", 1}}));
  CHECK_FALSE(both.met_by({{"zh", 1}}));
  CHECK(both.and_also({}) == both);
  CHECK(Requirement().and_also(both) == both);
}

TEST_CASE("what is no requirement is refused with its column and the remedy") {
  CHECK(refusal("billing >=") ==
        "requirement 'billing >=', column 11: expected a level from 0 to 1000000, got the end");
  CHECK(refusal("普通话 >= x") ==
        "requirement '普通话 >= x', column 8: expected a level from 0 to 1000000, got 'x'");
  CHECK(refusal("a >= 1000001").find("column 6: expected a level from 0 to 1000000") != std::string::npos);
  CHECK(refusal("a >= -1").find("got '-1'") != std::string::npos);
  CHECK(refusal("a > 2.5").find("got '2.5'") != std::string::npos);
  CHECK(refusal("(a or b").find("column 8: expected ')', got the end") != std::string::npos);
  CHECK(refusal("a)").find("column 2: there is no '(' for this ')'") != std::string::npos);
  CHECK(refusal("a b").find("column 3: expected 'and', 'or' or the end, got 'b'") != std::string::npos);
  CHECK(refusal("and a").find("column 1: expected a skill, 'not' or '(', got 'and'") != std::string::npos);
  CHECK(refusal("a and").find("column 6: expected a skill, 'not' or '(', got the end") != std::string::npos);
  CHECK(refusal("3 <= a").find("write the skill first: billing >= 3") != std::string::npos);
  CHECK(refusal("a != 3").find("write not skill = level") != std::string::npos);
  CHECK(refusal("\"a").find("the double quote is not closed") != std::string::npos);
  CHECK(refusal("a and \"\"").find("expected a name between") != std::string::npos);
  CHECK(refusal("a; b").find("got ';'") != std::string::npos);
}

TEST_CASE("a requirement that would burden the machine is refused") {
  const std::string deep = std::string(40, '(') + "a" + std::string(40, ')');
  CHECK(refusal(deep).find("column 33: nested more than 32 deep") != std::string::npos);
  std::string negations = "a";
  for (int i = 0; i < 40; ++i) negations.insert(0, "not ");
  CHECK(refusal(negations).find("nested more than 32 deep") != std::string::npos);
  CHECK(refusal(std::string(5000, 'a')).find("at most 4096 bytes, got 5000") != std::string::npos);

  std::string wide = "a0";
  for (int i = 1; i < 400; ++i) wide += " or a" + std::to_string(i);
  CHECK(Requirement::parse(wide).met_by({{"a399", 1}}));
}

TEST_CASE("text that is not UTF-8 is refused") {
  CHECK(refusal("zh\xff").find("byte 3 of 3 is no UTF-8 text") != std::string::npos);
  CHECK(refusal("\xe6\x99").find("byte 1 of 2") != std::string::npos);
  CHECK(refusal(std::string_view("a\0b", 3)).find("byte 2 of 3") != std::string::npos);
}
