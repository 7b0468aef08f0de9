// SPDX-License-Identifier: Apache-2.0
#include "tools/scripted_call.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "vcsr/base/together.hpp"
#include "vcsr/media/prompt.hpp"
#include "vcsr/media/tone.hpp"

namespace vcsr {

namespace {

using Kind = Step::Kind;

/// Longer than any party lets an answer, a transfer or digits wait.
constexpr Duration patience = std::chrono::seconds(32);

Prompt prompt_of(const Step& step) {
  if (step.kind == Kind::say) return Prompt::words(step.text);
  const auto frequency = static_cast<double>(step.frequency);
  return Prompt::sound(step.kind == Kind::tone ? tone({frequency}, step.length) : step.sound);
}

std::string seconds(Duration duration) {
  char text[32];
  std::snprintf(text, sizeof text, "%g s", std::chrono::duration<double>(duration).count());
  return text;
}

}  // namespace

ScriptedCall::ScriptedCall(Loop& loop, const std::vector<Step>& script, const Story& story)
    : loop_(loop),
      script_(script),
      story_(story),
      frequencies_(frequencies_of(script)),
      quiet_since_(loop.now()) {}

void ScriptedCall::take(std::unique_ptr<Leg> leg, std::shared_ptr<WavRecording> recording) {
  leg_ = std::move(leg);
  recording_ = std::move(recording);
  const auto hear = [this, alive = std::weak_ptr<int>(alive_)](Hearing hearing) {
    if (!alive.expired()) on_hearing(hearing);
  };
  std::vector<std::shared_ptr<AudioTap>> taps{std::make_shared<Ear>(loop_, frequencies_, hear)};
  if (recording_) taps.push_back(recording_);
  leg_->tap(std::make_shared<TapSplitter>(std::move(taps)));
}

void ScriptedCall::on_ringing() { story_.tell("ringing"); }
void ScriptedCall::on_answered() {
  answered_ = true;
  story_.tell("answered");
  changed();
}
void ScriptedCall::on_played() {
  playing_ = false;
  changed();
}
void ScriptedCall::on_play_failed(const std::string& why) {
  play_error_ = why;
  on_played();
}
void ScriptedCall::on_digit(char digit) {
  digits_ += digit;
  story_.tell("digit", std::string(1, digit), {{"digit", std::string(1, digit)}});
  changed();
}
void ScriptedCall::on_digits_sent() {
  sending_ = false;
  changed();
}
void ScriptedCall::on_referred(Cause outcome) {
  referred_ = outcome;
  changed();
}
void ScriptedCall::on_hung_up(Cause cause) {
  hung_up_ = cause;
  story_.tell("ended", to_string(cause), {{"cause", to_string(cause)}});
  changed();
}
void ScriptedCall::on_hearing(Hearing hearing) {
  if (hearing_.sound && !hearing.sound) quiet_since_ = loop_.now();
  if (hearing.sound) loud_at_ = loop_.now();
  hearing_ = hearing;
  changed();
}

void ScriptedCall::changed() const {
  if (waiting_) waiting_->set({});
}

Task<> ScriptedCall::change() {
  Event<std::monostate> event(loop_);
  struct Listening {
    explicit Listening(Event<std::monostate>*& slot, Event<std::monostate>& event) : slot(slot) {
      slot = &event;
    }
    ~Listening() { slot = nullptr; }
    Event<std::monostate>*& slot;
  } listening(waiting_, event);
  co_await event;
}

Task<bool> ScriptedCall::until(std::function<bool()> reached, Timestamp deadline) {
  while (!reached()) {
    if (hung_up_ || loop_.now() >= deadline) co_return false;
    Task<> next = change();
    co_await within(loop_, deadline - loop_.now(), std::move(next));
  }
  co_return true;
}

Task<bool> ScriptedCall::answered(Duration limit) {
  std::function<bool()> is_answered = [this] { return answered_; };
  const bool reached = co_await until(std::move(is_answered), loop_.now() + limit);
  if (!reached && !hung_up_) {
    story_.tell("gave up", "no answer within " + seconds(limit), {{"cause", "no_answer"}});
  }
  if (!reached) co_await finish();
  co_return reached;
}

Task<bool> ScriptedCall::play() {
  bool good = true;
  for (const Step& step : script_) {
    std::string why = co_await perform(step);
    good = why.empty();
    const std::string line = "line " + std::to_string(step.line) + ": " + step.source;
    story_.tell(good ? "ok" : "FAILED", good ? line : line + ": " + why,
                {{"line", step.line}, {"step", step.source}, {"ok", good}, {"why", why}});
    if (!good) break;
  }
  const bool recorded = co_await finish();
  co_return good&& recorded;
}

Task<bool> ScriptedCall::finish() {
  end();
  if (!recording_) co_return true;
  const std::shared_ptr<WavRecording> recording = std::exchange(recording_, nullptr);
  const RecordingResult result = co_await recording->finish();
  const bool made = !result.file.empty();
  story_.tell(made ? "recorded" : "not recorded", made ? result.file : result.error,
              {{"file", result.file}, {"error", result.error}});
  co_return made;
}

void ScriptedCall::end() {
  leg_->tap(nullptr);
  if (hung_up_) return;
  leg_->hang_up(Cause::normal);
  hung_up_ = Cause::normal;
  story_.tell("hung up");
}

Task<std::string> ScriptedCall::perform(Step step) {
  std::string why;
  switch (step.kind) {
    case Kind::say:
    case Kind::play:
    case Kind::tone: why = co_await sound(step); break;
    case Kind::ring:
      leg_->ring();
      why = co_await pass(step.length);
      break;
    case Kind::wait: why = co_await pass(step.length); break;
    case Kind::expect_voice:
    case Kind::expect_tone: why = co_await hear_tone(step); break;
    case Kind::expect_silence: why = co_await hear_silence(step); break;
    case Kind::digits: why = co_await send_digits(step); break;
    case Kind::expect_digits: why = co_await hear_digits(step); break;
    case Kind::refer: why = co_await refer(step); break;
    case Kind::answer: {
      leg_->answer();
      std::function<bool()> is_answered = [this] { return answered_; };
      const bool done = co_await until(std::move(is_answered), loop_.now() + patience);
      if (!done) why = missed(step, "the caller did not confirm it");
      break;
    }
    case Kind::expect_hangup: {
      std::function<bool()> is_over = [this] { return hung_up_.has_value(); };
      const bool over = co_await until(std::move(is_over), loop_.now() + step.within);
      if (!over) why = missed(step, "the call went on");
      break;
    }
    default: at_once(step);
  }
  co_return why;
}

void ScriptedCall::at_once(const Step& step) {
  if (step.kind == Kind::hold) leg_->hold();
  if (step.kind == Kind::retrieve) leg_->retrieve();
  if (step.kind == Kind::hang_up) end();
  if (step.kind != Kind::busy) return;
  leg_->hang_up(Cause::busy);
  hung_up_ = Cause::busy;
}

Task<std::string> ScriptedCall::pass(Duration time) {
  std::function<bool()> never = [] { return false; };
  co_await until(std::move(never), loop_.now() + time);
  co_return hung_up_ ? "the far side hung up" : "";
}

Task<std::string> ScriptedCall::sound(Step step) {
  playing_ = true;
  play_error_.clear();
  leg_->play(prompt_of(step), step.language.empty() ? "en" : step.language);
  std::function<bool()> is_played = [this] { return !playing_; };
  const bool played = co_await until(std::move(is_played), Timestamp::max());
  co_return played ? play_error_ : missed(step, "");
}

Task<std::string> ScriptedCall::hear_tone(Step step) {
  const Timestamp began = loop_.now();
  const auto wanted = std::find(frequencies_.begin(), frequencies_.end(), step.frequency);
  const bool any = step.kind == Kind::expect_voice;
  const std::uint32_t bit = any ? 0 : 1u << (wanted - frequencies_.begin());
  std::function<bool()> is_there = [this, any, bit] {
    return any ? hearing_.sound : (hearing_.tones & bit) != 0;
  };
  const bool there = co_await until(std::move(is_there), began + step.within);
  const bool heard = hearing_.sound || quiet_since_ > began || loud_at_ > began;
  co_return there ? "" : missed(step, heard ? "something else was heard" : "nothing was heard");
}

Task<std::string> ScriptedCall::hear_silence(Step step) {
  const Timestamp began = loop_.now(), deadline = began + step.within + step.length;
  while (loop_.now() < deadline && !hung_up_) {
    std::function<bool()> is_quiet = [this] { return !hearing_.sound; };
    const bool quiet = co_await until(std::move(is_quiet), deadline);
    if (!quiet) break;
    std::function<bool()> is_loud = [this] { return hearing_.sound; };
    const bool loud = co_await until(std::move(is_loud), std::max(began, quiet_since_) + step.length);
    if (!loud && !hung_up_) co_return "";
  }
  co_return missed(step, "it was never silent for so long");
}

Task<std::string> ScriptedCall::send_digits(Step step) {
  sending_ = true;
  leg_->send_digits(step.text);
  std::function<bool()> are_sent = [this] { return !sending_; };
  const bool sent = co_await until(std::move(are_sent), loop_.now() + patience);
  co_return sent ? "" : missed(step, "the digits did not go out");
}

Task<std::string> ScriptedCall::hear_digits(Step step) {
  std::function<bool()> are_there = [this, wanted = step.text] {
    return digits_.find(wanted, digits_used_) != std::string::npos;
  };
  const bool there = co_await until(std::move(are_there), loop_.now() + step.within);
  if (!there) {
    const std::string got = digits_.substr(digits_used_);
    co_return missed(step, got.empty() ? "no digits came" : "came " + got);
  }
  digits_used_ = digits_.find(step.text, digits_used_) + step.text.size();
  co_return "";
}

Task<std::string> ScriptedCall::refer(Step step) {
  referred_.reset();
  leg_->refer(Address(step.text));
  std::function<bool()> is_told = [this] { return referred_.has_value(); };
  const bool told = co_await until(std::move(is_told), loop_.now() + patience);
  if (!told) co_return missed(step, "nothing was told of it");
  co_return *referred_ == Cause::normal ? "" : std::string("the transfer failed: ") + to_string(*referred_);
}

std::string ScriptedCall::missed(const Step& step, const std::string& what) const {
  if (hung_up_) return std::string("the far side hung up (") + to_string(*hung_up_) + ")";
  const bool timed = step.kind >= Kind::expect_voice && step.kind <= Kind::expect_hangup;
  return timed ? what + " within " + seconds(step.within) : what;
}

}  // namespace vcsr
