// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "vcsr/store/customer_store.hpp"

using namespace vcsr;

TEST_CASE("a number is that of E.164 as it is dialled in its region, and digits where it is none there") {
  const struct {
    const char* region;
    const char* written;
    const char* normalized;
  } table[] = {
      {"CN", "13800000001", "8613800000001"},
      {"CN", "+86 138 0000 0001", "8613800000001"},
      {"CN", "008613800000001", "8613800000001"},
      {"CN", "8613800000001", "8613800000001"},
      {"CN", "(010) 6666 7777", "861066667777"},
      {"CN", "sip:13800000001@192.0.2.1", "8613800000001"},
      {"DE", "030 901820", "4930901820"},
      {"DE", "+49 (0)30 901820", "4930901820"},
      {"GB", "+44 (0)20 7946 0018", "442079460018"},
      {"GB", "020 7946 0018", "442079460018"},
      {"US", "(202) 456-1111", "12024561111"},
      {"CN", "1001", "1001"},
      {"CN", "*8", "8"},
      {"CN", "anonymous", ""},
      {"CN", "", ""},
      {"", "13800000001", "13800000001"},
      {"XX", "13800000001", "13800000001"},
      {"CN", "123456789012345678901234567890", "123456789012345678901234567890"},
  };

  for (const auto& row : table) {
    CAPTURE(row.written);
    CAPTURE(row.region);
    CHECK(normalized_phone(row.written, row.region) == row.normalized);
  }
}
