// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recorder.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/recorded_parties.hpp"
#include "core/recorder_impl.hpp"
#include "core/unheard_recording.hpp"
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

Value listed(const std::vector<RecordingGap>& gaps) {
  Value::List list;
  for (const RecordingGap& gap : gaps)
    list.push_back(Value::Map{{"at", seconds(gap.at)},
                              {"length", seconds(gap.length)},
                              {"reason", gap.reason},
                              {"left_out", gap.left_out}});
  return list;
}

void note(const Recorder::Impl& recorder, const RecordingResult& result) {
  if (!result.error.empty())
    recorder.services->log.error(
        recorder.failure.empty() ? "a recording is incomplete" : "a conversation is not recorded",
        {{"contact", recorder.contact->id}, {"file", result.file}, {"error", result.error}});
  recorder.contact->append(events::recording_finished, {{"recording", recorder.id},
                                                        {"file", result.file},
                                                        {"began", to_string(recorder.began)},
                                                        {"length", seconds(result.length)},
                                                        {"paused", seconds(result.paused)},
                                                        {"gaps", listed(result.gaps)},
                                                        {"lost", seconds(result.lost)},
                                                        {"error", result.error}});
}

void forget_file(Recorder::Impl& recorder) {
  std::erase(recorder.contact->recordings, recorder.services->maker().kept_as(recorder.file));
  recorder.file.clear();
}

/// Who asked is told once it is gone.
Task<> discard(std::shared_ptr<Recorder::Impl> recorder, RecordingResult& result) {
  if (recorder->file.empty()) co_return;
  Services& services = *recorder->services;
  try {
    Task<> discarding = services.file_worker().run(
        [&maker = services.maker(), file = recorder->file] { maker.discard(file); });
    co_await std::move(discarding);
  } catch (const Error& error) {
    result.error = error.what();
    co_return;
  }
  forget_file(*recorder);
  result.file.clear();
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
  recorder->suspended.reset();
  if (const auto call = recorder->call.lock()) {
    call->recording.tap = nullptr;
    if (call->live()) call->leg->tap(nullptr);
    call->ears.obey();
  }
  Loop& loop = recorder->services->loop;
  RecordingResult result;
  result.file = recorder->file;
  result.length = std::chrono::duration_cast<Duration>(loop.wall_time() - recorder->began);
  Task<RecordingResult> finishing = recorder->audio->finish();
  std::optional<RecordingResult> finished = co_await within(loop, finish_limit, std::move(finishing));
  if (finished) result = *std::move(finished);
  else result.error = "the disk did not take its end in time; it is written as soon as there is space";
  if (!recorder->failure.empty() && !recorder->file.empty()) forget_file(*recorder);
  if (const auto call = recorder->call.lock(); call && call->recording.discarded.contains(recorder->id)) {
    Task<> discarding = discard(recorder, result);
    co_await std::move(discarding);
  }
  recorder->result = result;
  note(*recorder, result);
  for (Event<std::monostate>* waiting : std::exchange(recorder->waiting, {})) waiting->set({});
  co_return result;
}

Task<> stop_alone(Recorder recorder) {
  Task<RecordingResult> stopping = recorder.stop();
  co_await std::move(stopping);
}

Recorder never_begun(Call::Impl& call, std::string why) {
  auto recorder = std::make_shared<Recorder::Impl>();
  recorder->services = call.services;
  recorder->contact = call.contact;
  recorder->stopping = true;
  recorder->result.emplace().error = std::move(why);
  return Recorder(std::move(recorder));
}

RecordingTerms terms_of(const Call::Impl& call) {
  return call.recording.decision ? call.recording.decision->terms : RecordingTerms();
}

bool running(const Call::Impl& call) { return !call.recorders.empty() && call.recorders.back().running(); }

void require_folder(const Call::Impl& call) {
  call.require_live();
  if (call.services->options.recordings.empty())
    throw Error(Error::Code::unavailable,
                "nothing can be recorded: CenterOptions::recordings names no folder");
}

/// Who talks: the customer with whoever is in charge, or with the number that she dialled.
RecordedCall recorded_call(const Call::Impl& call) {
  const RecordedParty party = recorded_parties(call).front();
  return {.contact = call.contact->id,
          .customer = call.contact->customer_address().uri,
          .party = party.address,
          .party_name = party.name};
}

/// The call goes on without it.
std::function<void(const std::string&)> ending(std::weak_ptr<Recorder::Impl> weak) {
  return [weak = std::move(weak)](const std::string& why) {
    const auto recorder = weak.lock();
    if (!recorder) return;
    recorder->failure = why;
    if (!recorder->stopping) Recorder(recorder).stop_soon();
  };
}

std::shared_ptr<Recorder::Impl> begin(Call::Impl& call, RecordingOptions options) {
  auto recorder = std::make_shared<Recorder::Impl>();
  recorder->services = call.services;
  recorder->contact = call.contact;
  recorder->call = call.weak_from_this();
  recorder->id = call.services->loop.new_id();
  recorder->began = call.services->loop.wall_time();
  recorder->longest_pause = terms_of(call).longest_pause;
  const bool secret = call.recording.secrets > 0;
  if (call.driver.capabilities().taps) {
    recorder->file = path_of(call);
    if (!options.call.contact.empty()) options.call.recording = recorder->id;
    options.on_failed = ending(recorder);
    recorder->audio = call.services->maker().open(recorder->file, options);
    if (secret) recorder->audio->pause("secret");
    call.leg->tap(recorder->audio);
    call.recording.tap = recorder->audio;
    call.recording.parties =
        std::vector{RecordedParty{.address = options.call.party, .name = options.call.party_name}};
    call.contact->recordings.push_back(call.services->maker().kept_as(recorder->file));
  } else {
    recorder->audio = make_unheard_recording(call.services->loop, options);
  }
  call.contact->append(
      events::recording_started,
      {{"recording", recorder->id}, {"file", recorder->file}, {"only_speech", options.only_speech}});
  call.recorders.emplace_back(recorder);
  call.recording.message = false;
  if (!options.call.contact.empty()) tell_parties(call);
  if (secret) call.recording.secret_pauses.push_back(call.recorders.back().pause("secret"));
  return recorder;
}

}  // namespace

