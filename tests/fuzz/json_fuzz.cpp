// SPDX-License-Identifier: Apache-2.0
// JSON from outside, and that what we write of it is read as the same.
#include "fuzz.hpp"
#include "vcsr/base/value.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::taken_or_refused([&] {
    const std::string written = to_json(from_json(fuzz::text(bytes, size)));
    VCSR_ASSERT(to_json(from_json(written)) == written);
  });
  return 0;
}
