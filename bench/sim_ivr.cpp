// SPDX-License-Identifier: Apache-2.0
// 100,000 calls to a menu in virtual time, end to end: arrival, answer, two questions, an answer told,
// hang-up, journal and record. 50 come each second, so about 600 are in progress at any time.
#include <cstdlib>
#include <string>

#include <vcsr/journal_events.hpp>
#include <vcsr/vcsr.hpp>

#include "figure.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t calls_in_all = 100'000;

Task<> menu(Call call) {
  co_await call.answer();
  const Heard choice = co_await call.ask("menu", {.tries = 3, .choices = "12"});
  if (choice.text == "2") co_return;
  const Heard account = co_await call.ask("account", {.max_digits = 6, .tries = 2});
  call.customer().set("account", account.text);
  call.contact().settle("balance told");
  co_await call.say("balance");
}

Task<> caller(SimParty party) {
  co_await party.hears("menu");
  co_await party.wait(1s);
  party.press("1");
  co_await party.hears("account");
  party.press("123456");
  co_await party.hears("balance");
  co_await party.ended();
}

Task<> customers_call(Loop& loop, SimDriver& lines) {
  const Address to("sim:100");
  for (std::size_t i = 0; i < calls_in_all; ++i) {
    lines.call(Address("tel:+861380" + std::to_string(1'000'000 + i)), to, caller);
    co_await loop.sleep(20ms);
  }
}

}  // namespace

int main() {
  const Stopwatch watch;
  SimLoop loop;
  const auto journal = make_memory_journal(loop, 0);
  const auto customers = make_memory_customers(loop);
  std::size_t served = 0;
  const auto following = journal->follow(1, [&served](const JournalEntry& entry) {
    if (entry.type == events::contact_closed && entry.data.at("outcome") == Value("self_served")) ++served;
  });
  Center center(loop, *journal, *customers);
  center.serve("*", menu);
  auto& lines = static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>()));
  Task<> calling = customers_call(loop, lines);
  calling.start();
  loop.run();
  if (served != calls_in_all) {
    std::fprintf(stderr, "sim_ivr: only %zu of %zu callers were served\n", served, calls_in_all);
    return EXIT_FAILURE;
  }
  print_rate("sim_ivr_calls_per_s", calls_in_all, watch.cpu_seconds());
}
