// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <regex>
#include <set>

#include <doctest/doctest.h>

#include "vcsr/journal_events.hpp"
#include "vcsr/journal_schema.hpp"

using namespace vcsr;

namespace {

using Faults = std::vector<std::string>;

Faults faults(const char* type, Facts data) { return schema_faults({.type = type, .data = std::move(data)}); }

const Facts held{{"held", true}, {"leg", 2}, {"by", "customer"}};

Facts with(const char* name, Value value) {
  Facts data = held;
  data.insert_or_assign(name, std::move(value));
  return data;
}

/// The types that the header names.
std::multiset<std::string> named_types() {
  std::ifstream file(VCSR_SOURCE "/include/vcsr/journal_events.hpp");
  std::multiset<std::string> types;
  const std::regex constant(R"x(inline constexpr const char\* \w+ = "([\w.]+)";)x");
  for (std::string line; std::getline(file, line);)
    if (std::smatch found; std::regex_search(line, found, constant)) types.insert(found[1]);
  return types;
}

}  // namespace

TEST_CASE("every type of entries has its schema, and every schema is of a type") {
  std::multiset<std::string> described;
  for (const EventSchema& schema : event_schemas()) described.insert(schema.type);

  CHECK(named_types().size() > 70);
  CHECK(described == named_types());
}

TEST_CASE("a schema says what its fields are") {
  const EventSchema* const schema = event_schema(events::contact_arrived);

  REQUIRE(schema);
  CHECK(schema->version == 2);
  CHECK(schema->subject == "contact");
  CHECK(schema->fields.at(0).name == "channel");
  CHECK(schema->fields.at(4).words == std::vector<std::string>{"in", "out"});
  CHECK(event_schema(events::contact_queued)->fields.at(6).name == "before");
  CHECK_FALSE(event_schema(events::contact_queued)->fields.at(6).always);
  CHECK(event_schema("bank.transfer") == nullptr);
}

TEST_CASE("an entry as its schema says has no fault, and neither has one of somebody else's type") {
  CHECK(faults(events::contact_held, held).empty());
  CHECK(faults("bank.transfer", {{"anything", 1}}).empty());
  CHECK(faults(events::caller_listed, {{"number", "1"}, {"reason", ""}, {"by", ""}, {"until", ""}}).empty());
}

TEST_CASE("what is missing, of another kind, another word or nowhere described is told by name") {
  Facts without = held;
  without.erase("leg");

  CHECK(faults(events::contact_held, without) == Faults{"contact.held: leg: is missing"});
  CHECK(faults(events::contact_held, with("leg", "2")) ==
        Faults{"contact.held: leg: expected count, got text"});
  CHECK(faults(events::contact_held, with("by", "agent")) ==
        Faults{R"(contact.held: by: expected "customer", "party", "center", got "agent")"});
  CHECK(faults(events::contact_held, with("note", "x")) == Faults{"contact.held: note: is in no schema"});
  CHECK(faults(events::caller_listed, {{"number", "1"}, {"reason", ""}, {"by", ""}, {"until", "tomorrow"}}) ==
        Faults{R"(caller.listed: until: expected time, got "tomorrow")"});
}
