// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "core/call_impl.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/callback.hpp"

namespace vcsr {

/// Throws Error(invalid) for terms that cannot be.
void require_callback(const QueueOptions& options);
/// The key with which those who wait ask for it; 0 where there is none.
char callback_key(const QueueOptions& options);
/// Why this number is not called; "" when it is.
std::string refusal_of(const CallbackTerms& terms, const std::string& number);
/// The next moment at which the clocks there show "1430"; nothing for what is no time of day.
std::optional<WallTime> next_at(const OpeningHours& hours, WallTime now, const std::string& time);

/// See Queue::call_back(); `caller` is who asked for it, null for others.
Contact open_callback(const std::shared_ptr<Queue::Impl>& queue, CallbackRequest request,
                      const Contact::Impl* caller = nullptr);

/// What came of offering it.
struct CallbackAnswer {
  bool taken = false;
  std::exception_ptr hung_up = {};  ///< the caller did so after it was taken
};
/// Asks the caller for number and time. `pressed`: she has asked for it herself, and may hang up.
Task<CallbackAnswer> offer_callback(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                                    int priority, Duration waited, bool pressed);

/// From the request to the end of the contact.
Task<> serve_callback(std::shared_ptr<Contact::Impl> contact);

}  // namespace vcsr
