// SPDX-License-Identifier: Apache-2.0
#include "server/contact_order.hpp"

#include <utility>

#include "server/desk_answer.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t most_priority = 1000;

[[noreturn]] void wrong(const std::string& field, const std::string& expected, const Value& got) {
  throw Error(Error::Code::invalid, field + ": expected " + expected + ", got " + to_json(got));
}

Channel channel_in(const Facts& fields) {
  const std::string name = text_field(fields, "channel");
  if (const auto channel = channel_named(name)) return *channel;
  wrong("channel", "voice, chat, email, sms, fax, web, callback or voicemail", name);
}

int priority_in(const Facts& fields) {
  const auto found = fields.find("priority");
  if (found == fields.end()) return 0;
  const std::int64_t* const number = found->second.get_if<std::int64_t>();
  if (!number || *number < -most_priority || *number > most_priority)
    wrong("priority", "a whole number from -1000 to 1000", found->second);
  return static_cast<int>(*number);
}

Facts facts_in(const Facts& fields, const std::string& name, const char* example) {
  const auto found = fields.find(name);
  if (found == fields.end()) return {};
  const Facts* const facts = found->second.get_if<Facts>();
  if (!facts) wrong(name, std::string("an object such as ") + example, found->second);
  return *facts;
}

}  // namespace

ContactOrder parse_contact_order(std::string_view json) {
  const Facts fields =
      fields_of(json, R"({"channel": "chat", "from": "web:li", "reason": "where is my order"})");
  require_fields(fields, {"channel", "from", "name", "to", "reason", "language", "collected", "priority",
                          "patience", "requirement", "prefer"});
  ContactOrder order;
  order.contact.channel = channel_in(fields);
  order.contact.from = Address(text_field(fields, "from"));
  order.contact.from.name = text_field(fields, "name");
  order.contact.to = Address(text_field(fields, "to"));
  order.contact.reason = text_field(fields, "reason");
  order.contact.language = text_field(fields, "language");
  order.contact.collected = facts_in(fields, "collected", R"({"order": 4711})");
  order.serve.priority = priority_in(fields);
  if (fields.contains("patience")) order.serve.patience = seconds_field(fields, "patience");
  order.requirement = Requirement::parse(text_field(fields, "requirement"));
  const Facts prefer = facts_in(fields, "prefer", R"({"agent": "1001", "for": 30})");
  if (fields.contains("prefer")) {
    require_fields(prefer, {"agent", "for"});
    order.prefer_agent = required_text(prefer, "agent");
    order.prefer_for = seconds_field(prefer, "for");
  }
  return order;
}

CallbackRequest parse_callback_order(std::string_view json) {
  const Facts fields = fields_of(json, R"({"to": "tel:+4930123456", "reason": "my order"})");
  require_fields(fields, {"to", "at", "from", "name", "reason", "language", "collected", "priority"});
  CallbackRequest order;
  order.to = Address(required_text(fields, "to"));
  if (order.to.scheme().empty()) wrong("to", R"(an address such as "tel:+86…" or "sip:1001")", order.to.uri);
  order.to.name = text_field(fields, "name");
  order.from = Address(text_field(fields, "from"));
  if (fields.contains("at")) order.at = parse_wall_time(required_text(fields, "at"));
  order.priority = priority_in(fields);
  order.reason = text_field(fields, "reason");
  order.language = text_field(fields, "language");
  order.collected = facts_in(fields, "collected", R"({"order": 4711})");
  return order;
}

}  // namespace vcsr
