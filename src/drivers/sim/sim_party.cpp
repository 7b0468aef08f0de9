// SPDX-License-Identifier: Apache-2.0
#include "drivers/sim/sim_party.hpp"

#include "drivers/sim/sim_driver.hpp"
#include "drivers/sim/sim_leg.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/dtmf.hpp"

namespace vcsr {

namespace {

/// What a media driver needs to notice that nothing comes any more.
constexpr Duration media_timeout = std::chrono::seconds(20);

struct HangUpAtEnd {
  SimParty::Impl& party;
  ~HangUpAtEnd() { party.leave(Cause::normal); }
};

void require_digits(const std::string& digits) {
  for (const char digit : digits)
    if (!is_dtmf_digit(digit))
      throw Error(Error::Code::invalid, "sim: expected keys 0-9 * # A-D, got '" + digits + "'");
}

}  // namespace

SimParty::Impl::Impl(SimDriver::Impl& driver, std::shared_ptr<SimStation> station)
    : driver_(&driver),
      loop_(driver.loop()),
      place_(driver.enter(*this)),
      station_(std::move(station)),
      changed_(loop_),
      reaction_(loop_),
      playback_(loop_),
      pressing_(loop_, [this](char digit) { pressed(digit); }),
      sending_(
          loop_, [this](char digit) { digits_ += digit; },
          [this] { tell([](LegListener& listener) { listener.on_digits_sent(); }); }) {}

SimParty::Impl::~Impl() { end(Cause::normal); }

void SimParty::Impl::arrive(Arrival arrival, SimBehavior behavior) {
  if (ended_) return;
  arriving_ = true;
  if (station_ && !station_->engaged) engage();
  begin(std::move(behavior));
  if (ended_) return;
  Reception& reception = driver_->reception();
  reception.on_arrival(std::make_unique<SimLeg>(shared_from_this()), arrival);
}

void SimParty::Impl::ring() {
  using Reaction = SimPhone::Reaction;
  if (!station_) return leave(Cause::not_found);
  const Reaction reaction = station_->phone.reaction;
  if (reaction == Reaction::unreachable) return leave(Cause::unreachable);
  if (reaction == Reaction::busy || station_->engaged) return leave(Cause::busy);
  engage();
  tell([](LegListener& listener) { listener.on_ringing(); });
  if (reaction == Reaction::rings_on) return;
  reaction_.set(loop_.now() + station_->phone.rings, [this, reaction] {
    if (reaction == Reaction::answers) pick_up();
    else leave(Cause::rejected);
  });
}

void SimParty::Impl::engage() { engages_ = station_->engaged = true; }

void SimParty::Impl::pick_up() {
  answered_ = true;
  tell([](LegListener& listener) { listener.on_answered(); });
  begin(station_->phone.behavior);
}

void SimParty::Impl::begin(SimBehavior behavior) {
  if (behavior) driver_->spawn(live_out(shared_from_this(), std::move(behavior)));
}

Task<> SimParty::Impl::live_out(std::shared_ptr<Impl> self, SimBehavior behavior) {
  const HangUpAtEnd guard{*self};
  try {
    Task<> life = behavior(SimParty(self));
    co_await std::move(life);
  } catch (const Hangup&) {
  }
}

void SimParty::Impl::press(const std::string& digits) {
  require_digits(digits);
  if (live() && answered_) pressing_.press(digits);
}

void SimParty::Impl::pressed(char digit) {
  tell([digit](LegListener& listener) { listener.on_digit(digit); });
  for (Impl* hearer : hearing_.hearers()) hearer->digits_ += digit;
}

void SimParty::Impl::put_on_hold(bool held) {
  if (live()) tell([held](LegListener& listener) { listener.on_held(held); });
}

void SimParty::Impl::ask_transfer(Address target) {
  transfer_outcome_.reset();
  if (!live()) return;
  tell([this, target = std::move(target)](LegListener& listener) {
    if (!listener.on_transfer_requested(target)) transfer_outcome_ = Cause::rejected;
  });
}

void SimParty::Impl::ask_transfer(const std::shared_ptr<Impl>& other) {
  transfer_outcome_.reset();
  if (!live()) return;
  tell([this, other](LegListener& listener) {
    if (!other->leg_ || !listener.on_attended_transfer(*other->leg_)) transfer_outcome_ = Cause::rejected;
  });
}

void SimParty::Impl::replace(const std::shared_ptr<Impl>& other, Arrival arrival, SimBehavior behavior) {
  if (ended_) return;
  arriving_ = true;
  if (station_ && !station_->engaged) engage();
  begin(std::move(behavior));
  std::unique_ptr<Leg> leg = std::make_unique<SimLeg>(shared_from_this());
  LegListener* const place = other->listener_;
  if ((!place || !place->on_replaced(leg, arrival)) && leg) leave(Cause::rejected);
}

void SimParty::Impl::leave(Cause cause) {
  if (!live()) return;
  tell([this, cause](LegListener& listener) {
    listener_ = nullptr;
    listener.on_hung_up(cause);
  });
  end(cause);
}

void SimParty::Impl::vanish() {
  if (!live()) return;
  vanished_ = true;
  pressing_.clear();
  changed_.tell();
  reaction_.set(loop_.now() + media_timeout, [this] {
    vanished_ = false;
    leave(Cause::lost);
  });
}

void SimParty::Impl::cut() {
  listener_ = nullptr;
  end(Cause::failed);
}

void SimParty::Impl::tell(Telling telling) {
  loop_.post([self = shared_from_this(), telling = std::move(telling)] {
    if (self->listener_) telling(*self->listener_);
  });
}

void SimParty::Impl::end(Cause cause) {
  if (ended_) return;
  ended_ = true;
  cause_ = cause;
  disconnect();
  stop_playing();
  reaction_.cancel();
  pressing_.clear();
  sending_.clear();
  if (engages_) station_->engaged = false;
  std::exchange(driver_, nullptr)->leave(place_);
  changed_.tell();
  const std::unique_ptr<SimReferral> referral = std::move(referral_);
}

}  // namespace vcsr
