// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/facts.hpp"
#include "store/customers/customer_facts.hpp"
#include "vcsr/customer_folders.hpp"

namespace vcsr {

namespace {

constexpr std::size_t shown_at_end = 2;

/// "…90" of "1234567890". Parts of an UTF-8 letter are not torn apart.
std::string masked(const std::string& text) {
  std::size_t letters = 0, at = text.size();
  while (at > 0 && letters < shown_at_end)
    if ((static_cast<unsigned char>(text[--at]) & 0xC0) != 0x80) ++letters;
  return at == 0 ? "…" : "…" + text.substr(at);
}

Value masked(const Value& value) {
  if (const Facts* map = value.get_if<Facts>()) {
    Facts hidden;
    for (const auto& [key, inner] : *map) hidden.emplace(key, masked(inner));
    return hidden;
  }
  if (const auto* list = value.get_if<Value::List>()) {
    Value::List hidden;
    for (const Value& inner : *list) hidden.push_back(masked(inner));
    return hidden;
  }
  return value.is_null() ? value : Value(masked(value.text()));
}

bool names(const std::vector<std::string>& parts, const std::string& part) {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

Value identities_for(const Value& identities, const CustomerView& view) {
  Value::List seen;
  const auto* list = identities.get_if<Value::List>();
  if (!list) return seen;
  for (const Value& identity : *list) {
    Facts facts = *identity.get_if<Facts>();
    const std::string part = "identities." + text_in(facts, "kind");
    if (names(view.hidden, part)) continue;
    if (names(view.masked, "identities") || names(view.masked, part)) facts["value"] = masked(facts["value"]);
    seen.emplace_back(std::move(facts));
  }
  return seen;
}

Value part_for(const std::string& part, const Value& value, const CustomerView& view) {
  if (part == "identities") return identities_for(value, view);
  if (names(view.masked, part)) return masked(value);
  const Facts* const map = value.get_if<Facts>();
  if (!map) return value;
  Facts seen;
  for (const auto& [key, inner] : *map) {
    const std::string name = part + "." + key;
    if (!names(view.hidden, name)) seen.emplace(key, names(view.masked, name) ? masked(inner) : inner);
  }
  return seen;
}

}  // namespace

Facts folder_for(const Customer& customer, const CustomerView& view) {
  Facts seen;
  for (const auto& [part, value] : facts_of(customer))
    if (!names(view.hidden, part)) seen.emplace(part, part_for(part, value, view));
  return seen;
}

CustomerView customer_view(const std::string& role) {
  if (role == "admin" || role == "supervisor") return {};
  if (role == "agent")
    return {.masked = {"identities.account", "identities.id", "identities.card", "profile.id_number"}};
  if (role == "analyst") return {.hidden = {"name", "identities", "notes", "profile", "matters", "consents"}};
  throw Error(Error::Code::not_found,
              "there is no role '" + role + "'; there are: admin, agent, analyst, supervisor");
}

}  // namespace vcsr
