// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/telephony/cause.hpp"

namespace vcsr::sip {

/// The final response that refuses a call for this cause.
int status_of(Cause cause) noexcept;
/// What a final response of 300 and above means.
Cause cause_of_status(int status) noexcept;

/// A Reason header (RFC 3326): "Q.850;cause=17", or "SIP;cause=200;text=…" of a call answered elsewhere.
std::string reason_of(Cause cause);
/// `otherwise` where the header carries no Q.850 cause.
Cause cause_of_reason(std::string_view reason, Cause otherwise) noexcept;
Cause cause_of_q850(int number) noexcept;

}  // namespace vcsr::sip
