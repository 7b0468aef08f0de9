// SPDX-License-Identifier: Apache-2.0
#include "app/overflow_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"

namespace vcsr {

using namespace std::chrono_literals;

TEST_CASE("a queue says where contacts go that get no agent there") {
  const Config config = parse_config(R"(
[[queue]]
name = "service"
wait = "wait"
handling_time = "3min"
[[queue.overflow]]
when = "waited"
after = "2min"
queue = "second"
[[queue.overflow]]
when = "key"
key = "*"
mailbox = "messages"
[[queue]]
name = "second"
[[queue.overflow]]
when = "nobody"
prompt = "sorry"
[[mailbox]]
name = "messages"
)",
                                     "bank.toml", "/srv/bank");

  const std::vector<Overflow>& rules = config.queues.at(0).overflows;
  REQUIRE(rules.size() == 2);
  CHECK(config.queues[0].handling_time == 3min);
  CHECK(rules[0].when == Overflow::When::waited);
  CHECK(rules[0].after == 2min);
  CHECK(rules[0].to == Overflow::To::queue);
  CHECK(rules[1].key == '*');
  CHECK(rules[1].target == "messages");
  CHECK(config.queues[1].overflows.at(0).to == Overflow::To::prompt);
}

TEST_CASE("a queue is open by its hours, and says so to those who come when it is not") {
  const Config config = parse_config(R"(
[[queue]]
name = "service"
hours = "office"
[[queue.overflow]]
when = "closed"
closed = "come-back"
[[queue.overflow]]
when = "nobody"
closed = ""
[[hours]]
name = "office"
time_zone = "UTC"
open = ["Mon-Fri 09:00-17:00"]
)",
                                     "bank.toml", "/srv/bank");

  const QueueOptions& queue = config.queues.at(0);
  REQUIRE(queue.open);
  CHECK(queue.open(parse_wall_time("2026-03-02T09:00:00.000Z")));
  CHECK_FALSE(queue.open(parse_wall_time("2026-03-02T17:00:00.000Z")));
  CHECK(queue.overflows.at(0).to == Overflow::To::closed);
  CHECK(queue.overflows[0].target == "come-back");
  CHECK(queue.overflows.at(1).target.empty());
}

TEST_CASE("hours that are not there, and a queue that is told to be closed and never is, are told") {
  CHECK(faults_of(R"([[queue]]
name = "a"
hours = "office"
[[queue]]
name = "b"
[[queue.overflow]]
when = "closed"
prompt = "sorry"
)") == "bank.toml:3: queue.hours: there is no [[hours]] named \"office\"; there are: none\n"
       "bank.toml:8: queue.overflow.prompt: queue \"b\" never closes: expected hours in its [[queue]]");
}

TEST_CASE("overflows that lead nowhere, in a circle or to what is not there are told by line and key") {
  CHECK(faults_of(R"([[queue]]
name = "a"
[[queue.overflow]]
when = "full"
queue = "b"
[[queue.overflow]]
when = "waited"
after = "1min"
queue = "x"
[[queue]]
name = "b"
[[queue.overflow]]
when = "full"
queue = "c"
[[queue]]
name = "c"
[[queue.overflow]]
when = "nobody"
queue = "a"
[[queue.overflow]]
when = "full"
mailbox = "none"
)") == "bank.toml:9: queue.overflow.queue: there is no [[queue]] named \"x\"; there are: a, b, c\n"
       "bank.toml:19: queue.overflow.queue: contacts would go in a circle: c → a → b → c\n"
       "bank.toml:22: queue.overflow.mailbox: there is no [[mailbox]] named \"none\"; there are: none");
}

TEST_CASE("each fault of an overflow is told by line and key") {
  CHECK(faults_of(R"([[queue]]
name = "a"
[[queue.overflow]]
queue = "b"
[[queue.overflow]]
when = "waited"
prompt = "sorry"
[[queue.overflow]]
when = "full"
[[queue.overflow]]
when = "key"
key = "12"
prompt = "sorry"
[[queue.overflow]]
when = "nobody"
prompt = "sorry"
[[queue.overflow]]
when = "nobody"
prompt = "sorry"
)") == "bank.toml:3: queue.overflow.when: is missing\n"
       "bank.toml:6: queue.overflow.when: expected after beside it, a time such as \"2min\"\n"
       "bank.toml:9: queue.overflow.when: expected one of queue, mailbox, prompt, closed and callback beside "
       "it, where contacts go then\n"
       "bank.toml:12: queue.overflow.key: expected one key, 0-9, * or #, got \"12\"\n"
       "bank.toml:18: queue.overflow.when: \"nobody\" was given already");
}

}  // namespace vcsr
