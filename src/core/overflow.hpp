// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/offering.hpp"

namespace vcsr {

/// Throws Error(invalid) for rules that contradict themselves or each other.
void require_overflows(const QueueOptions& options);
/// Null where there is none.
const Overflow* overflow_on(const QueueOptions& options, Overflow::When when);
/// The same, where what it leads to is something for the contact.
const Overflow* overflow_on(const Queue::Impl& queue, const Contact::Impl& contact, Overflow::When when);
/// None of its agents is logged in, and there is a rule for that.
bool nobody_serves(const Queue::Impl& queue, const Contact::Impl& contact);
/// Why a contact that arrives now is not taken; nothing when it is.
std::optional<Overflow::When> refusal_of(const Queue::Impl& queue, const Contact::Impl& contact);
/// As long as both the rules and whoever serves it let the contact wait.
Duration patience_of(const Queue::Impl& queue, const Contact::Impl& contact, Duration patience);
/// Of a search that found nobody.
Overflow::When reason_for(Search search);
Served::Result result_of(Overflow::When when);

/// One queue's part, without its overflow.
Task<Served> serve_call(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, Reason reason,
                        ServeOptions options);
/// The same and what the rules say of those who get no agent. A contact comes to no queue twice.
Task<Served> serve_or_overflow(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                               Reason reason, ServeOptions options);
Task<Served> serve_or_overflow(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact,
                               ServeOptions options);

}  // namespace vcsr
