// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "checked_journal.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/center.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr::testing {

using namespace std::chrono_literals;

/// A center in virtual time with simulated lines and everything in memory.
struct World {
  explicit World(CenterOptions options = {}, std::uint64_t seed = 1)
      : loop(seed),
        owner(std::make_unique<Center>(loop, *journal, *customers, recording(std::move(options)))),
        center(*owner) {
    auto made = std::make_unique<SimDriver>(SimOptions{.catalog = prompts()});
    driver = made.get();
    owner->add(std::move(made));
  }

  static CenterOptions recording(CenterOptions options) {
    options.recordings = "recordings";
    return options;
  }

  static PromptCatalog prompts() {
    PromptCatalog catalog;
    catalog.add("en", "welcome", {.text = "Welcome to the bank.", .file = {}});
    catalog.add("zh", "welcome", {.text = "欢迎致电银行。", .file = {}});
    catalog.add("en", "menu", {.text = "Press one for sales, two for service.", .file = {}});
    catalog.add("en", "position", {.text = "You are number {position}.", .file = {}});
    catalog.add("en", "wait", {.text = "You will wait {wait}.", .file = {}});
    catalog.add("en", "music", {.text = "la la la", .file = {}});
    return catalog;
  }

  /// An agent with a phone that answers after 2 s, ready in this queue.
  Agent agent_in(Queue queue, const std::string& id, SimPhone phone = {}) {
    driver->set_phone(id, std::move(phone));
    Agent agent = center.add_agent({.id = id, .name = "Agent " + id, .address = "sim:" + id});
    queue.add(agent);
    agent.log_in();
    agent.set_ready();
    return agent;
  }

  SimParty caller(const std::string& name, SimBehavior behavior, const std::string& to = "sim:8000") {
    return driver->call("sim:" + name, to, std::move(behavior));
  }

  std::vector<JournalEntry> entries() {
    std::vector<JournalEntry> all;
    Scope scope(loop);
    auto read = [](Journal& journal, std::vector<JournalEntry>& out) -> Task<> {
      out = co_await journal.read(1, SIZE_MAX);
    };
    scope.spawn(read(*journal, all));
    loop.run_for(0s);
    return all;
  }

  std::vector<JournalEntry> entries(const std::string& type) {
    std::vector<JournalEntry> some = entries();
    std::erase_if(some, [&type](const JournalEntry& entry) { return entry.type != type; });
    return some;
  }

  /// Outcomes of the contacts that are over, in the order of their ends.
  std::vector<std::string> outcomes() {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(events::contact_closed))
      all.push_back(entry.data.at("outcome").text());
    return all;
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_checked_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  std::unique_ptr<Center> owner;
  Center& center;
  SimDriver* driver = nullptr;
};

/// What an agent's phone does: talks for a while.
inline SimBehavior talks(Duration duration) {
  return [duration](SimParty phone) -> Task<> { co_await phone.wait(duration); };
}

/// A caller who stays until our side ends the call.
inline Task<> stays(SimParty caller) { co_await caller.ended(); }

}  // namespace vcsr::testing
