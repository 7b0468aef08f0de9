// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/base/export.hpp"

namespace vcsr {

/// A medium by which contacts arrive and leave.
enum class Channel { voice, chat, email, sms, fax, web, callback, voicemail };

/// "voice", "chat", …
VCSR_EXPORT const char* to_string(Channel channel) noexcept;

}  // namespace vcsr
