// SPDX-License-Identifier: Apache-2.0
#include "store/customers/customer_match.hpp"

#include <algorithm>
#include <cctype>

#include "store/customers/identity_key.hpp"

namespace vcsr {

namespace {

// One of the first kind is nearly proof; a name alone is a guess.
constexpr double by_identity = 0.7, by_profile = 0.35, by_name = 0.3;

bool is_identity(const std::string& kind) { return kind != "name" && !kind.starts_with("profile."); }

double weight(const std::string& kind) {
  if (kind == "name") return by_name;
  return is_identity(kind) ? by_identity : by_profile;
}

/// Without spaces, punctuation and case of ASCII.
std::string folded(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte))
      plain += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
  }
  return plain;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> match_keys(const Customer& customer,
                                                            const std::string& region) {
  std::vector<std::pair<std::string, std::string>> keys;
  const auto add = [&keys](const std::string& kind, std::string text) {
    if (!text.empty()) keys.emplace_back(kind, std::move(text));
  };
  add("name", folded(customer.name));
  for (const Identity& identity : customer.identities) add(identity.kind, identity_key(identity, region));
  for (const auto& [name, value] : customer.profile) {
    const bool reaches = name == "phone" || name == "mail";
    if (reaches) add(name, identity_key({name, value.text()}, region));
    else add("profile." + name, folded(value.text()));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

CustomerMatch compared(const Customer& customer, const Customer& other, const std::string& region) {
  CustomerMatch match{.customer = other};
  const auto theirs = match_keys(other, region);
  double different = 1;
  for (const auto& key : match_keys(customer, region)) {
    if (!std::binary_search(theirs.begin(), theirs.end(), key)) continue;
    different *= 1 - weight(key.first);
    match.why.push_back(key.first);
  }
  match.score = 1 - different;
  return match;
}

void rank(std::vector<CustomerMatch>& matches, std::size_t limit) {
  std::erase_if(matches, [](const CustomerMatch& match) { return match.why.empty(); });
  std::stable_sort(matches.begin(), matches.end(),
                   [](const CustomerMatch& a, const CustomerMatch& b) { return a.score > b.score; });
  if (matches.size() > limit) matches.resize(limit);
}

}  // namespace vcsr
