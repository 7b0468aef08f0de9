// SPDX-License-Identifier: Apache-2.0
#include "drivers/sim/sim_leg.hpp"

#include "drivers/sim/sim_driver.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

void SimLeg::hear(Leg& other, bool on) {
  auto* leg = dynamic_cast<SimLeg*>(&other);
  VCSR_ASSERT(leg && "both legs are of the same driver");
  party_->hear(*leg->party_, on);
}

void SimLeg::refer(Leg& other) {
  auto* leg = dynamic_cast<SimLeg*>(&other);
  VCSR_ASSERT(leg && "both legs are of the same driver");
  party_->refer(*leg);
}

std::unique_ptr<SimLeg> SimLeg::hand_on(LegListener& listener) {
  std::shared_ptr<SimParty::Impl> party = party_;
  party_ = party->pass_to(listener);
  party_->at(this);
  return std::make_unique<SimLeg>(std::move(party));
}

void SimReferral::call(SimDriver::Impl& driver, const Address& target) { leg_ = driver.dial(target, *this); }

void SimReferral::take(SimLeg& place) {
  leg_ = place.hand_on(*this);
  on_answered();
}

void SimReferral::on_answered() {
  if (std::exchange(answered_, true)) return;
  SimParty::Impl& target = leg_->party();
  for (SimParty::Impl* party : {&party_, &target}) {
    party->disconnect();
    party->stop_playing();
  }
  party_.hear(target, true);
  target.hear(party_, true);
  party_.referred(Cause::normal);
}

// Last: the party may drop this referral at once.
void SimReferral::on_hung_up(Cause cause) { party_.referred(cause); }

}  // namespace vcsr
