// SPDX-License-Identifier: Apache-2.0
// What a scripted telephone is told to do.
#include "fuzz.hpp"
#include "tools/call_script.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = fuzz::text(bytes, size);
  if (text.find("play") != std::string_view::npos) return 0;  // would read this machine's files
  for (const ScriptRole role : {ScriptRole::caller, ScriptRole::phone})
    fuzz::taken_or_refused([&] { frequencies_of(parse_call_script(text, "fuzz.call", "/nowhere", role)); });
  return 0;
}
