// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checked_journal.hpp"
#include "core/world.hpp"
#include "histories/mortal_stores.hpp"

namespace vcsr::testing {

/// A center whose program is stopped or killed and begins again, with the same journal.
struct RestartWorld {
  using Setup = std::function<void(Center&)>;

  explicit RestartWorld(Setup setup) : setup_(std::move(setup)) { begin(); }
  ~RestartWorld() {
    serving.reset();
    center.reset();
  }

  void begin() {
    life_ = std::make_unique<MortalJournal>(*journal);
    center = std::make_unique<Center>(loop, *life_, *customers);
    serving.emplace(loop);
    setup_(*center);
    recovered = 0;
    await(
        [](Center& of, std::size_t& count) -> Task<> { count = co_await of.recover(); }(*center, recovered));
    auto made = std::make_unique<SimDriver>(SimOptions{.catalog = World::prompts()});
    driver = made.get();
    center->add(std::move(made));
    for (const auto& [user, phone] : phones) driver->set_phone(user, phone);
    loop.run_for(0s);
  }
  /// Nothing that happens from now on reaches the disk.
  void kill(Duration until_next = 10s) {
    life_->kill();
    serving.reset();
    center.reset();
    loop.run_for(until_next);
    begin();
  }
  void stop(Duration until_next = 10s) {
    await(center->stop());
    serving.reset();
    center.reset();
    loop.run_for(until_next);
    begin();
  }
  void set_phone(const std::string& user, SimPhone phone) {
    phones.insert_or_assign(user, phone);
    driver->set_phone(user, phone);
  }
  void await(Task<> task) {
    Scope scope(loop);
    scope.spawn(std::move(task));
    loop.run_for(0s);
  }
  std::vector<JournalEntry> entries(const std::string& type) {
    std::vector<JournalEntry> all;
    const auto read = [](Journal& from, std::vector<JournalEntry>& out) -> Task<> {
      out = co_await from.read(1, SIZE_MAX);
    };
    await(read(*journal, all));
    std::erase_if(all, [&type](const JournalEntry& entry) { return entry.type != type; });
    return all;
  }
  std::vector<std::string> facts(const std::string& type, const std::string& fact) {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(type)) all.push_back(entry.data.at(fact).text());
    return all;
  }
  ContactRecord record_of(const std::string& contact) {
    ContactRecord record;
    const auto read = [](CustomerStore& store, std::string id, ContactRecord& out) -> Task<> {
      std::optional<ContactRecord> found = co_await store.contact(id);
      if (found) out = *found;
    };
    await(read(*customers, contact, record));
    return record;
  }

  SimLoop loop{1};
  std::unique_ptr<Journal> journal = make_checked_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  std::unique_ptr<Center> center;
  std::optional<Scope> serving;  ///< what the program has going on beside the center
  SimDriver* driver = nullptr;
  std::map<std::string, SimPhone> phones;
  std::size_t recovered = 0;

 private:
  Setup setup_;
  std::unique_ptr<MortalJournal> life_;
};

}  // namespace vcsr::testing
