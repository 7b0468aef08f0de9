// SPDX-License-Identifier: Apache-2.0
// A center's configuration.
#include "app/config.hpp"
#include "fuzz.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::taken_or_refused([&] { parse_config(fuzz::text(bytes, size), "fuzz.toml", "/nowhere"); });
  return 0;
}
