// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario.hpp"

#include "temporary_folder.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

const std::string whole = R"([day]
begins = "08:00"
ends = "18:00"
interval = "15min"
runs = 3
seed = 42

[[queue]]
name = "service"
service_level = "30s"
wrap_up = "20s"

[[contacts]]
queue = "service"
per_hour = 100
priority = 2
limit = "10min"
handling = { mean = "240s", deviation = "100s" }
patience = { mean = "90s" }

[[agents]]
count = 12
queues = ["service"]
shifts = ["08:00-12:00", "12:30-18:00"]
rings = "3s"
)";

std::string refusal(const std::string& text) {
  return thrown(Error::Code::invalid, [&] { parse_scenario(text, "day.toml", "."); });
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != text.npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a scenario says who comes, who works and how long the day is") {
  const Scenario scenario = parse_scenario(whole, "day.toml", ".");

  CHECK(scenario.begins == 8h);
  CHECK(scenario.ends == 18h);
  CHECK(scenario.interval == 15min);
  CHECK(scenario.runs == 3);
  CHECK(scenario.seed == 42);
  REQUIRE(scenario.queues.size() == 1);
  CHECK(scenario.queues[0].service_level == 30s);
  CHECK(scenario.queues[0].wrap_up == 20s);
  REQUIRE(scenario.contacts.size() == 1);
  const ContactStream& stream = scenario.contacts[0];
  REQUIRE(stream.profile.size() == 1);
  CHECK(stream.profile[0].per_hour() == doctest::Approx(100));
  CHECK(stream.handling.shape == Distribution::Shape::lognormal);
  CHECK(stream.patience->shape == Distribution::Shape::exponential);
  CHECK(stream.limit == 10min);
  CHECK(stream.priority == 2);
  REQUIRE(scenario.agents.size() == 1);
  CHECK(scenario.agents[0].count == 12);
  CHECK(scenario.agents[0].rings == 3s);
  REQUIRE(scenario.agents[0].shifts.size() == 2);
  CHECK(scenario.agents[0].shifts[1].begins == 12h + 30min);
}

TEST_CASE("a profile beside the scenario says when the day begins and ends") {
  const TemporaryFolder folder;
  folder.write("calls.csv", "begins,contacts\n09:00,50\n09:30,70\n");
  const std::string path = folder.write("day.toml", R"(
[[queue]]
name = "service"
[[contacts]]
queue = "service"
profile = "calls.csv"
handling = { samples = ["30s", "2min"] }
[[agents]]
queues = ["service"]
)");

  const Scenario scenario = read_scenario(path);

  CHECK(scenario.begins == 9h);
  CHECK(scenario.ends == 10h);
  CHECK(scenario.runs == 1);
  CHECK(scenario.contacts[0].handling.samples == std::vector<Duration>{30s, 2min});
  CHECK_FALSE(scenario.contacts[0].patience.has_value());
  CHECK(scenario.agents[0].shifts.empty());
}

