// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/text.hpp"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include "vcsr/base/error.hpp"

namespace vcsr::feel {

namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::size_t character_offset(std::string_view text, std::size_t index) {
  std::size_t offset = 0;
  for (; offset < text.size(); ++offset) {
    if (begins_character(text[offset]) && index-- == 0) return offset;
  }
  return offset;
}

std::string upper_case(std::string_view text) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<int>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToUpper("", 0, icu::StringPiece(text.data(), static_cast<int>(text.size())), sink,
                            nullptr, status);
  VCSR_ASSERT(U_SUCCESS(status));
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<int>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(text.data(), static_cast<int>(text.size())), sink,
                            nullptr, status);
  VCSR_ASSERT(U_SUCCESS(status));
  return result;
}

}  // namespace vcsr::feel
