// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "core/queue_impl.hpp"

namespace vcsr {

enum class Search { found, timed_out, key, deserted };

/// Puts the contact before one agent, and tells the ticket what came of it.
using Ask = std::function<Task<>(std::shared_ptr<Agent::Impl>)>;

/// Asks agents, all to whom it is offered at once, until one takes the contact or patience has run out. The
/// ticket outlives it, and waits already.
Task<Search> agent_found(Ticket& ticket, Ask ask, Duration patience);

}  // namespace vcsr