TEST_CASE("each fault of a scenario is told with line, key and remedy") {
  CHECK(refusal(replaced(whole, "\"18:00\"", "\"8 pm\"")) ==
        "day.toml:3: day.ends: expected a time of day such as \"09:30\", got \"8 pm\"\n"
        "day.toml:3: day.ends: expected a time after the day begins");
  CHECK(refusal(replaced(whole, "runs = 3", "rums = 3")) ==
        "day.toml:5: day.rums: unknown key; did you mean \"runs\"?");
  CHECK(refusal(replaced(whole, "queue = \"service\"", "queue = \"sales\"")) ==
        "day.toml: agents: nobody serves the queue \"sales\": add [[agents]] with it\n"
        "day.toml:14: contacts.queue: there is no queue \"sales\"; there are: service");
  CHECK(refusal(replaced(whole, "per_hour = 100\n", "")) ==
        "day.toml:13: contacts.per_hour: is missing, and so is a profile");
  CHECK(refusal(replaced(whole, "per_hour = 100", "profile = \"no.csv\""))
            .find("day.toml:15: contacts.profile: cannot read the profile ") == 0);
  CHECK(refusal(replaced(whole, "mean = \"240s\", ", "")) ==
        "day.toml:18: contacts.handling.mean: is missing, and so are samples");
  CHECK(refusal(replaced(whole, "mean = \"90s\"", "mean = \"90s\", shape = \"normal\"")) ==
        "day.toml:19: contacts.patience.shape: expected \"exponential\", \"lognormal\" or \"constant\", got "
        "\"normal\"");
  CHECK(refusal(replaced(whole, "mean = \"90s\"", "samples = [\"soon\"]")) ==
        "day.toml:19: contacts.patience.samples: expected durations such as \"95s\", got \"soon\"");
  CHECK(refusal(replaced(whole, "12:30-18:00", "11:30-18:00")) ==
        "day.toml:24: agents.shifts: expected times one after the other such as \"09:00-12:30\", got "
        "\"11:30-18:00\"");
  CHECK(refusal(replaced(whole, "count = 12", "count = 0")).find("expected a whole number from 1") !=
        std::string::npos);
  CHECK(refusal("[[queue]]\nname = \"service\"\n") == "day.toml: contacts: nobody comes: add [[contacts]]");
  CHECK(refusal("[day\n").find("day.toml:1: ") == 0);
  CHECK(thrown(Error::Code::not_found, [] { read_scenario("/nowhere/day.toml"); }) ==
        "there is no scenario /nowhere/day.toml");
}

TEST_CASE("a scenario says who can do what, what is asked for, and who gets whom") {
  const Scenario scenario = parse_scenario(R"(
[day]
ends = "10:00"
[[queue]]
name = "service"
strategy = "best_skilled"
weight = 3
requirement = "billing >= 3"
[[queue.relaxed]]
after = "30s"
requirement = "billing"
[[contacts]]
queue = "service"
channel = "chat"
requirement = "zh"
per_hour = 20
handling = { mean = "240s" }
[[agents]]
queues = ["service"]
skills = { billing = 4, zh = 1 }
capacity = { units = 3, takes = { chat = 1 }, at_most = { chat = 2 } }
)",
                                           "day.toml", ".");

  const QueueOptions& queue = scenario.queues[0];
  CHECK(queue.strategy == Strategy::best_skilled);
  CHECK(queue.weight == 3);
  CHECK(queue.requirement.text() == "billing >= 3");
  REQUIRE(queue.relaxed.size() == 1);
  CHECK(queue.relaxed[0].after == 30s);
  CHECK(scenario.contacts[0].channel == Channel::chat);
  CHECK(scenario.contacts[0].requirement.text() == "zh");
  const AgentGroup& agents = scenario.agents[0];
  CHECK(agents.skills.at("billing") == 4);
  CHECK(agents.capacity.units == 3);
  CHECK(agents.capacity.takes.at(Channel::chat) == 1);
}

TEST_CASE(
    "skills that nobody has, unknown channels and agents who never answer are told with place and remedy") {
  CHECK(refusal(replaced(whole, "wrap_up = \"20s\"", "requirement = \"zh\"")) ==
        "day.toml:11: queue.requirement: no [[agents]] has the skill \"zh\"; give it to one: skills = { "
        "\"zh\" = 1 }");
  CHECK(refusal(replaced(whole, "priority = 2", "channel = \"pigeon\"")) ==
        "day.toml:16: contacts.channel: expected \"voice\", \"chat\", \"email\", \"sms\", \"fax\", "
        "\"web\", \"callback\" or \"voicemail\", got \"pigeon\"");
  CHECK(refusal(replaced(whole, "rings = \"3s\"", "rings = \"20s\"")) ==
        "day.toml:25: agents.rings: nobody ever answers: make it less than offer_time of the queue "
        "\"service\"");
  CHECK(
      refusal(replaced(whole, "seed = 42", "zone = \"Nowhere/Else\"")).starts_with("day.toml:6: day.zone: "));
}

TEST_CASE("a scenario for a recorded day needs no contacts of its own") {
  const Scenario scenario = parse_scenario(
      "[[queue]]\nname = \"service\"\n[[agents]]\nqueues = [\"service\"]\n[[contacts]]\nqueue = "
      "\"service\"\n",
      "day.toml", ".", Comers::recorded);

  CHECK(scenario.queues.size() == 1);
  CHECK(scenario.contacts[0].profile.empty());
}
