// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// A medium by which contacts arrive and leave.
enum class Channel { voice, chat, email, sms, fax, web, callback, voicemail };

/// All of them.
inline constexpr std::array every_channel = {Channel::voice,    Channel::chat,     Channel::email,
                                             Channel::sms,      Channel::fax,      Channel::web,
                                             Channel::callback, Channel::voicemail};

/// "voice", "chat", …
VCSR_EXPORT const char* to_string(Channel channel) noexcept;
/// The other way round; nothing for any other word.
VCSR_EXPORT std::optional<Channel> channel_named(std::string_view name) noexcept;

}  // namespace vcsr
