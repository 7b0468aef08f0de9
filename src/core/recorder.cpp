// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recorder.hpp"

#include <utility>

#include "core/recorder_impl.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// A disk that is full must not keep a contact open.
constexpr Duration finish_limit = std::chrono::seconds(5);

/// recordings/2026-11-22/<contact>.wav, <contact>-2.wav, …
std::string path_of(const Call::Impl& call) {
  const Contact::Impl& contact = *call.contact;
  const std::string day = to_string(contact.arrived).substr(0, 10);
  const std::string more = call.recorders.empty() ? "" : "-" + std::to_string(call.recorders.size() + 1);
  return call.services->options.recordings + "/" + day + "/" + contact.id + more + ".wav";
}

RecordingResult silent_result(const Recorder::Impl& recorder) {
  RecordingResult result;
  result.file = recorder.file;
  result.length = recorder.services->loop.now() - recorder.began;
  return result;
}

void note(const Recorder::Impl& recorder, const RecordingResult& result) {
  if (!result.error.empty())
    recorder.services->log.error("a recording is incomplete",
                                 {{"file", result.file}, {"error", result.error}});
  recorder.contact->append(events::recording_finished, {{"recording", recorder.id},
                                                        {"file", result.file},
                                                        {"length", seconds(result.length)},
                                                        {"paused", seconds(result.paused)},
                                                        {"lost", seconds(result.lost)},
                                                        {"error", result.error}});
}

Task<RecordingResult> stop_recording(std::shared_ptr<Recorder::Impl> recorder) {
  if (recorder->stopping) {
    Event<std::monostate> finished(recorder->services->loop);
    if (!recorder->result) {
      recorder->waiting.push_back(&finished);
      co_await finished;
    }
    co_return *recorder->result;
  }
  recorder->stopping = true;
  RecordingResult result = silent_result(*recorder);
  if (recorder->audio) {
    if (const auto call = recorder->call.lock(); call && call->live()) call->leg->tap(nullptr);
    Task<RecordingResult> finishing = recorder->audio->finish();
    Loop& loop = recorder->services->loop;
    std::optional<RecordingResult> finished = co_await within(loop, finish_limit, std::move(finishing));
    if (finished) result = *std::move(finished);
    else result.error = "the disk did not take its end in time; it is written as soon as there is space";
  }
  recorder->result = result;
  note(*recorder, result);
  for (Event<std::monostate>* waiting : std::exchange(recorder->waiting, {})) waiting->set({});
  co_return result;
}

}  // namespace

Recorder start_recording(Call::Impl& call) {
  call.require_live();
  if (!call.recorders.empty() && call.recorders.back().running()) return call.recorders.back();
  if (call.services->options.recordings.empty())
    throw Error(Error::Code::unavailable,
                "nothing can be recorded: CenterOptions::recordings names no folder");
  auto recorder = std::make_shared<Recorder::Impl>();
  recorder->services = call.services;
  recorder->contact = call.contact;
  recorder->call = call.weak_from_this();
  recorder->id = call.services->loop.new_id();
  recorder->began = call.services->loop.now();
  if (call.driver.capabilities().taps) {
    recorder->file = path_of(call);
    recorder->audio = call.services->recordings.open(recorder->file);
    call.leg->tap(recorder->audio);
    call.contact->recordings.push_back(recorder->file);
  }
  call.contact->append(events::recording_started, {{"recording", recorder->id}, {"file", recorder->file}});
  call.recorders.emplace_back(std::move(recorder));
  return call.recorders.back();
}

class Recorder::Pause::Token {
 public:
  explicit Token(std::shared_ptr<Impl> recorder) : recorder_(std::move(recorder)) {
    if (++recorder_->pauses == 1) set(true);
  }
  ~Token() {
    if (--recorder_->pauses == 0) set(false);
  }
  Token(const Token&) = delete;

 private:
  void set(bool paused) {
    if (recorder_->stopping) return;
    if (recorder_->audio) paused ? recorder_->audio->pause() : recorder_->audio->resume();
    recorder_->contact->append(events::recording_paused, {{"recording", recorder_->id}, {"paused", paused}});
  }
  std::shared_ptr<Impl> recorder_;
};

Recorder::Pause::Pause(std::unique_ptr<Token> token) : token_(std::move(token)) {}
Recorder::Pause::Pause(Pause&&) noexcept = default;
Recorder::Pause& Recorder::Pause::operator=(Pause&&) noexcept = default;
Recorder::Pause::~Pause() = default;

const std::string& Recorder::id() const { return impl_->id; }
const std::string& Recorder::file() const { return impl_->file; }
bool Recorder::running() const { return !impl_->stopping; }
Recorder::Pause Recorder::pause() { return Pause(std::make_unique<Pause::Token>(impl_)); }
Task<RecordingResult> Recorder::stop() { return stop_recording(impl_); }

}  // namespace vcsr
