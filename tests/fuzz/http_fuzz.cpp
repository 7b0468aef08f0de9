// SPDX-License-Identifier: Apache-2.0
// A connection's bytes in pieces: the first byte says how long each is. What is not taken is offered again
// with the next piece.
#include <algorithm>

#include "fuzz.hpp"
#include "server/http_message.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t piece = bytes[0] + 1u;
  std::string_view rest = fuzz::text(bytes + 1, size - 1);
  fuzz::taken_or_refused([&] {
    HttpParser parser;
    std::size_t offered = std::min(piece, rest.size());
    while (!rest.empty()) {
      const std::size_t used = parser.feed(rest.substr(0, offered));
      VCSR_ASSERT(used <= offered);
      const bool all = offered == rest.size();
      rest.remove_prefix(used);
      offered = std::min(offered - used + piece, rest.size());
      if (parser.complete()) {
        VCSR_ASSERT(!parser.take().method.empty());
        parser = HttpParser();
      } else if (all && used == 0) {
        break;
      }
    }
  });
  return 0;
}
