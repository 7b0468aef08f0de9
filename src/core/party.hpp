// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/line.hpp"
#include "core/waiters.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/call.hpp"
#include "vcsr/parties.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

Reached reached_by(Cause cause) noexcept;

/// Keeps an agent who is called without a queue from being offered another contact meanwhile.
class Engagement {
 public:
  Engagement(std::shared_ptr<Agent::Impl> agent, std::shared_ptr<Contact::Impl> contact);
  ~Engagement();
  Engagement(const Engagement&) = delete;

  void answered();
  /// From now on somebody else sees to when it ends; null when something else engages the agent.
  std::shared_ptr<Agent::Impl> hand_on();

 private:
  std::shared_ptr<Agent::Impl> agent_;    ///< null when something else engages it
  std::shared_ptr<Agent::Impl> resting_;  ///< engaged only by answering
  std::shared_ptr<Contact::Impl> contact_;
  bool answered_ = false;
};

/// Somebody in a call besides its customer. Lives as long as the call, ended or not.
class Party final : public LegListener {
 public:
  Party(Call::Impl& call, int number, Role role, const Address& address, std::string agent);
  Party(const Party&) = delete;

  void dial(const DialOptions& options);
  /// Goes on with a leg that there is already.
  void adopt(std::unique_ptr<Leg> leg);
  std::unique_ptr<Leg> give_leg();
  /// Tells its telephone, if it asked for one.
  void transfer_ended(Cause outcome);
  void drop_leg();

  void on_answered() override;
  void on_digit(char digit) override;
  void on_held(bool held) override;
  void on_digits_sent() override;
  bool on_transfer_requested(const Address& target) override;
  bool on_attended_transfer(Leg& other) override;
  bool on_replaced(std::unique_ptr<Leg>& by, const Arrival& arrival) override;
  void on_hung_up(Cause cause) override;

  int number() const { return line.record.number; }
  bool alerting() const { return !line.present && !line.ended; }

  const Role role;
  const Address address;
  const Timestamp began;
  Line line;
  Supervision supervision = Supervision::listen;
  Until<Reached> reached;
  std::optional<Engagement> engagement;
  std::function<void(bool held)> on_phase;  ///< it keeps the customer waiting, or talks with her
  Party* replaces = nullptr;                ///< whose place it takes once it has answered
  Party* heir = nullptr;                    ///< who took its place
  bool sending_digits = false;
  bool beside_others = false;       ///< of them all the first to answer has the customer
  bool answered_elsewhere = false;  ///< another was the first

 private:
  Call::Impl& call_;
  std::unique_ptr<Leg> leg_;
  bool transferring_ = false;
};

}  // namespace vcsr
