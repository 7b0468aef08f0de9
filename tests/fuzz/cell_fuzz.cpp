// SPDX-License-Identifier: Apache-2.0
// A cell of a decision table under every type of column, against values of every kind.
#include <array>

#include "fuzz.hpp"
#include "rules/cell_parser.hpp"

using namespace vcsr;
using namespace vcsr::rules;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = fuzz::text(bytes, size);
  const std::array<Value, 5> values = {Value(), Value(true), Value(std::int64_t{7}), Value(0.1),
                                       Value("gold")};
  for (const Type type : {Type::any, Type::string, Type::number, Type::boolean}) {
    fuzz::taken_or_refused([&] {
      const Cell cell = parse_cell(text, type);
      for (const Value& value : values) VCSR_ASSERT(!cell.anything || cell.matches(value));
    });
    fuzz::taken_or_refused([&] { parse_output(text, type); });
  }
  return 0;
}