Recorder start_recording(Call::Impl& call) {
  require_folder(call);
  if (running(call)) return call.recorders.back();
  if (call.contact->recording_consent == false)
    return never_begun(call, "the customer did not agree to be recorded");
  const RecordingTerms terms = terms_of(call);
  const RecordingOptions options{.leave_out_pauses = terms.leave_out_pauses,
                                 .only_speech = terms.mode == RecordingMode::speech,
                                 .rule = call.recording.decision ? call.recording.decision->rule : "",
                                 .call = recorded_call(call)};
  try {
    return Recorder(begin(call, options));
  } catch (const Error& error) {
    // Space that is scarce costs recordings, never calls.
    if (error.code() != Error::Code::refused) throw;
    call.services->log.warning("a call is not recorded",
                               {{"contact", call.contact->id}, {"why", error.what()}});
    call.contact->append(events::recording_refused, {{"reason", error.what()}});
    return never_begun(call, error.what());
  }
}

std::shared_ptr<Recorder::Impl> start_message(Call::Impl& call) {
  require_folder(call);
  if (running(call)) call.recorders.back().stop_soon();
  call.contact->append(events::recording_decided, {{"mode", to_string(RecordingMode::all)},
                                                   {"rule", "voicemail"},
                                                   {"reason", "the caller leaves a message"},
                                                   {"queue", ""},
                                                   {"agent", ""},
                                                   {"whole_call", false}});
  auto message = begin(call, {.watch_silence = true, .rule = "voicemail"});
  call.recording.message = true;
  return message;
}

Recorder::Impl::~Impl() {
  if (!services->open) return;
  for (const Hold& hold : holds)
    if (hold.limit) services->loop.cancel(*hold.limit);
}

std::uint64_t Recorder::Impl::hold(std::string reason, Duration limit) {
  if (stopping) return 0;
  Loop& loop = services->loop;
  Hold hold{++last_hold_, std::move(reason), {}};
  if (limit < Timestamp::max() - loop.now())
    hold.limit = loop.at(loop.now() + limit, [weak = weak_from_this(), number = hold.number] {
      if (const auto self = weak.lock()) self->expire(number);
    });
  holds.push_back(std::move(hold));
  obey();
  return last_hold_;
}

void Recorder::Impl::release(std::uint64_t number) {
  const auto found =
      std::find_if(holds.begin(), holds.end(), [number](const Hold& hold) { return hold.number == number; });
  if (found == holds.end()) return;
  if (found->limit && services->open) services->loop.cancel(*found->limit);
  holds.erase(found);
  obey();
}

void Recorder::Impl::expire(std::uint64_t number) {
  const auto found =
      std::find_if(holds.begin(), holds.end(), [number](const Hold& hold) { return hold.number == number; });
  if (found == holds.end()) return;
  found->limit.reset();
  if (!stopping) {
    services->log.warning("a pause of a recording was forgotten and is ended",
                          {{"contact", contact->id}, {"reason", found->reason}});
    contact->append(events::recording_pause_expired, {{"recording", id}, {"reason", found->reason}});
  }
  release(number);
}

void Recorder::Impl::obey() {
  std::optional<std::string> wanted;
  if (!holds.empty()) wanted = holds.front().reason;
  if (stopping || wanted == held_for_) return;
  held_for_ = wanted;
  if (wanted) audio->pause(*wanted);
  else audio->resume();
  if (const auto heard = call.lock()) heard->ears.obey();
  contact->append(events::recording_paused,
                  {{"recording", id}, {"paused", wanted.has_value()}, {"reason", wanted.value_or("")}});
}

class Recorder::Pause::Token {
 public:
  Token(std::shared_ptr<Impl> recorder, std::string reason, Duration limit)
      : recorder_(std::move(recorder)), number_(recorder_->hold(std::move(reason), limit)) {}
  ~Token() { recorder_->release(number_); }
  Token(const Token&) = delete;

 private:
  std::shared_ptr<Impl> recorder_;
  std::uint64_t number_;
};

Recorder::Pause::Pause(std::unique_ptr<Token> token) : token_(std::move(token)) {}
Recorder::Pause::Pause(Pause&&) noexcept = default;
Recorder::Pause& Recorder::Pause::operator=(Pause&&) noexcept = default;
Recorder::Pause::~Pause() = default;

const std::string& Recorder::id() const { return impl_->id; }
const std::string& Recorder::file() const { return impl_->file; }
bool Recorder::running() const { return !impl_->stopping; }
bool Recorder::paused() const { return running() && !impl_->holds.empty(); }
Recorder::Pause Recorder::pause(std::string reason, Duration limit) {
  return Pause(std::make_unique<Pause::Token>(impl_, std::move(reason), limit));
}
void Recorder::suspend(std::string reason) {
  if (!running()) return;
  Pause suspended = pause(std::move(reason), impl_->longest_pause);
  impl_->suspended = std::move(suspended);
}
void Recorder::resume() { impl_->suspended.reset(); }
Task<RecordingResult> Recorder::stop() { return stop_recording(impl_); }
void Recorder::stop_soon() {
  if (impl_->services->open) impl_->services->background.spawn(stop_alone(*this));
}

}  // namespace vcsr
