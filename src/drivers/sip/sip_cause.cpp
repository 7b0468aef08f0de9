// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_cause.hpp"

#include <charconv>

namespace vcsr::sip {

namespace {

struct Mapping {
  Cause cause;
  int status;
  int q850;
};

constexpr Mapping mappings[] = {
    {Cause::normal, 480, 16},
    {Cause::busy, 486, 17},
    {Cause::no_answer, 480, 19},
    {Cause::rejected, 603, 21},
    {Cause::not_found, 404, 1},
    {Cause::unreachable, 480, 20},
    {Cause::congestion, 503, 42},
    {Cause::incompatible, 488, 88},
    {Cause::lost, 408, 102},
    {Cause::failed, 500, 41},
    {Cause::answered_elsewhere, 480, 26},
};

const Mapping& mapping_of(Cause cause) noexcept { return mappings[static_cast<int>(cause)]; }

constexpr bool in_order() {
  int next = 0;
  for (const Mapping& row : mappings) {
    if (static_cast<int>(row.cause) != next++) return false;
  }
  return next == static_cast<int>(Cause::answered_elsewhere) + 1;
}
static_assert(in_order());

}  // namespace

int status_of(Cause cause) noexcept { return mapping_of(cause).status; }

Cause cause_of_status(int status) noexcept {
  switch (status) {
    case 486:
    case 600: return Cause::busy;
    case 408:
    case 487: return Cause::no_answer;
    case 401:
    case 402:
    case 403:
    case 407:
    case 433:
    case 603:
    case 607:
    case 608: return Cause::rejected;
    case 404:
    case 410:
    case 416:
    case 484:
    case 485:
    case 604: return Cause::not_found;
    case 480:
    case 502:
    case 504: return Cause::unreachable;
    case 503: return Cause::congestion;
    case 406:
    case 415:
    case 488:
    case 606: return Cause::incompatible;
    default: return Cause::failed;
  }
}

std::string reason_of(Cause cause) {
  // What telephones look for, so that they show no missed call.
  if (cause == Cause::answered_elsewhere) return "SIP;cause=200;text=\"Call completed elsewhere\"";
  return "Q.850;cause=" + std::to_string(mapping_of(cause).q850);
}

Cause cause_of_q850(int number) noexcept {
  switch (number) {
    case 16:
    case 31: return Cause::normal;
    case 17: return Cause::busy;
    case 18:
    case 19: return Cause::no_answer;
    case 21:
    case 55:
    case 57: return Cause::rejected;
    case 1:
    case 2:
    case 3:
    case 22:
    case 28: return Cause::not_found;
    case 26: return Cause::answered_elsewhere;
    case 20:
    case 27: return Cause::unreachable;
    case 34:
    case 38:
    case 42:
    case 44:
    case 47: return Cause::congestion;
    case 58:
    case 65:
    case 79:
    case 88: return Cause::incompatible;
    case 102: return Cause::lost;
    default: return Cause::failed;
  }
}

Cause cause_of_reason(std::string_view reason, Cause otherwise) noexcept {
  const std::size_t protocol = reason.find("Q.850");
  if (protocol == std::string_view::npos)
    return reason.find("SIP;cause=200") == std::string_view::npos ? otherwise : Cause::answered_elsewhere;
  reason = reason.substr(protocol, reason.find(',', protocol) - protocol);
  constexpr std::string_view parameter = "cause=";
  const std::size_t at = reason.find(parameter);
  if (at == std::string_view::npos) return otherwise;
  reason.remove_prefix(at + parameter.size());
  int number = 0;
  const auto [end, error] = std::from_chars(reason.data(), reason.data() + reason.size(), number);
  return error == std::errc() && end != reason.data() ? cause_of_q850(number) : otherwise;
}

}  // namespace vcsr::sip
