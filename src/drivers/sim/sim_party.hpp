// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drivers/sim/change.hpp"
#include "drivers/sim/keypad.hpp"
#include "drivers/sim/utterance.hpp"
#include "telephony/hearing.hpp"
#include "vcsr/drivers/sim.hpp"

namespace vcsr {

/// What is behind "sim:USER"; has one line.
struct SimStation {
  SimPhone phone;
  bool engaged = false;
};

class SimLeg;
class SimReferral;

/// One virtual line with a party at its far end and a leg at ours. Either may be gone first; the
/// line ends for both at once, except that a party can vanish unnoticed and that one which was
/// referred elsewhere stays when our leg goes.
class SimParty::Impl : public std::enable_shared_from_this<SimParty::Impl> {
 public:
  using Place = std::list<Impl*>::iterator;

  /// `station` is the party's own telephone, if it has one here.
  Impl(SimDriver::Impl& driver, std::shared_ptr<SimStation> station);
  ~Impl();

  /// Reaches the reception and begins to live.
  void arrive(Arrival arrival, SimBehavior behavior);
  /// The station reacts to being called.
  void ring();
  /// Ends the line without a word to either side.
  void cut();

  // The party.
  static Task<> until_answered(std::shared_ptr<Impl> self);
  static Task<> until_heard(std::shared_ptr<Impl> self, std::string name_or_words);
  static Task<> until_silent(std::shared_ptr<Impl> self);
  static Task<> until_connected(std::shared_ptr<Impl> self);
  static Task<> until(std::shared_ptr<Impl> self, Timestamp when);
  static Task<> until_ended(std::shared_ptr<Impl> self);
  void press(const std::string& digits);
  void put_on_hold(bool held);
  void ask_transfer(Address target);
  void ask_transfer(const std::shared_ptr<Impl>& other);
  std::optional<Cause> transfer_outcome() const { return transfer_outcome_; }
  /// Takes the place of the party on that line.
  void replace(const std::shared_ptr<Impl>& other, Arrival arrival, SimBehavior behavior);
  void leave(Cause cause);
  void vanish();
  Timestamp now() const { return loop_.now(); }
  bool live() const { return !ended_ && !vanished_; }
  Cause cause() const { return cause_; }
  const std::vector<std::string>& heard() const { return heard_; }
  const std::string& digits() const { return digits_; }

  // The leg.
  Answerer::Kind answerer() const { return station_ ? station_->phone.answerer : Answerer::Kind::human; }
  void at(Leg* leg) { leg_ = leg; }
  void transfer_ended(Cause outcome) { transfer_outcome_ = outcome; }
  void listen(LegListener& listener) { listener_ = &listener; }
  void answer();
  /// Nothing is told any more; ends the line unless the party was referred elsewhere.
  void release(Cause cause);
  void play(const Prompt& prompt, const std::string& language, PlayOptions options);
  void stop_playing();
  void send_digits(const std::string& digits);
  void hear(Impl& other, bool on);
  void disconnect() { hearing_.end(); }
  Hearing<Impl>& hearing() { return hearing_; }
  void refer(const Address& target);
  /// To whom that leg reaches, in its place.
  void refer(SimLeg& other);
  /// Whoever had the line is told that it is over, and goes on with the one that is returned.
  std::shared_ptr<Impl> pass_to(LegListener& listener);
  void referred(Cause outcome);

 private:
  using Telling = std::function<void(LegListener&)>;

  static Task<> live_out(std::shared_ptr<Impl> self, SimBehavior behavior);
  void require_live() const;
  bool mentions(std::size_t utterance, const std::string& name_or_words) const;
  void begin(SimBehavior behavior);
  void pick_up();
  void engage();
  void played();
  void pressed(char digit);
  void tell(Telling telling);
  void end(Cause cause);

  SimDriver::Impl* driver_;  ///< null once the line has ended
  Loop& loop_;
  Place place_;
  std::shared_ptr<SimStation> station_;
  LegListener* listener_ = nullptr;
  Leg* leg_ = nullptr;
  std::optional<Cause> transfer_outcome_;
  Hearing<Impl> hearing_{*this};
  std::unique_ptr<SimReferral> referral_;

  bool arriving_ = false;
  bool answered_ = false;
  bool vanished_ = false;
  bool ended_ = false;
  bool engages_ = false;
  bool playing_ = false;
  bool moved_ = false;  ///< talks to the one it was referred to
  Cause cause_ = Cause::normal;

  std::vector<std::string> heard_;
  std::vector<std::vector<std::string>> heard_names_;
  std::size_t noticed_ = 0;  ///< utterances that were waited for, or before one that was
  std::size_t plays_ = 0;
  std::string digits_;

  Change changed_;
  Alarm reaction_;
  Alarm playback_;
  Keypad pressing_;
  Keypad sending_;
};

}  // namespace vcsr
