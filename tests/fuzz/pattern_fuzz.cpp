// SPDX-License-Identifier: Apache-2.0
// A regular expression, its flags and a text, a line each: matched, and replaced by what the pattern is.
#include "fuzz.hpp"
#include "rules/feel/patterns/pattern.hpp"

using namespace vcsr;
using namespace vcsr::feel;

namespace {

std::string_view line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto first = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return first;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto text = fuzz::text(bytes, size);
  const auto source = line(text);
  const auto flags = line(text);
  fuzz::taken_or_refused([&] {
    const Pattern pattern(source, flags);
    const auto match = pattern.find(text);
    if (!match) return;
    VCSR_ASSERT(match->from <= match->to && match->to <= text.size());
    VCSR_ASSERT(match->groups.size() == static_cast<std::size_t>(pattern.groups()) + 1);
    Replacement(source, pattern).of(*match);
  });
  return 0;
}
