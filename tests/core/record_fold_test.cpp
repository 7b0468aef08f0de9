// SPDX-License-Identifier: Apache-2.0
#include "core/record_fold.hpp"

#include "core/restart_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

void serve(Center& center) {
  Queue queue = center.add_queue({.name = "service", .wrap_up = 5s});
  queue.add(center.add_agent({.id = "1001", .name = "Anna", .address = "sim:1001"}));
  center.serve("8000", [queue](Call call) -> Task<> {
    Queue line = queue;
    co_await call.answer();
    call.contact().customer().set("account", "6222");
    co_await line.serve(call, Reason("a lost card"));
  });
}

/// A caller waits, is served, and hangs up; another one gives up.
void let_two_call(RestartWorld& world) {
  world.set_phone("1001", {.rings = 2s, .behavior = talks(30s)});
  Agent agent = world.center->agent("1001");
  agent.log_in();
  world.driver->call("sim:13800000001", "sim:8000", stays);
  world.loop.run_for(3s);
  agent.set_ready();
  world.driver->call("sim:13800000002", "sim:8000", talks(9s));
  world.loop.run_for(60s);
}

std::vector<ContactRecord> closed_records(RestartWorld& world) {
  std::vector<ContactRecord> all;
  for (const JournalEntry& entry : world.entries(events::contact_closed))
    all.push_back(world.record_of(entry.subject));
  return all;
}

std::vector<JournalEntry> all_entries(RestartWorld& world) {
  std::vector<JournalEntry> all;
  const auto read = [](Journal& from, std::vector<JournalEntry>& out) -> Task<> {
    out = co_await from.read(1, SIZE_MAX);
  };
  world.await(read(*world.journal, all));
  return all;
}

void check_same(const ContactRecord& told, const ContactRecord& kept) {
  CHECK(told.id == kept.id);
  CHECK(told.customer == kept.customer);
  CHECK(told.from == kept.from);
  CHECK(told.to == kept.to);
  CHECK(told.began == kept.began);
  CHECK(told.length == kept.length);
  CHECK(told.waited == kept.waited);
  CHECK(told.talked == kept.talked);
  CHECK(told.held == kept.held);
  CHECK(told.queue == kept.queue);
  CHECK(told.agent == kept.agent);
  CHECK(told.reason == kept.reason);
  CHECK(told.outcome == kept.outcome);
  CHECK(told.attributes == kept.attributes);
  CHECK(told.legs == kept.legs);
}

}  // namespace

TEST_CASE("the record of a contact that is over is whole from the journal alone") {
  RestartWorld world(serve);
  let_two_call(world);
  const std::vector<ContactRecord> kept = closed_records(world);
  std::vector<ContactRecord> told;
  RecordFold fold;

  for (const JournalEntry& entry : all_entries(world)) {
    const ContactRecord* const record = fold.apply(entry);
    if (record && entry.type == events::contact_closed) told.push_back(*record);
  }

  REQUIRE(kept.size() == 2);
  REQUIRE(told.size() == 2);
  for (std::size_t i = 0; i < told.size(); ++i) check_same(told[i], kept[i]);
  CHECK(told[1].attributes.at("account") == Value("6222"));
  CHECK(told[1].legs.size() == 2);
  CHECK(fold.take().empty());
}

TEST_CASE("a record that was not kept when the program ended is kept by the next run") {
  RestartWorld world(serve);
  let_two_call(world);
  const std::vector<ContactRecord> before = closed_records(world);

  world.serving.reset();
  world.center.reset();
  world.customers = make_memory_customers(world.loop);
  world.begin();

  REQUIRE(before.size() == 2);
  check_same(world.record_of(before[1].id), before[1]);
}

TEST_CASE("a disposition replaces the one before, and its note") {
  ContactRecord record;

  note_disposition(record, {{"code", "sold"}, {"note", "two of them"}});
  CHECK(record.attributes == Facts{{"disposition", "sold"}, {"disposition_note", "two of them"}});

  note_disposition(record, {{"code", "lost"}, {"note", ""}});
  CHECK(record.attributes == Facts{{"disposition", "lost"}});
}
