// SPDX-License-Identifier: Apache-2.0
#include "vcsr/channel.hpp"

#include "base/named.hpp"

namespace vcsr {

const char* to_string(Channel channel) noexcept {
  constexpr const char* names[] = {"voice", "chat", "email", "sms", "fax", "web", "callback", "voicemail"};
  return names[static_cast<int>(channel)];
}

std::optional<Channel> channel_named(std::string_view name) noexcept {
  return named(name, Channel::voicemail);
}

}  // namespace vcsr
