// SPDX-License-Identifier: Apache-2.0
// How a message is taken from a caller.
#include <algorithm>
#include <exception>
#include <utility>

#include "core/call_impl.hpp"
#include "core/mailbox_impl.hpp"
#include "core/on_record.hpp"
#include "core/recorder_impl.hpp"
#include "core/voicemail_phrases.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/media/tone.hpp"

namespace vcsr {

namespace {

constexpr int most_takes = 3;
/// How often silence is looked for.
constexpr Duration look_again = std::chrono::milliseconds(100);

Prompt beep() {
  static const SoundPtr sound = tone({1000}, std::chrono::milliseconds(400));
  return Prompt::sound(sound);
}

/// One attempt at a message.
struct Take {
  std::shared_ptr<Recorder::Impl> recorder;
  RecordingResult result = {};
  std::exception_ptr hung_up = {};
};

Task<> any_key(std::shared_ptr<Call::Impl> call) {
  while (call->digits.empty()) co_await change(call);
}

/// Until a key, silence or the limit; what it throws is the caller's hanging up.
Task<> until_said(std::shared_ptr<Call::Impl> call, std::shared_ptr<Recorder::Impl> recorder, Duration limit,
                  Duration silence) {
  Loop& loop = call->services->loop;
  const Timestamp end = loop.now() + limit;
  while (loop.now() < end && recorder->audio->quiet() < silence && recorder->failure.empty()) {
    Task<> key = any_key(call);
    std::optional<std::monostate> pressed =
        co_await within(loop, std::min(look_again, end - loop.now()), std::move(key));
    if (pressed) co_return;
  }
}

Task<Take> record_take(std::shared_ptr<Call::Impl> call, Duration limit, Duration silence) {
  call->forget_digits();
  Take take{start_message(*call)};
  try {
    Task<> said = until_said(call, take.recorder, limit, silence);
    co_await std::move(said);
  } catch (const Hangup&) {
    take.hung_up = std::current_exception();
  }
  Task<RecordingResult> stopping = Recorder(take.recorder).stop();
  take.result = co_await std::move(stopping);
  if (!take.recorder->failure.empty() && !take.hung_up)
    throw Error(Error::Code::unavailable, take.recorder->failure);
  call->forget_digits();
  co_return take;
}

/// Whether the caller wants to speak anew.
Task<bool> wants_another(std::shared_ptr<Call::Impl> call, VoicemailPhrases phrases) {
  AskOptions options;
  options.terminator = 0;
  options.choices = "12";
  Task<Heard> asking = Call(call).ask(phrases.review(), options);
  Heard heard = co_await std::move(asking);
  co_return heard.text == "2";
}

VoicemailMessage keep(Mailbox::Impl& mailbox, Contact::Impl& contact, const Take& take) {
  VoicemailMessage message;
  message.id = take.recorder->id;
  message.contact = contact.id;
  message.from = contact.from;
  message.customer = contact.customer.customer ? contact.customer.customer->name : "";
  message.at = mailbox.services->loop.wall_time();
  message.length = take.result.length;
  message.file = take.recorder->file;
  contact.abandoned = false;
  Contact(contact.shared_from_this()).settle("message left");
  mailbox.add(message, contact.reason);
  return message;
}

}  // namespace

Task<std::optional<VoicemailMessage>> take_message(std::shared_ptr<Mailbox::Impl> mailbox,
                                                   std::shared_ptr<Call::Impl> call, Reason reason) {
  const MailboxOptions& options = mailbox->options;
  Contact(call->contact).set_reason(std::move(reason));
  Task<> answering = Call(call).answer();
  co_await std::move(answering);
  const VoicemailPhrases phrases(call->contact->language);
  const Prompt greeting = options.greeting.empty() ? phrases.greeting() : Prompt(options.greeting);
  for (int takes = 1;; ++takes) {
    Task<> greeting_caller = Call(call).say(takes == 1 ? greeting + beep() : beep());
    co_await std::move(greeting_caller);
    Task<Take> recording = record_take(call, options.limit, options.silence);
    Take take = co_await std::move(recording);
    const bool long_enough = take.result.length >= options.shortest;
    bool again = !long_enough;
    std::exception_ptr hung_up = take.hung_up;
    if (long_enough && options.review && !hung_up && takes < most_takes) {
      try {
        Task<bool> reviewing = wants_another(call, phrases);
        again = co_await std::move(reviewing);
      } catch (const Hangup&) {
        hung_up = std::current_exception();
      }
    }
    std::optional<VoicemailMessage> message;
    if (!again) message = keep(*mailbox, *call->contact, take);
    if (hung_up) std::rethrow_exception(hung_up);
    if (again && takes < most_takes) continue;
    if (message) {
      Task<> writing = on_record(call);
      co_await std::move(writing);
      Task<> thanks = Call(call).say(phrases.kept());
      co_await std::move(thanks);
    }
    co_return message;
  }
}

}  // namespace vcsr
