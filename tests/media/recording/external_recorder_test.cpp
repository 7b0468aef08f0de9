// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/external_recorder.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace vcsr {
namespace {

/// Writes down what is asked of it.
struct Steps {
  std::vector<std::string> all;
};

class Copy final : public ExternalCopy {
 public:
  explicit Copy(Steps& steps) : steps_(steps) {}
  void on_audio(const TapFrame&) noexcept override { steps_.all.push_back("copied"); }
  void pause() override { steps_.all.push_back("copy pauses"); }
  void resume() override { steps_.all.push_back("copy goes on"); }
  void on_parties(const std::vector<RecordedParty>& parties) override {
    steps_.all.push_back("copy of a talk with " + parties.front().name);
  }
  void end() override {
    if (!std::exchange(ended_, true)) steps_.all.push_back("copy ends");
  }

 private:
  Steps& steps_;
  bool ended_ = false;
};

class Recorder final : public ExternalRecorder {
 public:
  explicit Recorder(Steps& steps) : steps_(steps) {}
  std::shared_ptr<ExternalCopy> begin(const RecordedCall& call) override {
    steps_.all.push_back("copy of " + call.recording);
    if (refuses) return nullptr;
    return std::make_shared<Copy>(steps_);
  }
  void follow(std::function<void(const ExternalCopyNews&)>) override {}
  std::string trouble() const override { return {}; }

  bool refuses = false;

 private:
  Steps& steps_;
};

class Recording final : public WavRecording {
 public:
  explicit Recording(Steps& steps) : steps_(steps) {}
  void on_audio(const TapFrame&) noexcept override { steps_.all.push_back("kept"); }
  void pause(std::string reason) override { steps_.all.push_back("pauses for " + reason); }
  void resume() override { steps_.all.push_back("goes on"); }
  Duration quiet() const override { return std::chrono::seconds(3); }
  bool give_to(std::shared_ptr<AudioTap>) override {
    steps_.all.push_back("heard live");
    return true;
  }
  Task<RecordingResult> finish() override {
    steps_.all.push_back("finished");
    co_return RecordingResult();
  }

 private:
  Steps& steps_;
};

class Maker final : public RecordingMaker {
 public:
  explicit Maker(Steps& steps) : steps_(steps) {}
  std::shared_ptr<WavRecording> open(const std::string&, RecordingOptions) override {
    return std::make_shared<Recording>(steps_);
  }
  std::string kept_as(const std::string& path) const override { return path + ".sealed"; }
  std::vector<std::uint8_t> read(const std::string&) const override { return {7}; }
  void discard(const std::string& path) override { steps_.all.push_back("discard " + path); }

 private:
  Steps& steps_;
};

struct Studio {
  Steps steps;
  std::shared_ptr<Recorder> recorder = std::make_shared<Recorder>(steps);
  std::shared_ptr<RecordingMaker> maker(std::vector<std::string> rules = {}) {
    return copied_to(recorder, std::make_shared<Maker>(steps), std::move(rules));
  }
};

RecordingOptions of_a_call(std::string rule = {}) {
  RecordingOptions options;
  options.rule = std::move(rule);
  options.call.contact = "contact";
  options.call.recording = "recording";
  return options;
}

const std::array<std::uint8_t, frame_samples> silence{};
const TapFrame frame{Codec::pcmu, silence, silence};
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a recording and its copy hear the same, and the copy pauses first and goes on last") {
  Studio studio;
  const auto recording = studio.maker()->open("a.wav", of_a_call());

  recording->on_audio(frame);
  recording->pause("secret");
  recording->resume();

  CHECK(studio.steps.all == Words{"copy of recording", "kept", "copied", "copy pauses", "pauses for secret",
                                  "goes on", "copy goes on"});
  CHECK(recording->quiet() == std::chrono::seconds(3));
}

TEST_CASE("who listens to a recording that is copied is the recording's") {
  Studio studio;
  const auto recording = studio.maker()->open("a.wav", of_a_call());

  CHECK(recording->give_to(nullptr));
  CHECK(studio.steps.all == Words{"copy of recording", "heard live"});
}

TEST_CASE("a copy ends with its recording, finished or let go of") {
  Studio studio;
  auto recording = studio.maker()->open("a.wav", of_a_call());

  Task<RecordingResult> finishing = recording->finish();
  finishing.start();
  recording.reset();
  studio.maker()->open("b.wav", of_a_call()).reset();

  CHECK(studio.steps.all ==
        Words{"copy of recording", "copy ends", "finished", "copy of recording", "copy ends"});
}

TEST_CASE("a copy is told who takes part by now") {
  Studio studio;
  const auto recording = studio.maker()->open("a.wav", of_a_call());

  recording->on_parties({{.address = "sip:1002", .name = "Bob"}});

  CHECK(studio.steps.all == Words{"copy of recording", "copy of a talk with Bob"});
}

TEST_CASE("messages and recordings of other rules are not copied") {
  Studio studio;
  const auto maker = studio.maker({"sales"});

  const auto message = studio.maker()->open("message.wav", RecordingOptions());
  const auto other = maker->open("other.wav", of_a_call("service"));
  CHECK(studio.steps.all.empty());

  const auto sales = maker->open("sales.wav", of_a_call("sales"));
  CHECK(studio.steps.all == Words{"copy of recording"});
}

TEST_CASE("a recording without a copy is made all the same") {
  Studio studio;
  studio.recorder->refuses = true;
  const auto recording = studio.maker()->open("a.wav", of_a_call());

  recording->on_audio(frame);

  CHECK(studio.steps.all == Words{"copy of recording", "kept"});
}

TEST_CASE("what is asked of the maker reaches the one inside") {
  Studio studio;
  const auto maker = studio.maker();

  maker->discard("a.wav");

  CHECK(studio.steps.all == Words{"discard a.wav"});
  CHECK(maker->kept_as("a.wav") == "a.wav.sealed");
  CHECK(maker->read("a.wav") == std::vector<std::uint8_t>{7});
}

}  // namespace vcsr
