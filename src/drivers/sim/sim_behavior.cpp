// SPDX-License-Identifier: Apache-2.0
// What a party does: the handle, and what its behavior waits for.
#include <algorithm>

#include "drivers/sim/sim_driver.hpp"
#include "drivers/sim/sim_party.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

void SimParty::Impl::require_live() const {
  if (!live()) throw Hangup();
}

bool SimParty::Impl::mentions(std::size_t utterance, const std::string& name_or_words) const {
  const std::vector<std::string>& names = heard_names_[utterance];
  return std::find(names.begin(), names.end(), name_or_words) != names.end() ||
         heard_[utterance].find(name_or_words) != std::string::npos;
}

Task<> SimParty::Impl::until_answered(std::shared_ptr<Impl> self) {
  self->require_live();
  while (!self->answered_) {
    co_await self->changed_.next();
    self->require_live();
  }
}

Task<> SimParty::Impl::until_heard(std::shared_ptr<Impl> self, std::string name_or_words) {
  self->require_live();
  std::size_t at = self->noticed_;
  for (;;) {
    for (; at < self->heard_.size(); ++at) {
      if (!self->mentions(at, name_or_words)) continue;
      self->noticed_ = at + 1;
      co_return;
    }
    co_await self->changed_.next();
    self->require_live();
  }
}

Task<> SimParty::Impl::until_silent(std::shared_ptr<Impl> self) {
  self->require_live();
  const std::size_t play = self->plays_;
  while (self->playing_ && self->plays_ == play) {
    co_await self->changed_.next();
    self->require_live();
  }
}

Task<> SimParty::Impl::until_connected(std::shared_ptr<Impl> self) {
  self->require_live();
  while (self->hearing_.sources().empty()) {
    co_await self->changed_.next();
    self->require_live();
  }
}

Task<> SimParty::Impl::until(std::shared_ptr<Impl> self, Timestamp when) {
  self->require_live();
  while (self->loop_.now() < when) {
    co_await self->changed_.next(when);
    self->require_live();
  }
}

Task<> SimParty::Impl::until_ended(std::shared_ptr<Impl> self) {
  while (self->live()) {
    co_await self->changed_.next();
  }
}

Task<> SimParty::answered() { return Impl::until_answered(impl_); }
Task<> SimParty::hears(std::string name_or_words) {
  return Impl::until_heard(impl_, std::move(name_or_words));
}
Task<> SimParty::hears_out() { return Impl::until_silent(impl_); }
Task<> SimParty::connected() { return Impl::until_connected(impl_); }
Task<> SimParty::wait(Duration duration) { return Impl::until(impl_, impl_->now() + duration); }
Task<> SimParty::ended() { return Impl::until_ended(impl_); }

void SimParty::press(std::string digits) { impl_->press(digits); }
void SimParty::hold(bool held) { impl_->put_on_hold(held); }
void SimParty::ask_transfer(Address target) { impl_->ask_transfer(std::move(target)); }
void SimParty::ask_transfer(const SimParty& other) { impl_->ask_transfer(other.impl_); }
std::optional<Cause> SimParty::transfer_outcome() const { return impl_->transfer_outcome(); }
void SimParty::hang_up(Cause cause) { impl_->leave(cause); }
void SimParty::vanish() { impl_->vanish(); }

bool SimParty::live() const { return impl_->live(); }
Cause SimParty::cause() const { return impl_->cause(); }
const std::vector<std::string>& SimParty::heard() const { return impl_->heard(); }
const std::string& SimParty::digits() const { return impl_->digits(); }

}  // namespace vcsr
