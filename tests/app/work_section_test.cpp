// SPDX-License-Identifier: Apache-2.0
#include "app/work_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

constexpr const char* whole = R"(
[[queue]]
name = "sales"
wrap_up = "1min"
wrap_up_mode = "forced"
wrap_up_extension = "90s"
dispositions = ["sold", "call again"]
disposition_mandatory = true
disposition_default = "call again"
[[agent]]
id = "1001"
queues = ["sales"]
capacity = { units = 3, takes = { chat = 1, email = 2 }, at_most = { email = 1, fax = 0 } }
heartbeat_limit = "20s"
heartbeat_grace = "3min"
)";

}  // namespace

TEST_CASE("wrap-up, dispositions, capacity and signs of life are read") {
  const Config config = parse_config(whole, "bank.toml", ".");

  const QueueOptions& sales = config.queues.at(0);
  CHECK(sales.wrap_up == 1min);
  CHECK(sales.wrap_up_mode == WrapUpMode::forced);
  CHECK(sales.wrap_up_extension == 90s);
  CHECK(sales.dispositions == std::vector<std::string>{"sold", "call again"});
  CHECK(sales.disposition_mandatory);
  CHECK(sales.disposition_default == "call again");
  const AgentOptions& anna = config.agents.at(0).options;
  CHECK(anna.capacity.units == 3);
  CHECK(anna.capacity.takes == std::map<Channel, int>{{Channel::chat, 1}, {Channel::email, 2}});
  CHECK(anna.capacity.at_most == std::map<Channel, int>{{Channel::email, 1}, {Channel::fax, 0}});
  CHECK(anna.heartbeat_limit == 20s);
  CHECK(anna.heartbeat_grace == 3min);
}

TEST_CASE("without these keys a wrap-up is timed and an agent takes one contact at a time") {
  const Config config =
      parse_config("[[queue]]\nname = \"sales\"\n[[agent]]\nid = \"1001\"", "bank.toml", ".");

  CHECK(config.queues.at(0).wrap_up_mode == WrapUpMode::timed);
  CHECK(config.queues.at(0).dispositions.empty());
  CHECK(config.agents.at(0).options.capacity.units == 1);
  CHECK(config.agents.at(0).options.heartbeat_limit == 0s);
}

TEST_CASE("what contradicts itself in an agent's work is refused with its place and the remedy") {
  struct Case {
    const char* text;
    const char* fault;
  };
  const Case cases[] = {
      {"[[queue]]\nname = \"a\"\nwrap_up_mode = \"long\"",
       "bank.toml:3: queue.wrap_up_mode: expected \"timed\", \"none\", \"optional\", \"mandatory\" or "
       "\"forced\", got \"long\""},
      {"[[queue]]\nname = \"a\"\nwrap_up_mode = \"mandatory\"\nwrap_up_extension = \"9s\"",
       "bank.toml:4: queue.wrap_up_extension: is for a wrap-up that ends by itself; with wrap_up_mode = "
       "\"mandatory\" leave it out"},
      {"[[queue]]\nname = \"a\"\nwrap_up_extension = \"-1s\"",
       "bank.toml:3: queue.wrap_up_extension: expected a duration such as \"500ms\", \"20s\", \"2min\" or "
       "\"1h\", got \"-1s\""},
      {"[[queue]]\nname = \"a\"\ndispositions = [\"sold\", \"sold\"]",
       "bank.toml:3: queue.dispositions: expected codes, each once, such as \"sold\", got \"sold\" twice"},
      {"[[queue]]\nname = \"a\"\ndispositions = [\"\"]",
       "bank.toml:3: queue.dispositions: expected codes, each once, such as \"sold\", got \"\""},
      {"[[queue]]\nname = \"a\"\ndisposition_mandatory = true",
       "bank.toml:3: queue.disposition_mandatory: needs dispositions to choose from, such as [\"sold\", "
       "\"call again\"]"},
      {"[[queue]]\nname = \"a\"\ndispositions = [\"sold\"]\ndisposition_default = \"lost\"",
       "bank.toml:4: queue.disposition_default: expected one of the dispositions, got \"lost\""},
      {"[[agent]]\nid = \"1\"\ncapacity = { units = 0 }",
       "bank.toml:3: agent.capacity.units: expected a whole number from 1 to 1000, got 0"},
      {"[[agent]]\nid = \"1\"\ncapacity = { units = 2, takes = { chat = 3 } }",
       "bank.toml:3: agent.capacity.takes.chat: expected a whole number from 1 to 2, got 3"},
      {"[[agent]]\nid = \"1\"\ncapacity = { at_most = { chat = -1 } }",
       "bank.toml:3: agent.capacity.at_most.chat: expected a whole number from 0 to 1000, got -1"},
      {"[[agent]]\nid = \"1\"\ncapacity = { takes = { chats = 1 } }",
       "bank.toml:3: agent.capacity.takes.chats: unknown key; did you mean \"chat\"?"},
      {"[[queue]]\nname = \"service\"\n[[agent]]\nid = \"1\"\nqueues = [\"service\"]\nlevels = { servise = 1 "
       "}",
       "bank.toml:6: agent.levels.servise: unknown key; did you mean \"service\"?"},
      {"[[queue]]\nname = \"service\"\n[[agent]]\nid = \"1\"\nqueues = [\"service\"]\nlevels = { service = "
       "-1 }",
       "bank.toml:6: agent.levels.service: expected a whole number from 0 to 1000, got -1"},
      {"[[agent]]\nid = \"1\"\nheartbeat_limit = \"1ms\"",
       "bank.toml:3: agent.heartbeat_limit: expected a duration of at least 1s such as \"500ms\", \"20s\", "
       "\"2min\" or \"1h\", got \"1ms\""},
      {"[[agent]]\nid = \"1\"\nheartbeat_grace = \"1min\"",
       "bank.toml:3: agent.heartbeat_grace: needs heartbeat_limit, after which it begins, such as \"30s\""},
  };

  for (const Case& row : cases) CHECK(faults_of(row.text) == row.fault);
}

}  // namespace vcsr
