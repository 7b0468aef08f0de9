// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/world.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/tone.hpp"

namespace vcsr::testing {

/// A line whose audio the test makes.
class AudibleLeg final : public Leg {
 public:
  explicit AudibleLeg(LegListener& listener) : listener(&listener) {}
  void listen(LegListener& another) override { listener = &another; }
  void ring() override {}
  void answer() override {}
  void hang_up(Cause) override {}
  void play(const Prompt&, const std::string&, PlayOptions) override { playing = true; }
  void stop_playing() override { playing = false; }
  void send_digits(const std::string&) override {}
  void hear(Leg&, bool) override {}
  void disconnect() override {}
  void hold() override {}
  void retrieve() override {}
  void refer(const Address&) override {}
  void tap(std::shared_ptr<AudioTap>) override {}
  void overhear(std::shared_ptr<AudioTap> listening) override { ear = std::move(listening); }

  LegListener* listener;
  std::shared_ptr<AudioTap> ear;
  bool playing = false;
};

class AudibleDriver final : public Driver {
 public:
  std::string_view name() const override { return "audible"; }
  Capabilities capabilities() const override { return {.dials = true, .transfers = false, .taps = true}; }
  bool reaches(const Address& to) const override { return to.scheme() == "audible"; }
  void start(Loop& loop, Reception&) override { loop_ = &loop; }
  void stop() override {}
  std::unique_ptr<Leg> dial(const Address&, LegListener& listener, const DialOptions&) override {
    auto made = std::make_unique<AudibleLeg>(listener);
    leg = made.get();
    return made;
  }

  /// The party's sound, 20 ms at a time; what comes after the ear has gone is not heard.
  void sound(const SoundPtr& sound) {
    for (std::size_t at = 0; at + frame_samples <= sound->samples().size(); at += frame_samples) {
      const auto heard = sound->encoded(Codec::pcmu).subspan(at, frame_samples);
      if (leg->ear) leg->ear->on_audio({Codec::pcmu, heard, heard});
    }
  }

  AudibleLeg* leg = nullptr;

 private:
  Loop* loop_ = nullptr;
};

/// A center of its own with such a line, and a customer whom it calls; World::center is gone.
struct AudibleWorld : World {
  explicit AudibleWorld(std::unique_ptr<Recognizer> recognizer = nullptr, CenterOptions options = {})
      : transcriber(loop, std::move(recognizer), Worker::Mode::on_loop) {
    owner.reset();
    options.transcriber = &transcriber;
    owner = std::make_unique<Center>(loop, *journal, *customers, std::move(options));
    auto made = std::make_unique<AudibleDriver>();
    lines = made.get();
    owner->add(std::move(made));
    scope.spawn(dial(*owner, outgoing));
    loop.run_for(100ms);
  }
  static Task<> dial(Center& center, std::optional<Outgoing>& outgoing) {
    outgoing = co_await center.call("audible:anna");
  }
  void answer() {
    lines->leg->listener->on_answered();
    loop.run_for(100ms);
  }
  std::vector<std::string> progress() {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(events::contact_progress))
      all.push_back(entry.data.at("heard").text());
    return all;
  }

  Transcriber transcriber;
  AudibleDriver* lines = nullptr;
  std::optional<Outgoing> outgoing;
  Scope scope{loop};
};

}  // namespace vcsr::testing
