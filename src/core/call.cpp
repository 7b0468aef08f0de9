// SPDX-License-Identifier: Apache-2.0
#include "vcsr/call.hpp"

#include <algorithm>
#include <utility>

#include "core/ask.hpp"
#include "core/call_impl.hpp"
#include "core/listening.hpp"
#include "core/on_record.hpp"
#include "core/recorder_impl.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/parties.hpp"

namespace vcsr {

const char* to_string(Reached reached) noexcept {
  constexpr const char* names[] = {"answered", "busy", "no_answer", "refused", "unreachable"};
  return names[static_cast<int>(reached)];
}

namespace {

Task<> answer_call(std::shared_ptr<Call::Impl> call) {
  call->require_live();
  if (call->answered) co_return;
  call->leg->answer();
  while (!call->answered) co_await change(call);
  Task<> writing = on_record(call);
  co_await std::move(writing);
  Task<> recording = record_whole_call(call);
  co_await std::move(recording);
}

Task<> say_prompt(std::shared_ptr<Call::Impl> call, Prompt prompt) {
  call->require_live();
  call->play(prompt, false);
  const std::uint64_t mine = call->plays;
  while (call->playing && call->plays == mine) co_await change(call);
  if (call->plays == mine && !call->play_error.empty())
    throw Error(Error::Code::not_found, std::exchange(call->play_error, {}));
}

Task<> send(std::shared_ptr<Call::Impl> call, std::string digits) {
  call->require_live();
  call->sending_digits = true;
  call->leg->send_digits(digits);
  while (call->sending_digits) co_await change(call);
}

Task<Reached> refer_call(std::shared_ptr<Call::Impl> call, Address to) {
  call->require_live();
  call->referred.reset();
  call->leg->refer(to);
  // The line hangs up as soon as it is served elsewhere, maybe before it says so.
  bool gone = false;
  try {
    while (!call->referred) co_await change(call);
  } catch (const Hangup&) {
    gone = true;
  }
  const bool done = gone || call->referred == Cause::normal;
  const Reached reached = done ? Reached::answered : reached_by(*call->referred);
  call->contact->append(events::contact_transferred,
                        {{"target", to.uri}, {"result", to_string(reached)}, {"leg", Parties::customer}});
  if (!done) co_return reached;
  call->contact->transferred = true;
  call->hang_up(Cause::normal);
  throw Hangup();
}

Task<> wait_for_key(std::shared_ptr<Call::Impl> call, char key) {
  call->require_live();
  do {
    call->forget_digits();
    while (call->digits.empty()) co_await change(call);
  } while (call->digits.find(key) == call->digits.npos);
  call->forget_digits();
}

Task<> wait_for_end(std::shared_ptr<Call::Impl> call) {
  UntilEnd end(call->services->loop, call->waiters);
  co_await end;
}

}  // namespace

class Call::Listening::Token {
 public:
  Token(const std::shared_ptr<Call::Impl>& call, const std::shared_ptr<CallEars::Ear>& ear)
      : call_(call), ear_(ear) {}
  ~Token() {
    const auto call = call_.lock();
    const auto ear = ear_.lock();
    if (call && ear) call->ears.remove(ear);
  }
  Token(const Token&) = delete;

 private:
  const std::weak_ptr<Call::Impl> call_;
  const std::weak_ptr<CallEars::Ear> ear_;
};

Call::Listening::Listening(std::unique_ptr<Token> token) : token_(std::move(token)) {}
Call::Listening::Listening(Listening&&) noexcept = default;
Call::Listening& Call::Listening::operator=(Listening&&) noexcept = default;
Call::Listening::~Listening() = default;

const std::string& Call::id() const { return impl_->contact->id; }
const Address& Call::from() const { return impl_->contact->from; }
const Address& Call::to() const { return impl_->contact->to; }
bool Call::live() const { return impl_->live(); }
bool Call::answered() const { return impl_->answered; }
Contact Call::contact() const { return Contact(impl_->contact); }
CustomerContext Call::customer() const { return impl_->contact->context(); }
Parties Call::parties() const { return Parties(impl_); }

void Call::ring() {
  if (live() && !answered()) impl_->leg->ring();
}
Task<> Call::answer() { return answer_call(impl_); }
void Call::reject(Cause cause) { impl_->hang_up(cause); }
Task<> Call::say(Prompt prompt) { return say_prompt(impl_, std::move(prompt)); }
Task<Answerer> Call::detect_answerer(AnswererOptions options) {
  return vcsr::detect_answerer(impl_, options);
}
Task<Heard> Call::ask(Prompt question, AskOptions options) {
  return ask_digits(impl_, std::move(question), options);
}
Task<Secret> Call::ask_secret(Prompt question, AskOptions options) {
  return ask_hidden_digits(impl_, std::move(question), options);
}
Task<> Call::until_pressed(char key) { return wait_for_key(impl_, key); }
void Call::play(Prompt prompt, bool repeat) {
  impl_->require_live();
  impl_->play(prompt, repeat);
}
void Call::stop_playing() {
  if (live()) impl_->stop_playing();
}
Task<> Call::send_digits(std::string digits) { return send(impl_, std::move(digits)); }
Task<Reached> Call::dial(Address to, DialPartyOptions options) {
  return dial_party(impl_, std::move(to), options.ring_time);
}
Task<> Call::talk() { return talk_with_parties(impl_); }
void Call::hang_up_party() {
  if (live()) impl_->conversation.release_all();
}
Task<Reached> Call::transfer(Address to) { return refer_call(impl_, std::move(to)); }
Recorder Call::record() { return start_recording(*impl_); }
Recorder Call::request_recording() { return vcsr::request_recording(*impl_); }
std::optional<Recorder> Call::recorder() const {
  if (impl_->recorders.empty() || !impl_->recorders.back().running()) return std::nullopt;
  return impl_->recorders.back();
}
Call::Listening Call::overhear(std::shared_ptr<AudioTap> ear) {
  impl_->require_live();
  if (!impl_->driver.capabilities().taps)
    throw Error(Error::Code::unsupported, std::string(impl_->driver.name()) + " calls have no audio to hear");
  return Listening(std::make_unique<Listening::Token>(impl_, impl_->ears.add(std::move(ear))));
}
void Call::hang_up(Cause cause) { impl_->hang_up(cause); }
Task<> Call::ended() { return wait_for_end(impl_); }

}  // namespace vcsr
