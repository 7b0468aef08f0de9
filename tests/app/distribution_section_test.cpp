// SPDX-License-Identifier: Apache-2.0
#include "app/distribution_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"

namespace vcsr {

TEST_CASE("a queue's strategy and requirements and the agents' skills are read") {
  const Config config = parse_config(R"(
    [[queue]]
    name = "service"
    strategy = "best_skilled"
    weight = 3
    requirement = "billing >= 3 and zh"
    relaxed = [{ after = "20s", requirement = "billing" }, { after = "1min" }]
    [[agent]]
    id = "1001"
    skills = { billing = 5, zh = 1 }
  )",
                                     "vcsr.toml", ".");

  const QueueOptions& queue = config.queues.at(0);
  CHECK(queue.strategy == Strategy::best_skilled);
  CHECK(queue.weight == 3);
  CHECK(queue.requirement.text() == "billing >= 3 and zh");
  REQUIRE(queue.relaxed.size() == 2);
  CHECK(queue.relaxed[0].after == std::chrono::seconds(20));
  CHECK(queue.relaxed[1].requirement.anybody());
  CHECK(config.agents.at(0).options.skills == Skills{{"billing", 5}, {"zh", 1}});
}

TEST_CASE("what cannot decide on agents is refused with its place and the remedy") {
  const std::string faults = faults_of(R"(
[[queue]]
name = "service"
strategy = "grab"
weight = 0
requirement = "billing >="
relaxed = [{ after = "20s" }, { after = "20s" }, { requirement = "zh" }]
[[agent]]
id = "1001"
skills = { billing = "good", zh = -1 }
)");

  const auto says = [&faults](const char* words) { return faults.find(words) != std::string::npos; };
  CAPTURE(faults);
  CHECK(says("bank.toml:4: queue.strategy: expected "));
  CHECK(says("bank.toml:5: queue.weight: expected a whole number from 1 to 1000, got 0"));
  CHECK(says("bank.toml:6: queue.requirement: requirement 'billing >=', column 11: expected a level"));
  CHECK(says("expected a longer time than that of the step before"));
  CHECK(says("is missing; say after how long"));
  CHECK(says("skills.billing: expected a level from 0 to 1000000"));
  CHECK(says("skills.zh: expected a level from 0 to 1000000"));
}

TEST_CASE("requirements that contradict themselves or each other are refused with their place") {
  CHECK(faults_of(R"([[queue]]
name = "a"
requirement = "billing >= 3 and not billing"
[[queue]]
name = "b"
requirement = "billing >= 3"
[[queue.relaxed]]
after = "20s"
requirement = "billing >= 5"
[[queue.relaxed]]
after = "30s"
[[queue.relaxed]]
after = "40s"
requirement = "zh"
[[agent]]
id = "1001"
skills = { billing = 5, zh = 1 }
)") == "bank.toml:3: queue.requirement: no skills can meet \"billing >= 3 and not billing\"; leave out one "
       "of what "
       "contradicts itself\n"
       "bank.toml:9: queue.relaxed.requirement: \"billing >= 5\" lets in nobody who would not do before; ask "
       "for "
       "less than \"billing >= 3\"\n"
       "bank.toml:14: queue.relaxed.requirement: \"zh\" lets in nobody who would not do before; ask for less "
       "than "
       "anybody");
}

TEST_CASE("a queue whose agents can never take its contacts is refused, unless it relaxes so far") {
  const std::string agents = R"(
[[agent]]
id = "1001"
queues = ["service"]
skills = { billing = 2 }
[[agent]]
id = "1002"
skills = { billing = 9 }
)";
  const std::string queue = "[[queue]]\nname = \"service\"\nrequirement = \"billing >= 3\"\n";

  CHECK(faults_of((queue + agents).c_str()) ==
        "bank.toml:3: queue.requirement: none of the agents of queue \"service\" can take its contacts, "
        "however "
        "long they wait: give one the skills, or relax it");
  const std::string relaxes = queue + "relaxed = [{ after = \"20s\", requirement = \"billing\" }]\n" + agents;
  CHECK(faults_of(relaxes.c_str()) == "no fault");
}

TEST_CASE("fairness by service level is read with its goal") {
  const Config config = parse_config(
      "[[queue]]\nname = \"service\"\nstrategy = \"ring_all\"\nfairness = \"service_level\"\n"
      "service_level_goal = 90\n",
      "bank.toml", ".");

  CHECK(config.queues.at(0).strategy == Strategy::ring_all);
  CHECK(config.queues[0].fairness == Fairness::service_level);
  CHECK(config.queues[0].service_level_goal == 0.9);
}

TEST_CASE("a skill that no agent has is refused with the one that is probably meant") {
  const std::string faults = faults_of(R"(
[[queue]]
name = "service"
requirement = "biling >= 3 and golf"
[[agent]]
id = "1001"
skills = { billing = 5 }
)");

  CHECK(faults.find(
            "bank.toml:4: queue.requirement: no [[agent]] has the skill \"biling\"; is \"billing\" meant?") !=
        std::string::npos);
  CHECK(faults.find("no [[agent]] has the skill \"golf\"; give it to one: skills = { \"golf\" = 1 }") !=
        std::string::npos);
}

}  // namespace vcsr
