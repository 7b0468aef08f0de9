// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/queue_impl.hpp"

namespace vcsr {

/// Throws Error(invalid) for rules that contradict themselves or each other.
void require_overflows(const QueueOptions& options);
/// Null where there is none.
const Overflow* overflow_on(const QueueOptions& options, Overflow::When when);
/// Why a contact that arrives now is not taken; nothing when it is.
std::optional<Overflow::When> refusal_of(const Queue::Impl& queue);
/// As long as both the rules and whoever serves it let the contact wait.
Duration patience_of(const QueueOptions& options, Duration patience);
Served::Result result_of(Overflow::When when);

/// One queue's part, without its overflow.
Task<Served> serve_call(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, Reason reason,
                        ServeOptions options);
/// The same and what the rules say of those who get no agent. A contact comes to no queue twice.
Task<Served> serve_or_overflow(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                               Reason reason, ServeOptions options);

}  // namespace vcsr
