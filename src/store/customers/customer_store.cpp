// SPDX-License-Identifier: Apache-2.0
#include "vcsr/store/customer_store.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "store/customers/identity_key.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with_scheme(std::string_view text, std::string_view scheme) {
  return text.size() >= scheme.size() &&
         std::equal(scheme.begin(), scheme.end(), text.begin(), [](char expected, char given) {
           return expected == static_cast<char>(std::tolower(static_cast<unsigned char>(given)));
         });
}

/// RFC 3261 §19.1 and RFC 3966: what stands between the scheme and the host or the parameters.
std::string_view user_part(std::string_view number) {
  for (const std::string_view scheme : {"sip:", "sips:", "tel:"})
    if (starts_with_scheme(number, scheme)) {
      number.remove_prefix(scheme.size());
      break;
    }
  return number.substr(0, number.find_first_of("@;"));
}

/// A user part may write "+" as "%2B".
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char code = 0;
    const char* const hex = text.data() + i + 1;
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && std::from_chars(hex, hex + 2, code, 16).ptr == hex + 2;
    plain += escape ? static_cast<char>(code) : text[i];
    if (escape) i += 2;
  }
  return plain;
}

template <class T>
Task<T> unsupported(const char* what) {
  throw Error(Error::Code::unsupported, std::string("this store of customers does not ") + what);
  co_return T();
}

template <>
Task<void> unsupported(const char* what) {
  throw Error(Error::Code::unsupported, std::string("this store of customers does not ") + what);
  co_return;
}

}  // namespace

CustomerStore::~CustomerStore() = default;

DialledNumber dialled(std::string_view number) {
  DialledNumber dialled;
  for (const char c : unescaped(user_part(number))) {
    if (c == '+' && dialled.digits.empty()) dialled.international = true;
    if (is_digit(c)) dialled.digits += c;
  }
  if (dialled.international || !dialled.digits.starts_with("00")) return dialled;
  dialled.digits.erase(0, 2);
  dialled.international = true;
  return dialled;
}

std::string normalized_phone(std::string_view number) { return dialled(number).digits; }

std::string identity_key(const Identity& identity, const std::string& region) {
  if (identity.kind == "phone") return normalized_phone(identity.value, region);
  std::string key = identity.value;
  if (identity.kind == "mail")
    std::transform(key.begin(), key.end(), key.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return key;
}

void require_id(const ContactRecord& record) {
  if (record.id.empty())
    throw Error(Error::Code::invalid, "contact record from '" + record.from + "' has no id");
}

Error taken(const Identity& identity, const std::string& owner) {
  return Error(Error::Code::refused,
               identity.kind + " '" + identity.value + "' already belongs to customer '" + owner + "'");
}

Error no_customer(const std::string& id) {
  return Error(Error::Code::not_found, "there is no customer '" + id + "'");
}

Error merged_already(const std::string& id, const std::string& into) {
  return Error(Error::Code::refused, "customer '" + id + "' was merged into '" + into +
                                         "': use that one, or un-merge '" + id + "' first");
}

Error merged_with_itself(const std::string& id) {
  return Error(Error::Code::invalid,
               "customer '" + id + "' cannot be merged with itself: name two customers");
}

Error not_merged(const std::string& id) {
  return Error(Error::Code::not_found, "customer '" + id + "' is not merged into another");
}

Error merged_later(const std::string& id, const std::string& later) {
  return Error(Error::Code::refused, "customer '" + id + "' cannot be un-merged yet: '" + later +
                                         "' was merged later; un-merge that one first");
}

Task<std::vector<CustomerMatch>> CustomerStore::matches(Customer, std::size_t) {
  return unsupported<std::vector<CustomerMatch>>("look for matches");
}
Task<Customer> CustomerStore::merge(std::string, std::string, std::string, std::string) {
  return unsupported<Customer>("merge");
}
Task<CustomerMerge> CustomerStore::unmerge(std::string) { return unsupported<CustomerMerge>("un-merge"); }
Task<std::vector<CustomerMerge>> CustomerStore::merges(std::string) {
  return unsupported<std::vector<CustomerMerge>>("merge");
}
Task<> CustomerStore::erase(std::string) { return unsupported<void>("erase"); }
Task<std::size_t> CustomerStore::expire(Retention) { return unsupported<std::size_t>("expire"); }

}  // namespace vcsr
