// SPDX-License-Identifier: Apache-2.0
#include "app/out_of_hours.hpp"

#include <optional>
#include <utility>

#include "vcsr/base/loop.hpp"

namespace vcsr {

namespace {

Task<> leave_message(Call call, Mailbox mailbox) {
  Task<std::optional<VoicemailMessage>> taking = mailbox.take(std::move(call), Reason("called out of hours"));
  co_await std::move(taking);
}

}  // namespace

Dialogue out_of_hours(Loop& loop, OpeningHours hours, Mailbox mailbox, Dialogue dialogue) {
  return [&loop, hours = std::move(hours), mailbox, dialogue = std::move(dialogue)](Call call) {
    return hours.open_at(loop.wall_time()) ? dialogue(std::move(call))
                                           : leave_message(std::move(call), mailbox);
  };
}

}  // namespace vcsr
