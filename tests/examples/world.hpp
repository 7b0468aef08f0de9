// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <vcsr/vcsr.hpp>

#include "temporary_folder.hpp"

/// A center in virtual time with one agent, Wang Fang, whose virtual telephone is "sim:1001".
class World {
 public:
  explicit World(const std::string& example, vcsr::QueueOptions queue_options = {.name = "service"})
      : program(std::string(VCSR_EXAMPLES) + "/" + example),
        center(loop, *journal, *customers, center_options()) {
    service.emplace(center.add_queue(std::move(queue_options)));
    agent.emplace(center.add_agent({.id = "1001", .name = "Wang Fang", .address = "sim:1001"}));
    service->add(*agent);
    vcsr::SimOptions options;
    vcsr::PromptCatalog prompts;
    prompts.load(std::string(VCSR_EXAMPLES) + "/music");
    prompts.load(program + "/prompts");
    options.catalog = prompts;
    lines = static_cast<vcsr::SimDriver*>(&center.add(std::make_unique<vcsr::SimDriver>(options)));
  }

  /// Wang Fang is ready; she answers after `rings` and stays until the customer leaves.
  void agent_comes(vcsr::Duration rings = std::chrono::seconds(3)) {
    lines->set_phone("1001", {.rings = rings});
    agent->log_in();
    agent->set_ready();
  }

  vcsr::SimParty call(const std::string& from, vcsr::SimBehavior behavior) {
    return lines->call(from, "sim:6000", std::move(behavior));
  }

  std::vector<vcsr::JournalEntry> entries(const std::string& type) const {
    std::vector<vcsr::JournalEntry> found;
    for (const vcsr::JournalEntry& entry : story)
      if (entry.type == type) found.push_back(entry);
    return found;
  }
  /// How the contacts ended, in that order: "served, abandoned".
  std::string outcomes() const {
    std::string found;
    for (const vcsr::JournalEntry& entry : entries("contact.closed"))
      found += (found.empty() ? "" : ", ") + entry.data.at("outcome").text();
    return found;
  }
  /// What the agent was shown, offer by offer.
  std::vector<vcsr::Value::Map> pops() const {
    std::vector<vcsr::Value::Map> found;
    for (const vcsr::JournalEntry& entry : entries("contact.offered"))
      found.push_back(*entry.data.at("pop").get_if<vcsr::Value::Map>());
    return found;
  }

  TemporaryFolder folder;
  std::string program;
  vcsr::SimLoop loop;
  std::unique_ptr<vcsr::Journal> journal = vcsr::make_memory_journal(loop);
  std::unique_ptr<vcsr::CustomerStore> customers = vcsr::make_memory_customers(loop);
  std::vector<vcsr::JournalEntry> story;
  vcsr::Journal::Subscription following =
      journal->follow(1, [this](const vcsr::JournalEntry& entry) { story.push_back(entry); });
  vcsr::Center center;
  std::optional<vcsr::Queue> service;
  std::optional<vcsr::Agent> agent;
  vcsr::SimDriver* lines = nullptr;

 private:
  vcsr::CenterOptions center_options() const {
    vcsr::CenterOptions options;
    options.recordings = folder / "recordings";
    return options;
  }
};

/// Whether one of what was heard contains the words.
inline bool heard(const vcsr::SimParty& party, const std::string& words) {
  for (const std::string& prompt : party.heard())
    if (prompt.find(words) != std::string::npos) return true;
  return false;
}
