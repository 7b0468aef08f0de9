// SPDX-License-Identifier: Apache-2.0
#include "server/call_order.hpp"

#include <optional>

#include "app/duration.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

namespace {

[[noreturn]] void refuse(const std::string& field, const char* expected) {
  throw Error(Error::Code::invalid, field + ": expected " + expected);
}

std::string text(const Facts& order, const char* field) {
  const auto found = order.find(field);
  if (found == order.end()) return {};
  const std::string* value = found->second.get_if<std::string>();
  if (!value || value->empty()) refuse(field, "text in quotes");
  return *value;
}

Facts object(std::string_view json) {
  std::optional<Value> value;
  try {
    value = from_json(json);
  } catch (const Error&) {
    // Told below, in the words of the interface.
  }
  const Facts* const facts = value ? value->get_if<Facts>() : nullptr;
  if (!facts) throw Error(Error::Code::invalid, R"(expected JSON: {"to": "tel:+86…", "number": "8000"})");
  return *facts;
}

void check_fields(const Facts& order) {
  for (const auto& [field, value] : order) {
    if (field != "to" && field != "number" && field != "from" && field != "hide_from" && field != "ring_time")
      throw Error(Error::Code::invalid,
                  field + ": there is no such field; there are: to, number, from, hide_from, ring_time");
  }
}

}  // namespace

CallOrder parse_call_order(std::string_view json) {
  const Facts fields = object(json);
  check_fields(fields);
  CallOrder order{Address(text(fields, "to")), text(fields, "number"), OutgoingOptions()};
  if (order.to.scheme().empty()) refuse("to", "an address such as \"tel:+86…\" or \"sip:1001\"");
  if (order.number.empty()) refuse("number", "a number whose flow serves the call");
  order.options.from = Address(text(fields, "from"));
  if (const auto hide = fields.find("hide_from"); hide != fields.end()) {
    const bool* value = hide->second.get_if<bool>();
    if (!value) refuse("hide_from", "true or false");
    order.options.hide_from = *value;
  }
  if (const std::string ring = text(fields, "ring_time"); !ring.empty()) {
    const std::optional<Duration> time = parse_duration(ring);
    if (!time) refuse("ring_time", "a duration such as \"30s\"");
    order.options.ring_time = *time;
  }
  return order;
}

}  // namespace vcsr
