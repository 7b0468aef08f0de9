// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "checked_journal.hpp"
#include "core/world.hpp"

namespace vcsr::testing {

/// Simulated lines that also carry audio to a tap: what the party says is decided by `says`.
class TappedDriver final : public Driver, public Reception {
 public:
  explicit TappedDriver(std::unique_ptr<SimDriver> lines) : lines_(std::move(lines)) {}

  std::string_view name() const override { return "tapped"; }
  Capabilities capabilities() const override { return {.dials = true, .transfers = true, .taps = true}; }
  bool reaches(const Address& to) const override { return lines_->reaches(to); }
  void start(Loop& loop, Reception& reception) override {
    loop_ = &loop;
    reception_ = &reception;
    lines_->start(loop, *this);
  }
  void stop() override { lines_->stop(); }
  std::unique_ptr<Leg> dial(const Address& to, LegListener& listener, const DialOptions& options) override {
    return std::make_unique<TappedLeg>(*this, lines_->dial(to, listener, options));
  }
  void on_arrival(std::unique_ptr<Leg> leg, const Arrival& arrival) override {
    reception_->on_arrival(std::make_unique<TappedLeg>(*this, std::move(leg)), arrival);
  }
  void on_device(const std::string& user, bool reachable) override { reception_->on_device(user, reachable); }

  void notify_messages(const Address& to, const WaitingMessages& waiting) override {
    lamps.push_back(to.uri + " " + std::to_string(waiting.fresh) + "/" + std::to_string(waiting.heard));
  }

  std::vector<std::string> lamps;
  /// Whether the parties of tapped legs speak just now.
  std::function<bool()> says = [] { return true; };

 private:
  class TappedLeg final : public Leg, LegListener {
   public:
    TappedLeg(TappedDriver& driver, std::unique_ptr<Leg> line) : driver_(driver), line_(std::move(line)) {}
    ~TappedLeg() override { tap(nullptr); }

    void listen(LegListener& listener) override {
      listener_ = &listener;
      line_->listen(*this);
    }
    void ring() override { line_->ring(); }
    void answer() override { line_->answer(); }
    void hang_up(Cause cause) override {
      tap(nullptr);
      line_->hang_up(cause);
    }
    void play(const Prompt& prompt, const std::string& language, PlayOptions options) override {
      line_->play(prompt, language, options);
    }
    void stop_playing() override { line_->stop_playing(); }
    void send_digits(const std::string& digits) override { line_->send_digits(digits); }
    void hear(Leg& other, bool on) override { line_->hear(*dynamic_cast<TappedLeg&>(other).line_, on); }
    void disconnect() override { line_->disconnect(); }
    void hold() override { line_->hold(); }
    void retrieve() override { line_->retrieve(); }
    void refer(const Address& target) override { line_->refer(target); }
    void tap(std::shared_ptr<AudioTap> tap) override {
      driver_.loop_->cancel(std::exchange(timer_, {}));
      tap_ = std::move(tap);
      if (tap_) tick();
    }

   private:
    void on_ringing() override { listener_->on_ringing(); }
    void on_answered() override { listener_->on_answered(); }
    void on_played() override { listener_->on_played(); }
    void on_play_failed(const std::string& why) override { listener_->on_play_failed(why); }
    void on_digit(char digit) override { listener_->on_digit(digit); }
    void on_digits_sent() override { listener_->on_digits_sent(); }
    void on_held(bool held) override { listener_->on_held(held); }
    void on_referred(Cause outcome) override { listener_->on_referred(outcome); }
    void on_hung_up(Cause cause) override { listener_->on_hung_up(cause); }
    bool on_replaced(std::unique_ptr<Leg>& by, const Arrival& arrival) override {
      std::unique_ptr<Leg> tapped = std::make_unique<TappedLeg>(driver_, std::move(by));
      return listener_->on_replaced(tapped, arrival);
    }

    void tick() {
      std::array<std::uint8_t, frame_samples> heard, sent;
      heard.fill(driver_.says() ? 0x11 : silence_of(Codec::pcma));
      sent.fill(silence_of(Codec::pcma));
      tap_->on_audio({.codec = Codec::pcma, .heard = heard, .sent = sent});
      timer_ = driver_.loop_->at(driver_.loop_->now() + frame_duration, [this] { tick(); });
    }

    TappedDriver& driver_;
    std::unique_ptr<Leg> line_;
    std::shared_ptr<AudioTap> tap_;
    Loop::TimerId timer_{};
    LegListener* listener_ = nullptr;
  };

