// SPDX-License-Identifier: Apache-2.0
// What our leg does with a party.
#include "drivers/sim/sim_driver.hpp"
#include "drivers/sim/sim_leg.hpp"
#include "drivers/sim/sim_party.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

void SimParty::Impl::answer() {
  if (!live() || !arriving_ || answered_) return;
  answered_ = true;
  changed_.tell();
  tell([](LegListener& listener) { listener.on_answered(); });
}

void SimParty::Impl::release(Cause cause) {
  listener_ = nullptr;
  if (!moved_) end(cause);
}

void SimParty::Impl::play(const Prompt& prompt, const std::string& language, PlayOptions options) {
  if (ended_) return;
  stop_playing();
  try {
    Utterance utterance = utter(prompt, language, driver_->options());
    if (!vanished_) {
      heard_.push_back(std::move(utterance.text));
      heard_names_.push_back(std::move(utterance.names));
    }
    playing_ = true;
    changed_.tell();
    if (!options.repeat) playback_.set(loop_.now() + utterance.duration, [this] { played(); });
  } catch (const Error& error) {
    tell([this, play = plays_, why = std::string(error.what())](LegListener& listener) {
      if (play == plays_) listener.on_play_failed(why);
    });
  }
}

void SimParty::Impl::played() {
  playing_ = false;
  changed_.tell();
  tell([this, play = plays_](LegListener& listener) {
    if (play == plays_) listener.on_played();
  });
}

// What was already on its way to the listener is not told either: it belongs to an earlier play.
void SimParty::Impl::stop_playing() {
  ++plays_;
  if (!playing_) return;
  playing_ = false;
  playback_.cancel();
  changed_.tell();
}

void SimParty::Impl::send_digits(const std::string& digits) {
  if (!ended_) sending_.press(digits);
}

void SimParty::Impl::hear(Impl& other, bool on) {
  if (ended_ || other.ended_) return;
  hearing_.hear(other.hearing_, on);
  changed_.tell();
}

void SimParty::Impl::refer(const Address& target) {
  if (!live() || moved_) return;
  referral_ = std::make_unique<SimReferral>(*this);
  referral_->call(*driver_, target);
}

void SimParty::Impl::refer(SimLeg& other) {
  if (!live() || !answered_ || moved_) return;
  Impl& target = other.party();
  if (&target == this || !target.live() || !target.answered_) return referred(Cause::failed);
  referral_ = std::make_unique<SimReferral>(*this);
  referral_->take(other);
}

std::shared_ptr<SimParty::Impl> SimParty::Impl::pass_to(LegListener& listener) {
  auto over = std::make_shared<Impl>(*driver_, nullptr);
  over->listener_ = std::exchange(listener_, &listener);
  over->leave(Cause::normal);
  return over;
}

// Once moved, the party's call ends with the target's.
void SimParty::Impl::referred(Cause outcome) {
  if (moved_) return leave(outcome);
  moved_ = outcome == Cause::normal;
  tell([outcome](LegListener& listener) { listener.on_referred(outcome); });
}

}  // namespace vcsr
