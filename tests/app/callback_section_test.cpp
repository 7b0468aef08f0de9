// SPDX-License-Identifier: Apache-2.0
#include "app/callback_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"

namespace vcsr {

using namespace std::chrono_literals;

TEST_CASE("a queue says how it calls customers back") {
  const Config config = parse_config(R"(
[[queue]]
name = "service"
resume_within = "10min"
[[queue.overflow]]
when = "long_wait"
after = "5min"
callback = true
[queue.callback]
key = "1"
first = "customer"
tries = 2
retry_after = "15min"
ring_time = "40s"
from = "tel:+86105550000"
numbers = ["+86", "0"]
confirm = false
limit = 20
hours = "office"
preference = 3
after_crash = true
[[hours]]
name = "office"
open = ["Mon-Fri 09:00-18:00"]
)",
                                     "bank.toml", "/srv/bank");

  const QueueOptions& queue = config.queues.at(0);
  REQUIRE(queue.callback.has_value());
  CHECK(queue.resume_within == 10min);
  REQUIRE(queue.overflows.size() == 2);
  CHECK(queue.overflows[0].to == Overflow::To::callback);
  CHECK(queue.overflows[1].when == Overflow::When::key);
  CHECK(queue.overflows[1].key == '1');
  CHECK(queue.callback->first == CallbackTerms::First::customer);
  CHECK(queue.callback->tries == 2);
  CHECK(queue.callback->retry_after == 15min);
  CHECK(queue.callback->ring_time == 40s);
  CHECK(queue.callback->from.uri == "tel:+86105550000");
  CHECK(queue.callback->numbers == std::vector<std::string>{"+86", "0"});
  CHECK_FALSE(queue.callback->confirm);
  CHECK(queue.callback->limit == 20);
  CHECK(queue.callback->preference == 3);
  CHECK(queue.callback->after_crash);
  REQUIRE(queue.callback->hours.has_value());
  CHECK(queue.callback->hours->next_opening(WallTime()).has_value());
}

TEST_CASE("callbacks that cannot be are told by line and key") {
  CHECK(faults_of(R"([[queue]]
name = "service"
[queue.callback]
key = "12"
first = "nobody"
tries = 0
ring_time = "5s"
numbers = ["abroad"]
hours = "office"
pace = 2
[[queue]]
name = "sales"
[[queue.overflow]]
when = "full"
callback = true
)") == "bank.toml:4: queue.callback.key: expected one key, 0-9, * or #, got \"12\"\n"
       "bank.toml:5: queue.callback.first: expected \"agent\" or \"customer\", got \"nobody\"\n"
       "bank.toml:6: queue.callback.tries: expected a whole number from 1 to 100, got 0\n"
       "bank.toml:7: queue.callback.ring_time: expected a duration of at least 15s such as \"500ms\", "
       "\"20s\", \"2min\" or \"1h\", got \"5s\"\n"
       "bank.toml:8: queue.callback.numbers: expected what numbers begin with, such as [\"+86\", \"0\"], got "
       "a list\n"
       "bank.toml:9: queue.callback.hours: there is no [[hours]] named \"office\"; there are: none\n"
       "bank.toml:10: queue.callback.pace: unknown key; known here: key, first, tries, retry_after, "
       "ring_time, "
       "from, numbers, confirm, limit, preference, after_crash, hours\n"
       "bank.toml:12: queue.overflow: leads to a callback, but the queue has no [queue.callback]");
}

TEST_CASE("a queue has one key that callers press while they wait") {
  CHECK(faults_of(R"([[queue]]
name = "service"
[[queue.overflow]]
when = "key"
key = "1"
prompt = "sorry"
[queue.callback]
key = "2"
)") == "bank.toml:8: queue.callback.key: an overflow of this queue has a key already");
}

}  // namespace vcsr
