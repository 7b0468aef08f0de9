// SPDX-License-Identifier: Apache-2.0
#include "vcsr/rule_strategy.hpp"

#include "core/chat_desk.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

RuleSet rules(const std::string& expression) {
  return RuleSet::parse(R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
                                        namespace="https://vcsr.org/tests">
    <inputData id="reason-input" name="reason"><variable name="reason" typeRef="string"/></inputData>
    <inputData id="skills-input" name="skills"><variable name="skills" typeRef="Any"/></inputData>
    <inputData id="segment-input" name="segment"><variable name="segment" typeRef="string"/></inputData>
    <decision id="fit" name="fit"><variable name="fit" typeRef="number"/>
      <informationRequirement id="r1"><requiredInput href="#reason-input"/></informationRequirement>
      <informationRequirement id="r2"><requiredInput href="#skills-input"/></informationRequirement>
      <informationRequirement id="r3"><requiredInput href="#segment-input"/></informationRequirement>
      <literalExpression id="e"><text>)" +
                        expression + "</text></literalExpression></decision></definitions>");
}

/// Agents 1001 with loans at 2 and 1002 with loans at 5, of whom 1001 has been free the longest.
struct RuledDesk : ChatDesk {
  explicit RuledDesk(const std::string& expression)
      : ruled(
            center.add_queue({.name = "ruled",
                              .strategy = Strategy::custom,
                              .score = score_by(center, {.rules = rules(expression), .decision = "fit"})})) {
    for (const auto& [id, loans] : {std::pair("1001", 2), std::pair("1002", 5)}) {
      Agent agent = chatter(id);
      agent.set_skills({{"loans", loans}});
      ruled.add(agent);
      loop.run_for(1s);
    }
  }
  Words offered() {
    Contact contact = center.open({.channel = Channel::chat, .from = "sim:anna", .reason = "a loan"});
    serving.spawn(serve(ruled, contact, served));
    settle();
    return facts(events::contact_offered, "agent");
  }

  Queue ruled;
};

}  // namespace

TEST_CASE("rules say who gets a contact, from what is known of it and of the agents") {
  RuledDesk most(R"(if reason = "a loan" then skills.loans else 0)");
  RuledDesk least(R"(if segment = null then - skills.loans else 0)");

  CHECK(most.offered() == Words{"1002"});
  CHECK(least.offered() == Words{"1001"});
}

TEST_CASE("rules that fail, or say no number, leave the choice to what decides between equals") {
  RuledDesk failing("skills.loans + reason");
  RuledDesk wordy("reason");

  const Words by_failing = failing.offered(), by_wordy = wordy.offered();

  CHECK(by_failing.size() == 1);
  CHECK(by_wordy == by_failing);
}

TEST_CASE("a decision that there is not is told when the queue is made") {
  World world;

  const std::string told = thrown(Error::Code::not_found, [&world] {
    (void)score_by(world.center, {.rules = rules("1"), .decision = "fitness"});
  });

  CHECK(told.find("no decision 'fitness'") != std::string::npos);
}
