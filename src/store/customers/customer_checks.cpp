// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "store/customers/identity_key.hpp"

namespace vcsr {

namespace {

bool is_date(const std::string& text) {
  constexpr std::string_view pattern = "9999-99-99";
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (pattern[i] == '9' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i]) return false;
  const auto number = [&text](int at, int size) { return std::stoi(text.substr(at, size)); };
  return std::chrono::year_month_day(std::chrono::year(number(0, 4)), std::chrono::month(number(5, 2)),
                                     std::chrono::day(number(8, 2)))
      .ok();
}

bool is_of(const Value& value, AttributeType type) {
  switch (type) {
    case AttributeType::text: return value.get_if<std::string>();
    case AttributeType::whole: return value.get_if<std::int64_t>();
    case AttributeType::number: return value.get_if<std::int64_t>() || value.get_if<double>();
    case AttributeType::boolean: return value.get_if<bool>();
    case AttributeType::date: return value.get_if<std::string>() && is_date(*value.get_if<std::string>());
    case AttributeType::list: return value.get_if<Value::List>();
  }
  return false;
}

[[noreturn]] void wrong(const Customer& customer, const std::string& what) {
  throw Error(Error::Code::invalid, "customer '" + customer.name + "': " + what);
}

void require_identities(const Customer& customer, const std::string& region) {
  for (const Identity& identity : customer.identities) {
    if (identity.kind.empty() || identity_key(identity, region).empty())
      wrong(customer, "identity " + identity.kind + " '" + identity.value + "': expected a kind and a value" +
                          (identity.kind == "phone" ? " with digits" : ""));
    if (identity.kind == "customer")
      wrong(customer, "identity customer '" + identity.value +
                          "': \"customer\" is the folder's own id; name the kind otherwise");
    const bool mail = identity.kind == "mail";
    if (mail && (identity.value.find('@') == 0 || identity.value.find('@') >= identity.value.size() - 1))
      wrong(customer, "identity mail '" + identity.value + "': expected an address such as anna@example.com");
  }
}

void require_attributes(const Customer& customer, const std::map<std::string, AttributeType>& types) {
  if (types.empty()) return;
  for (const auto& [name, value] : customer.attributes) {
    const auto type = types.find(name);
    if (type == types.end()) {
      std::string names;
      for (const auto& [known, its_type] : types) names += (names.empty() ? "" : ", ") + known;
      wrong(customer, "attribute " + name + ": there is no such attribute; there are: " + names);
    }
    if (!value.is_null() && !is_of(value, type->second))
      wrong(customer,
            "attribute " + name + ": expected " +
                (type->second == AttributeType::date ? "a date such as 1990-05-31"
                                                     : std::string("a ") + to_string(type->second)) +
                ", got " + to_json(value));
  }
}

void require_parts(const Customer& customer) {
  for (const Consent& consent : customer.consents)
    if (consent.purpose.empty())
      wrong(customer, "a consent has no purpose: say to what, such as \"recording\"");
  std::set<std::string> ids;
  for (const Matter& matter : customer.matters) {
    if (matter.id.empty()) wrong(customer, "matter '" + matter.title + "' has no id: give it one");
    if (!ids.insert(matter.id).second)
      wrong(customer, "two matters have the id '" + matter.id + "': give each its own");
  }
}

}  // namespace

const char* to_string(AttributeType type) {
  constexpr const char* names[] = {"text", "whole number", "number", "truth value", "date", "list"};
  return names[static_cast<int>(type)];
}

void require_customer(const Customer& customer, const CustomerOptions& options) {
  require_identities(customer, options.region);
  require_attributes(customer, options.attributes);
  require_parts(customer);
}

}  // namespace vcsr
