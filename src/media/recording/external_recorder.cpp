// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/external_recorder.hpp"

#include <algorithm>
#include <utility>

namespace vcsr {

namespace {

class CopiedRecording final : public WavRecording {
 public:
  CopiedRecording(std::shared_ptr<WavRecording> inner, std::shared_ptr<ExternalCopy> copy)
      : inner_(std::move(inner)), copy_(std::move(copy)) {}
  ~CopiedRecording() override { copy_->end(); }

  void on_audio(const TapFrame& frame) noexcept override {
    inner_->on_audio(frame);
    copy_->on_audio(frame);
  }
  void pause(std::string reason) override {
    copy_->pause();
    inner_->pause(std::move(reason));
  }
  void resume() override {
    inner_->resume();
    copy_->resume();
  }
  Duration quiet() const override { return inner_->quiet(); }
  void on_parties(const std::vector<RecordedParty>& parties) override {
    inner_->on_parties(parties);
    copy_->on_parties(parties);
  }
  bool give_to(std::shared_ptr<AudioTap> ear) override { return inner_->give_to(std::move(ear)); }
  Task<RecordingResult> finish() override {
    copy_->end();
    return inner_->finish();
  }

 private:
  const std::shared_ptr<WavRecording> inner_;
  const std::shared_ptr<ExternalCopy> copy_;
};

class CopyingMaker final : public RecordingMaker {
 public:
  CopyingMaker(std::shared_ptr<ExternalRecorder> recorder, std::shared_ptr<RecordingMaker> inner,
               std::vector<std::string> rules)
      : recorder_(std::move(recorder)), inner_(std::move(inner)), rules_(std::move(rules)) {}

  std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) override {
    const RecordedCall call = options.call;
    const bool wanted = !call.contact.empty() && suits(options.rule);
    std::shared_ptr<WavRecording> recording = inner_->open(path, std::move(options));
    std::shared_ptr<ExternalCopy> copy = wanted ? recorder_->begin(call) : nullptr;
    if (!copy) return recording;
    return std::make_shared<CopiedRecording>(std::move(recording), std::move(copy));
  }
  std::string kept_as(const std::string& path) const override { return inner_->kept_as(path); }
  std::vector<std::uint8_t> read(const std::string& path) const override { return inner_->read(path); }
  bool holds(const std::string& path) const override { return inner_->holds(path); }
  void discard(const std::string& path) override { inner_->discard(path); }

 private:
  bool suits(const std::string& rule) const {
    return rules_.empty() || std::find(rules_.begin(), rules_.end(), rule) != rules_.end();
  }

  const std::shared_ptr<ExternalRecorder> recorder_;
  const std::shared_ptr<RecordingMaker> inner_;
  const std::vector<std::string> rules_;
};

}  // namespace

ExternalRecorder::~ExternalRecorder() = default;

std::shared_ptr<RecordingMaker> copied_to(std::shared_ptr<ExternalRecorder> recorder,
                                          std::shared_ptr<RecordingMaker> inner,
                                          std::vector<std::string> rules) {
  return std::make_shared<CopyingMaker>(std::move(recorder), std::move(inner), std::move(rules));
}

}  // namespace vcsr
