// SPDX-License-Identifier: Apache-2.0
#include "vcsr/store/customer_store.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

TEST_CASE("a phone number is the same however it is written") {
  const struct {
    const char* written;
    const char* normalized;
  } table[] = {
      {"8613800000001", "8613800000001"},
      {"+86 138-0000-0001", "8613800000001"},
      {"0086 138 0000 0001", "8613800000001"},
      {"(010) 6666.7777", "01066667777"},
      {"sip:+8613800000001@192.0.2.1:5060;user=phone", "8613800000001"},
      {"SIPS:%2B8613800000001@example.com", "8613800000001"},
      {"sip:1001;isub=22@example.com", "1001"},
      {"tel:+86-138-0000-0001;phone-context=33", "8613800000001"},
      {"1001@192.0.2.7", "1001"},
      {"+0049", "0049"},
      {"sip:anonymous@anonymous.invalid", ""},
      {"%", ""},
      {"12%4", "124"},
      {"", ""},
  };

  for (const auto& row : table) {
    CAPTURE(row.written);
    CHECK(normalized_phone(row.written) == row.normalized);
  }
}
