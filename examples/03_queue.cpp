// SPDX-License-Identifier: Apache-2.0
// Callers wait for a person: one agent, two callers, music and the position in the line.
#include <cstdio>

#include <vcsr/vcsr.hpp>

using namespace vcsr;
using namespace std::chrono_literals;

Task<> front_desk(Call call, Queue desk) {
  co_await call.answer();
  Served served = co_await desk.serve(call, Reason("called the front desk"), {.patience = 5min});
  if (served.result == Served::Result::served) co_return;
  co_await call.say(Prompt::words("Everybody is busy. Please call again later."));
}

/// Talks for a minute once somebody has answered.
Task<> caller(SimParty party) {
  co_await party.connected();
  co_await party.wait(1min);
}

PromptCatalog catalog() {
  PromptCatalog catalog;
  catalog.add("en", "position", {.text = "You are number {position} in line.", .file = ""});
  return catalog;
}

int main() {
  SimLoop loop;
  const auto journal = make_memory_journal(loop);
  const auto customers = make_memory_customers(loop);
  Center center(loop, *journal, *customers);

  Queue desk = center.add_queue({.name = "desk", .wrap_up = 10s, .position = "position"});
  Agent anna = center.add_agent({.id = "anna", .name = "Anna", .address = "sim:anna"});
  desk.add(anna);
  anna.log_in();
  anna.set_ready();
  center.serve("*", [desk](Call call) { return front_desk(std::move(call), desk); });

  auto& lines =
      static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>(SimOptions{.catalog = catalog()})));
  lines.set_phone("anna", {.rings = 3s});
  SimParty first = lines.call("tel:+8613800000001", "sim:100", caller);
  SimParty second = lines.call("tel:+8613800000002", "sim:100", caller);
  loop.run();

  const QueueReport report = desk.report();
  std::printf("%zu answered; the longest wait was %.0f s\n", report.answered,
              std::chrono::duration<double>(report.longest_wait).count());
  return report.answered == 2 && report.waiting == 0 ? 0 : 1;
}
