// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/call_script.hpp"
#include "tools/ear.hpp"
#include "tools/story.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/media/recording_writer.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

/// One call as a script plays it: does and expects one step after the other and tells each.
/// What it was given outlives it.
class ScriptedCall final : public LegListener {
 public:
  ScriptedCall(Loop& loop, const std::vector<Step>& script, const Story& story);

  /// The leg to play on; also what is said to `recording`, which may be null.
  void take(std::unique_ptr<Leg> leg, std::shared_ptr<WavRecording> recording);

  /// True once the party answers; false when it does not within the limit, and the call is then over.
  Task<bool> answered(Duration limit);
  /// Plays the script and ends the call. True when every step came off.
  Task<bool> play();

 private:
  void on_ringing() override;
  void on_answered() override;
  void on_played() override;
  void on_play_failed(const std::string& why) override;
  void on_digit(char digit) override;
  void on_digits_sent() override;
  void on_referred(Cause outcome) override;
  void on_hung_up(Cause cause) override;
  void on_hearing(Hearing hearing);

  /// "" when the step came off, otherwise why it did not.
  Task<std::string> perform(Step step);
  Task<std::string> sound(Step step);
  Task<std::string> hear_tone(Step step);
  Task<std::string> hear_silence(Step step);
  Task<std::string> send_digits(Step step);
  Task<std::string> hear_digits(Step step);
  Task<std::string> refer(Step step);
  /// Lets the time pass; why not when the party hangs up meanwhile.
  Task<std::string> pass(Duration time);
  void at_once(const Step& step);
  void end();
  /// Ends the call and closes the recording; false when that has no file.
  Task<bool> finish();

  /// Until `reached` says so; false when the deadline or the end of the call comes first.
  Task<bool> until(std::function<bool()> reached, Timestamp deadline);
  Task<> change();
  void changed() const;
  std::string missed(const Step& step, const std::string& what) const;

  Loop& loop_;
  const std::vector<Step>& script_;
  const Story& story_;
  std::vector<int> frequencies_;
  std::unique_ptr<Leg> leg_;
  std::shared_ptr<WavRecording> recording_;
  Event<std::monostate>* waiting_ = nullptr;

  bool answered_ = false, playing_ = false, sending_ = false;
  std::string play_error_, digits_;
  std::size_t digits_used_ = 0;
  Hearing hearing_;
  Timestamp quiet_since_, loud_at_;
  std::optional<Cause> referred_, hung_up_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace vcsr