  std::unique_ptr<SimDriver> lines_;
  Loop* loop_ = nullptr;
  Reception* reception_ = nullptr;
};

/// Keeps no audio, but counts it; finish() takes as long as the test wants.
class CountedRecording final : public WavRecording {
 public:
  /// `why` it has no file; "": it has.
  CountedRecording(Loop& loop, std::string file, RecordingOptions options, bool finishes, std::string why)
      : options(options),
        loop_(loop),
        file_(why.empty() ? std::move(file) : ""),
        finishes_(finishes),
        why_(std::move(why)) {
    if (!why_.empty()) loop_.post([this] { this->options.on_failed(why_); });
  }

  void on_audio(const TapFrame& frame) noexcept override {
    quiet_ = frame.heard[0] == 0x11 ? Duration() : quiet_ + frame_duration;
    ++(paused ? silent : kept);
  }
  void pause(std::string reason) override {
    paused = true;
    reasons.push_back(std::move(reason));
  }
  void resume() override { paused = false; }
  Duration quiet() const override { return quiet_; }
  void on_parties(const std::vector<RecordedParty>& parties) override { told.push_back(parties); }
  Task<RecordingResult> finish() override { return end(loop_, file_, kept + silent, finishes_, why_); }

  const std::string& file() const { return file_; }

  const RecordingOptions options;
  bool paused = false;
  int kept = 0, silent = 0;  ///< frames
  std::vector<std::string> reasons;
  std::vector<std::vector<RecordedParty>> told;  ///< who took part, one change after the other

 private:
  static Task<RecordingResult> end(Loop& loop, std::string file, int frames, bool finishes, std::string why) {
    Event<std::monostate> never(loop);
    if (!finishes) co_await never;
    RecordingResult result;
    result.length = frames * frame_duration;
    result.file = std::move(file);
    result.error = std::move(why);
    co_return result;
  }

  Loop& loop_;
  std::string file_;
  bool finishes_;
  const std::string why_;
  Duration quiet_{};
};

class CountingMaker final : public RecordingMaker {
 public:
  explicit CountingMaker(Loop& loop) : loop_(loop) {}
  std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) override {
    if (!refusal.empty()) throw Error(Error::Code::refused, path + refusal);
    const std::string why = failure.empty() ? "" : path + failure;
    made.push_back(std::make_shared<CountedRecording>(loop_, path, options, disk_has_space, why));
    return made.back();
  }

  std::string kept_as(const std::string& path) const override { return path + suffix; }
  void discard(const std::string& path) override { discarded.push_back(path); }

  std::string suffix;  ///< of finished recordings
  std::vector<std::string> discarded;
  bool disk_has_space = true;
  std::string refusal;  ///< what is said of recordings that are not made
  std::string failure;  ///< and of those whose file cannot be made
  std::vector<std::shared_ptr<CountedRecording>> made;

 private:
  Loop& loop_;
};

/// A center whose lines carry audio and whose recordings can be looked into; all in virtual time.
struct TappedWorld {
  explicit TappedWorld(RecordingPolicy policy = {}) {
    CenterOptions options;
    options.recordings = "recordings";
    options.recording = std::move(policy);
    options.recording_maker = maker;
    options.file_work = Worker::Mode::on_loop;
    center = std::make_unique<Center>(loop, *journal, *customers, std::move(options));
    auto sim = std::make_unique<SimDriver>(SimOptions{.catalog = World::prompts()});
    lines = sim.get();
    auto made = std::make_unique<TappedDriver>(std::move(sim));
    driver = made.get();
    center->add(std::move(made));
  }

  SimParty caller(SimBehavior behavior) { return lines->call("sim:anna", "sim:8000", std::move(behavior)); }

  std::vector<JournalEntry> entries(const std::string& type) {
    std::vector<JournalEntry> some;
    Scope scope(loop);
    auto read = [](Journal& from, std::vector<JournalEntry>& out) -> Task<> {
      out = co_await from.read(1, SIZE_MAX);
    };
    scope.spawn(read(*journal, some));
    loop.run_for(0s);
    std::erase_if(some, [&type](const JournalEntry& entry) { return entry.type != type; });
    return some;
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_checked_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  std::shared_ptr<CountingMaker> maker = std::make_shared<CountingMaker>(loop);
  std::unique_ptr<Center> center;
  SimDriver* lines = nullptr;
  TappedDriver* driver = nullptr;
};

}  // namespace vcsr::testing
