// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// Where contacts of a queue go that get no agent there.
struct Overflow {
  enum class When {
    full,       ///< QueueOptions::limit wait
    nobody,     ///< none of the queue's agents is logged in: on arrival, or any more while it waits
    long_wait,  ///< Queue::estimated_wait() is longer than `after`
    waited,     ///< the contact has waited for `after`, or for ServeOptions::patience if that is less
    key,        ///< the customer has pressed `key` while waiting; not for contacts without a call
    closed,     ///< QueueOptions::open says no when the contact arrives
  };
  enum class To {
    queue,     ///< `target` is its name; the contact joins it at the end, as if it came now
    mailbox,   ///< takes a message; not for contacts without a call
    prompt,    ///< is said, and the customer's dialogue goes on: a catalog name
    closed,    ///< the same ("": nothing is said), but the contact ends with Outcome::closed
    callback,  ///< is offered on the queue's CallbackTerms, and keeps the place; it has no target
  };

  When when = When::waited;
  Duration after{};
  char key = 0;  ///< 0-9, * or #
  To to = To::prompt;
  std::string target = {};
};
/// "full", "nobody", "long_wait", "waited", "key", "closed".
VCSR_EXPORT const char* to_string(Overflow::When when) noexcept;
/// "queue", "mailbox", "prompt", "closed", "callback".
VCSR_EXPORT const char* to_string(Overflow::To to) noexcept;

}  // namespace vcsr
