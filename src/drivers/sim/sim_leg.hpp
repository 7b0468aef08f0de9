// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "drivers/sim/sim_party.hpp"

namespace vcsr {

/// Our end of a virtual line.
class SimLeg final : public Leg {
 public:
  explicit SimLeg(std::shared_ptr<SimParty::Impl> party) : party_(std::move(party)) { party_->at(this); }
  ~SimLeg() override {
    party_->at(nullptr);
    party_->release(Cause::normal);
  }

  void listen(LegListener& listener) override { party_->listen(listener); }
  void ring() override {}
  void answer() override { party_->answer(); }
  void hang_up(Cause cause) override { party_->release(cause); }
  void play(const Prompt& prompt, const std::string& language, PlayOptions options) override {
    party_->play(prompt, language, options);
  }
  void stop_playing() override { party_->stop_playing(); }
  void send_digits(const std::string& digits) override { party_->send_digits(digits); }
  void hear(Leg& other, bool on) override;
  void disconnect() override { party_->disconnect(); }
  /// Virtual parties have no ear for silence: holding them is not noticed.
  void hold() override {}
  void retrieve() override {}
  void refer(const Address& target) override { party_->refer(target); }
  void refer(Leg& other) override;
  void transfer_ended(Cause outcome) override { party_->transfer_ended(outcome); }
  void tap(std::shared_ptr<AudioTap>) override {}

  std::optional<Answerer::Kind> declared_answerer() const override { return party_->answerer(); }

  SimParty::Impl& party() { return *party_; }
  /// A leg of the listener's takes this one's place; this one is over.
  std::unique_ptr<SimLeg> hand_on(LegListener& listener);

 private:
  std::shared_ptr<SimParty::Impl> party_;
};

/// The call that a referred party makes to its target, or the one of ours whose place it takes there.
class SimReferral final : public LegListener {
 public:
  explicit SimReferral(SimParty::Impl& party) : party_(party) {}
  void call(SimDriver::Impl& driver, const Address& target);
  void take(SimLeg& place);

  void on_answered() override;
  void on_hung_up(Cause cause) override;

 private:
  SimParty::Impl& party_;
  std::unique_ptr<SimLeg> leg_;
  bool answered_ = false;
};

}  // namespace vcsr
