// SPDX-License-Identifier: Apache-2.0
#include "vcsr/store/customer_store.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "store/identity_key.hpp"
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

}  // namespace

CustomerStore::~CustomerStore() = default;

std::string normalized_phone(std::string_view number) {
  std::string digits;
  bool international = false;
  for (const char c : unescaped(user_part(number))) {
    if (c == '+' && digits.empty()) international = true;
    if (is_digit(c)) digits += c;
  }
  if (!international && digits.starts_with("00")) digits.erase(0, 2);
  return digits;
}

std::string identity_key(const Identity& identity) {
  return identity.kind == "phone" ? normalized_phone(identity.value) : identity.value;
}

void require_identities(const Customer& customer) {
  for (const Identity& identity : customer.identities)
    if (identity.kind.empty() || identity_key(identity).empty())
      throw Error(Error::Code::invalid, "customer '" + customer.name + "': identity " + identity.kind + " '" +
                                            identity.value + "': expected a kind and a value" +
                                            (identity.kind == "phone" ? " with digits" : ""));
}

void require_id(const ContactRecord& record) {
  if (record.id.empty())
    throw Error(Error::Code::invalid, "contact record from '" + record.from + "' has no id");
}

Error taken(const Identity& identity, const std::string& owner) {
  return Error(Error::Code::refused,
               identity.kind + " '" + identity.value + "' already belongs to customer '" + owner + "'");
}

}  // namespace vcsr
