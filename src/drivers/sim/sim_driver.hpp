// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "drivers/sim/sim_leg.hpp"
#include "drivers/sim/sim_party.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

/// The exchange between the lines.
class SimDriver::Impl {
 public:
  explicit Impl(SimOptions options) : options_(std::move(options)) {}
  ~Impl() { stop(); }

  void start(Loop& loop, Reception& reception);
  void stop();

  SimParty call(Address from, Address to, SimBehavior behavior);
  SimParty replace(std::shared_ptr<SimParty::Impl> other, Address by, SimBehavior behavior);
  std::unique_ptr<SimLeg> dial(const Address& to, LegListener& listener);
  void set_phone(const std::string& user, SimPhone phone);
  void remove_phone(const std::string& user);

  // For the lines.
  Loop& loop() const { return *loop_; }
  Reception& reception() const { return *reception_; }
  const SimOptions& options() const { return options_; }
  SimParty::Impl::Place enter(SimParty::Impl& line) { return lines_.insert(lines_.end(), &line); }
  void leave(SimParty::Impl::Place place) { lines_.erase(place); }
  void spawn(Task<> behavior) { behaviors_->spawn(std::move(behavior)); }

 private:
  void require_started(const char* what) const;
  std::shared_ptr<SimStation> station(const Address& address) const;
  void tell_device(const std::string& user, bool reachable);

  const SimOptions options_;
  Loop* loop_ = nullptr;
  Reception* reception_ = nullptr;
  std::map<std::string, std::shared_ptr<SimStation>, std::less<>> stations_;
  std::list<SimParty::Impl*> lines_;
  std::optional<Scope> behaviors_;
  std::shared_ptr<int> running_;
  std::uint64_t arrivals_ = 0;
};

}  // namespace vcsr
