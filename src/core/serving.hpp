// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "core/call_impl.hpp"
#include "core/offering.hpp"

namespace vcsr {

/// Rings agents until one answers or patience has run out.
Task<Search> find_agent(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue, Ticket& ticket,
                        Duration patience);
/// With music and position, until an agent has the customer and then to the end of the talk, or until the
/// queue's rules or patience say otherwise.
Task<Served> wait_in_line(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                          std::optional<Ticket>& ticket, Duration patience);
/// The agent who has answered has the customer, until the talk is over; how long they talked.
Task<Duration> talk_with_agent(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue,
                               std::optional<Ticket>& ticket);

}  // namespace vcsr
