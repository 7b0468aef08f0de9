// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/call_ears.hpp"
#include "core/call_recording.hpp"
#include "core/contact_impl.hpp"
#include "core/conversation.hpp"
#include "core/services.hpp"
#include "core/waiters.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/call.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

/// A call: its customer's leg, what plays and was pressed on it, and the conversation with others.
class Call::Impl final : public LegListener, public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::shared_ptr<Services> services, Driver& driver, Address from, Address to);
  /// Of a contact that has waited without a call until now.
  Impl(std::shared_ptr<Services> services, Driver& driver, std::shared_ptr<Contact::Impl> contact);
  ~Impl() { std::erase(services->open_calls, this); }

  void on_ringing() override;
  void on_answered() override;
  void on_played() override;
  void on_play_failed(const std::string& why) override;
  void on_digit(char digit) override;
  void on_digits_sent() override;
  void on_held(bool held) override;
  void on_referred(Cause outcome) override;
  bool on_attended_transfer(Leg& other) override;
  bool on_replaced(std::unique_ptr<Leg>& by, const Arrival& arrival) override;
  void on_hung_up(Cause cause) override;

  bool live() const { return !waiters.ended(); }
  /// Throws Hangup when the call is over.
  void require_live() const;
  void play(const Prompt& prompt, bool repeat);
  void stop_playing();
  /// What was pressed and not asked for; leaves nothing of it in memory.
  void forget_digits();
  /// Our side ends it.
  void hang_up(Cause cause);
  /// The customer goes on elsewhere.
  std::unique_ptr<Leg> give_leg();
  /// Something changed that a dialogue may be waiting for: wakes every change().
  void stir();
  /// Gives the drivers back what is theirs.
  void drop_legs();

  std::shared_ptr<Services> services;
  std::shared_ptr<Contact::Impl> contact;
  Driver& driver;
  Waiters waiters;
  std::unique_ptr<Leg> leg;
  std::string music;  ///< for those who wait
  Conversation conversation;
  std::optional<Scope> errands;  ///< what parties asked for; gone before the call is
  std::vector<Recorder> recorders;
  CallRecording recording;
  CallEars ears{*this};

  bool answered = false;
  bool awaited = false;  ///< the customer is called back and has not answered: nobody can talk with her yet
  bool playing = false;
  std::uint64_t plays = 0;  ///< counts what was begun, so that who was replaced notices
  std::string play_error;
  std::string digits;  ///< pressed and not yet asked for
  /// Ends an input that was complete without it: dropped when it is pressed next.
  char spent_terminator = 0;
  bool sending_digits = false;
  std::optional<Cause> referred;
  Cause cause = Cause::normal;
  std::vector<Until<std::monostate>*> changes;

 private:
  void end(Cause why);
};

/// Until something changes on the call; throws Hangup when it ends.
Task<> change(std::shared_ptr<Call::Impl> call);

/// Dials and waits for what comes of it; the party is let go when the waiting ends before.
Task<Reached> reach(std::shared_ptr<Call::Impl> call, Party& party, Duration ring_time);
/// Dials and, when answered, connects; what plays to the customer goes on until then.
Task<Reached> dial_party(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time);
/// The same for an agent who may be rung beside others; nothing when another of them was the first to answer.
Task<std::optional<Reached>> ring_agent(std::shared_ptr<Call::Impl> call, Address at, Duration ring_time,
                                        std::string agent);
/// Blind transfer by the one in charge.
Task<Reached> pass_on(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time);
/// Until the party has left.
Task<> until_gone(std::shared_ptr<Call::Impl> call, const Party& party);
/// Until nobody is in charge of the customer any more.
Task<> talk_with_parties(std::shared_ptr<Call::Impl> call);

}  // namespace vcsr
