// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/call_impl.hpp"

namespace vcsr {

/// Until what was journalled so far is durable: before that a customer is promised nothing. Throws
/// Hangup once the call has ended. A journal in trouble keeps nobody waiting, and a slow one not long.
Task<> on_record(std::shared_ptr<Call::Impl> call);
/// The same where nobody is left who could hang up; `contact` is for the log.
Task<> on_record(std::shared_ptr<Services> services, std::string contact);

}  // namespace vcsr
