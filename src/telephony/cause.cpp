// SPDX-License-Identifier: Apache-2.0
#include "vcsr/telephony/cause.hpp"

namespace vcsr {

const char* to_string(Cause cause) noexcept {
  switch (cause) {
    case Cause::normal: return "normal";
    case Cause::busy: return "busy";
    case Cause::no_answer: return "no_answer";
    case Cause::rejected: return "rejected";
    case Cause::not_found: return "not_found";
    case Cause::unreachable: return "unreachable";
    case Cause::congestion: return "congestion";
    case Cause::incompatible: return "incompatible";
    case Cause::lost: return "lost";
    case Cause::failed: return "failed";
    case Cause::answered_elsewhere: return "answered_elsewhere";
  }
  return "unknown";
}

}  // namespace vcsr
