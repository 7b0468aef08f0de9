// SPDX-License-Identifier: Apache-2.0
#include "drivers/sim/sim_driver.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr {

void SimDriver::Impl::start(Loop& loop, Reception& reception) {
  loop_ = &loop;
  reception_ = &reception;
  running_ = std::make_shared<int>();
  // What a behavior fails with is the affair of whoever runs the loop.
  behaviors_.emplace(loop, [&loop](std::exception_ptr error) {
    loop.post([error = std::move(error)] { std::rethrow_exception(error); });
  });
  for (const auto& [user, station] : stations_)
    tell_device(user, station->phone.reaction != SimPhone::Reaction::unreachable);
}

void SimDriver::Impl::stop() {
  running_.reset();
  while (!lines_.empty()) lines_.front()->cut();
  behaviors_.reset();
}

SimParty SimDriver::Impl::call(Address from, Address to, SimBehavior behavior) {
  require_started("a call");
  auto party = std::make_shared<SimParty::Impl>(*this, station(from));
  std::string phone(station(from) ? from.user() : "");
  Arrival arrival{std::move(from), std::move(to), "sim-" + std::to_string(++arrivals_), std::move(phone)};
  loop_->post([party, arrival = std::move(arrival), behavior = std::move(behavior)]() mutable {
    party->arrive(std::move(arrival), std::move(behavior));
  });
  return SimParty(std::move(party));
}

SimParty SimDriver::Impl::replace(std::shared_ptr<SimParty::Impl> other, Address by, SimBehavior behavior) {
  require_started("a call");
  auto party = std::make_shared<SimParty::Impl>(*this, station(by));
  Arrival arrival{std::move(by), {}, "sim-" + std::to_string(++arrivals_)};
  loop_->post([party, other = std::move(other), arrival = std::move(arrival),
               behavior = std::move(behavior)]() mutable {
    party->replace(other, std::move(arrival), std::move(behavior));
  });
  return SimParty(std::move(party));
}

std::unique_ptr<SimLeg> SimDriver::Impl::dial(const Address& to, LegListener& listener) {
  require_started("dialling");
  auto party = std::make_shared<SimParty::Impl>(*this, station(to));
  party->listen(listener);
  party->ring();
  return std::make_unique<SimLeg>(std::move(party));
}

void SimDriver::Impl::set_phone(const std::string& user, SimPhone phone) {
  std::shared_ptr<SimStation>& station = stations_[user];
  if (!station) station = std::make_shared<SimStation>();
  station->phone = std::move(phone);
  tell_device(user, station->phone.reaction != SimPhone::Reaction::unreachable);
}

void SimDriver::Impl::remove_phone(const std::string& user) {
  if (stations_.erase(user) > 0) tell_device(user, false);
}

void SimDriver::Impl::require_started(const char* what) const {
  if (!running_)
    throw Error(Error::Code::unavailable,
                std::string("sim: ") + what + " needs a started driver: add it to a center, or call start()");
}

std::shared_ptr<SimStation> SimDriver::Impl::station(const Address& address) const {
  if (address.scheme() != "sim") return nullptr;
  const auto found = stations_.find(address.user());
  return found == stations_.end() ? nullptr : found->second;
}

void SimDriver::Impl::tell_device(const std::string& user, bool reachable) {
  if (!running_) return;
  loop_->post([this, user, reachable, running = std::weak_ptr<int>(running_)] {
    if (!running.expired()) reception_->on_device(user, reachable);
  });
}

SimDriver::SimDriver(SimOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
SimDriver::~SimDriver() = default;

SimParty SimDriver::call(Address from, Address to, SimBehavior behavior) {
  return impl_->call(std::move(from), std::move(to), std::move(behavior));
}
SimParty SimDriver::replace(const SimParty& party, Address by, SimBehavior behavior) {
  return impl_->replace(party.impl_, std::move(by), std::move(behavior));
}
void SimDriver::set_phone(const std::string& user, SimPhone phone) {
  impl_->set_phone(user, std::move(phone));
}
void SimDriver::remove_phone(const std::string& user) { impl_->remove_phone(user); }

Capabilities SimDriver::capabilities() const { return {.dials = true, .transfers = true, .taps = false}; }
bool SimDriver::reaches(const Address& to) const { return to.scheme() == "sim"; }
void SimDriver::start(Loop& loop, Reception& reception) { impl_->start(loop, reception); }
void SimDriver::stop() { impl_->stop(); }
std::unique_ptr<Leg> SimDriver::dial(const Address& to, LegListener& listener, const DialOptions&) {
  return impl_->dial(to, listener);
}

}  // namespace vcsr
