// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/call_impl.hpp"

namespace vcsr {

/// See Parties::park().
std::string park(std::shared_ptr<Call::Impl> call, ParkOptions options);
/// See Parties::pick_up().
Task<Reached> pick_up(std::shared_ptr<Call::Impl> call, std::shared_ptr<Agent::Impl> by, Duration ring_time);

bool is_parking_slot(const Services& services, std::string_view number);
std::vector<std::shared_ptr<Call::Impl>> parked_calls(const Services& services);
/// Throws Error(not_found) naming the slots.
std::shared_ptr<Call::Impl> parked_in(const Services& services, const std::string& slot);
/// Throws Error(refused) when none rings there.
std::shared_ptr<Call::Impl> ringing_at(const Services& services, const Agent::Impl& agent);

/// An agent's telephone dialled the slot: its line becomes the party of the customer who is parked there, and
/// its own call ends. Anybody else is refused.
Task<> serve_slot(std::shared_ptr<Call::Impl> caller, std::string slot);
/// An agent's telephone dialled CenterOptions::pickup_code.
Task<> serve_pickup(std::shared_ptr<Call::Impl> caller);

}  // namespace vcsr
