// SPDX-License-Identifier: Apache-2.0
#include "vcsr/rule_set.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace vcsr;

namespace {

// ccache makes __FILE__ relative to the build folder, the parent of that of this program.
const std::string bank_file = (std::filesystem::canonical("/proc/self/exe").parent_path().parent_path() /
                               std::filesystem::path(__FILE__).parent_path() / "data/bank.dmn")
                                  .string();

RuleSet bank() { return RuleSet::load(bank_file); }

std::string fault(const Facts& facts, std::string_view decision = "routing_id") {
  return thrown(Error::Code::invalid, [&] { bank().decide(decision, facts); });
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a document's decisions are known by name and by id") {
  const RuleSet rules = bank();

  CHECK(rules.decisions() == Lines{"Queue of a caller", "greeting"});
  CHECK(rules.decide("Queue of a caller", {{"segment", "vip"}, {"account balance", 1}}).text("queue") ==
        "gold");
  CHECK(rules.decide("routing_id", {{"segment", "vip"}, {"account balance", 1}}).text("queue") == "gold");
}

TEST_CASE("FIRST takes the first rule that matches, with all its outputs") {
  const Decision vip =
      bank().decide("routing_id", {{"segment", "vip"}, {"account balance", 2'000'000}, {"unused", 1}});
  const Decision rich = bank().decide("routing_id", {{"segment", "standard"}, {"account balance", 1e6}});
  const Decision usual = bank().decide("routing_id", {{"segment", "standard"}, {"account balance", 5}});

  CHECK(vip.rules == Lines{"vip"});
  CHECK(vip.outputs == Facts{{"queue", "gold"}, {"priority", 10}});
  CHECK(rich.rules == Lines{"rich"});
  CHECK(rich.text("priority") == "2.5");
  CHECK(usual.rules == Lines{"3"});
  CHECK(usual.outputs == Facts{{"queue", "counter"}, {"priority", Value()}});
  CHECK(usual.text("nothing") == "");
}

TEST_CASE("no rule need match") {
  const Decision decision = bank().decide("greeting", {{"hour", 20}});

  CHECK_FALSE(decision.matched());
  CHECK(decision.outputs.empty());
  CHECK(decision.reason == "no rule of the table matches");
}

TEST_CASE("a comparison with null is an error that names the cell, not a rule that silently does not match") {
  const Facts facts = {{"segment", "standard"}, {"account balance", Value()}};

  CHECK(fault(facts).starts_with(bank_file +
                                 ":31: decision 'Queue of a caller': row 2, column 'account balance': "));
  const RuleSet spec = RuleSet::load(bank_file, {.mode = RuleMode::spec});
  CHECK(spec.decide("greeting", {}).value == Value());
}

TEST_CASE("the documents' hash says what a result was decided by") {
  const std::string hash = bank().hash();

  CHECK(hash.size() == 64);
  CHECK(hash == bank().hash());
  CHECK(hash !=
        RuleSet::parse("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>").hash());
}

TEST_CASE("UNIQUE refuses two rules that both match") {
  CHECK(bank().decide("greeting", {{"hour", 9}}).text("greeting") == "good morning");
  CHECK(bank().decide("greeting", {{"hour", 12}}).text("greeting") == "good day");

  CHECK(fault({{"hour", 11}}, "greeting") ==
        "decision 'greeting': rule 'morning' (row 1) and rule 'noon' (row 2) both match, but the hit policy "
        "is UNIQUE");
}

TEST_CASE("an input that is missing or of the wrong type is named") {
  const std::string balance = "decision 'Queue of a caller': input 'account balance': ";
  const std::string segment = "decision 'Queue of a caller': input 'segment': ";

  CHECK(fault({{"segment", "vip"}}) == balance + "it is missing; expected a number or null");
  CHECK(fault({{"segment", "vip"}, {"account balance", "12"}}) ==
        balance + "expected a number or null, got \"12\"");
  CHECK(fault({{"segment", true}, {"account balance", 1}}) ==
        segment + "expected a string or null, got true");
  CHECK(fault({{"segment", Value::List{1}}, {"account balance", 1}}) ==
        segment + "expected a string or null, got [1]");
  CHECK(fault({{"segment", "gold"}, {"account balance", 1}}) ==
        segment + "expected one of \"vip\",\"standard\", got \"gold\"");
}

TEST_CASE("a decision that does not exist names those that do") {
  const std::string message = thrown(Error::Code::not_found, [] { bank().decide("routing", {}); });

  CHECK(message == bank_file + ": no decision 'routing'; there are 'Queue of a caller', 'greeting'");
}

TEST_CASE("explain() has a line per rule") {
  CHECK(bank().explain("routing_id", {{"segment", "standard"}, {"account balance", 1'000'000}}) ==
        Lines{"rule 'vip' (row 1): segment is \"standard\", not \"vip\"", "rule 'rich' (row 2): matches",
              "rule '3' (row 3): matches, but a rule above did before"});
  CHECK(bank().explain("greeting", {{"hour", 11}}) ==
        Lines{"rule 'morning' (row 1): matches", "rule 'noon' (row 2): matches"});
  CHECK(bank().explain("greeting", {{"hour", 20}})[0] == "rule 'morning' (row 1): hour is 20, not [5..12)");
}

TEST_CASE("a rule set outlives the variable it came from") {
  RuleSet copy = bank();
  {
    const RuleSet original = RuleSet::load(bank_file);
    copy = original;
  }

  CHECK(copy.decide("greeting", {{"hour", 6}}).rules == Lines{"morning"});
}

TEST_CASE("a file that is not there is named") {
  const std::string message = thrown(Error::Code::not_found, [] { RuleSet::load("/nowhere/bank.dmn"); });

  CHECK(message == "rules '/nowhere/bank.dmn' cannot be read: No such file or directory");
}
