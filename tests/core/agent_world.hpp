// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/world.hpp"
#include "thrown.hpp"

namespace vcsr::testing {

/// A queue that serves the number 8000, and agents with telephones.
struct Staff : World {
  explicit Staff(QueueOptions options = {.name = "service", .wrap_up = std::chrono::seconds(10)},
                 CenterOptions terms = {})
      : World(std::move(terms)), queue(add_service(std::move(options), "8000")) {}

  Queue add_service(QueueOptions options, const std::string& number) {
    Queue added = center.add_queue(std::move(options));
    center.serve(number, [added](Call call) -> Task<> {
      Queue line = added;
      co_await call.answer();
      co_await line.serve(call, Reason("asked for a person"));
    });
    return added;
  }

  /// Ready in the queue, with a telephone that behaves so.
  Agent staff(AgentOptions options, SimPhone phone = {.rings = std::chrono::seconds(2)}) {
    options.name = "Agent " + options.id;
    options.address = "sim:" + options.id;
    driver->set_phone(options.id, std::move(phone));
    Agent agent = center.add_agent(std::move(options));
    queue.add(agent);
    agent.log_in();
    agent.set_ready();
    return agent;
  }

  Agent staff(const std::string& id, SimPhone phone = {.rings = std::chrono::seconds(2)}) {
    AgentOptions options;
    options.id = id;
    return staff(std::move(options), std::move(phone));
  }

  /// Of all journal entries of this type, one fact each.
  std::vector<std::string> facts(const std::string& type, const std::string& fact) {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(type)) all.push_back(entry.data.at(fact).text());
    return all;
  }
  JournalEntry last(const std::string& type) { return entries(type).back(); }
  ContactRecord record_of(const std::string& contact) {
    ContactRecord record;
    Scope scope(loop);
    const auto read = [](CustomerStore& store, std::string id, ContactRecord& out) -> Task<> {
      std::optional<ContactRecord> found = co_await store.contact(id);
      if (found) out = *found;
    };
    scope.spawn(read(*customers, contact, record));
    loop.run_for(Duration(0));
    return record;
  }

  Queue queue;
};

inline std::string text_of(const ContactRecord& record, const std::string& attribute) {
  const auto found = record.attributes.find(attribute);
  return found == record.attributes.end() ? "" : found->second.text();
}

}  // namespace vcsr::testing
