// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <phonenumbers/phonenumberutil.h>

#include "store/customers/identity_key.hpp"

namespace vcsr {

std::string normalized_phone(std::string_view number, const std::string& region) {
  using i18n::phonenumbers::PhoneNumberUtil;
  constexpr std::size_t longest = 20;  // with prefixes; reading what cannot be a number takes time
  const DialledNumber given = dialled(number);
  if (region.empty() || given.digits.empty() || given.digits.size() > longest) return given.digits;
  const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber parsed;
  const std::string text = (given.international ? "+" : "") + given.digits;
  if (plans.Parse(text, region, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) return given.digits;
  if (!plans.IsValidNumber(parsed)) return given.digits;
  std::string e164;
  plans.Format(parsed, PhoneNumberUtil::E164, &e164);
  return e164.substr(1);
}

}  // namespace vcsr
