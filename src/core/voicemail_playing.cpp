// SPDX-License-Identifier: Apache-2.0
// How messages are played to their owner.
#include <utility>

#include "core/call_impl.hpp"
#include "core/mailbox_impl.hpp"
#include "core/voicemail_phrases.hpp"
#include "media/codec/resampler.hpp"
#include "media/wav_codec.hpp"
#include "vcsr/base/worker.hpp"

namespace vcsr {

namespace {

constexpr int most_tries = 3;

SoundPtr read_caller(const RecordingMaker& maker, const std::string& file) {
  const WavAudio audio = decode_wav(maker.read(file), file);
  return std::make_shared<Sound>(resample(audio.channel(0), audio.rate, samples_per_second));
}

Task<Prompt> render(std::shared_ptr<Mailbox::Impl> mailbox, VoicemailMessage message,
                    VoicemailPhrases phrases) {
  if (message.file.empty()) co_return phrases.unreadable();
  try {
    Services& services = *mailbox->services;
    Task<SoundPtr> reading = services.file_worker().run(
        [&maker = services.maker(), file = message.file] { return read_caller(maker, file); });
    SoundPtr sound = co_await std::move(reading);
    co_return Prompt::sound(std::move(sound));
  } catch (const Error& error) {
    mailbox->services->log.error("a message cannot be played",
                                 {{"file", message.file}, {"error", error.what()}});
  }
  co_return phrases.unreadable();
}

Task<bool> is_owner(std::shared_ptr<Mailbox::Impl> mailbox, Call call, std::string phone,
                    VoicemailPhrases phrases) {
  const MailboxOptions& options = mailbox->options;
  if (!phone.empty() && phone == options.phone.user()) co_return true;
  if (options.pin.empty()) co_return false;
  AskOptions pin;
  pin.max_digits = static_cast<int>(options.pin.reveal().size());
  for (int tried = 0; tried < most_tries; ++tried) {
    Task<Secret> asking = call.ask_secret(phrases.pin(), pin);
    Secret given = co_await std::move(asking);
    if (options.pin.matches(given.reveal())) co_return true;
  }
  co_return false;
}

Task<> call_back(Call call, Address to, VoicemailPhrases phrases) {
  Task<Reached> dialing = call.dial(std::move(to));
  Reached reached = co_await std::move(dialing);
  Task<> next = reached == Reached::answered ? call.talk() : call.say(phrases.unreached());
  co_await std::move(next);
}

Task<> play_message(std::shared_ptr<Mailbox::Impl> mailbox, Call call, VoicemailMessage message) {
  const VoicemailPhrases phrases(call.contact().language());
  Task<Prompt> rendering = render(mailbox, message, phrases);
  const Prompt sound = co_await std::move(rendering);
  AskOptions choice;
  choice.terminator = 0;
  choice.choices = "1234";
  for (;;) {
    Task<Heard> asking = call.ask(sound + phrases.choices(), choice);
    Heard heard = co_await std::move(asking);
    mailbox->set_heard(message.id);
    if (heard.text == "4") continue;
    if (heard.text == "2") mailbox->remove(message.id);
    if (heard.text == "3") {
      Task<> calling = call_back(call, message.from, phrases);
      co_await std::move(calling);
    }
    co_return;
  }
}

}  // namespace

Task<> play_messages(std::shared_ptr<Mailbox::Impl> mailbox, std::shared_ptr<Call::Impl> caller) {
  Call call(caller);
  Task<> answering = call.answer();
  co_await std::move(answering);
  const VoicemailPhrases phrases(call.contact().language());
  Task<bool> checking = is_owner(mailbox, call, caller->contact->phone, phrases);
  const bool owner = co_await std::move(checking);
  if (!owner) {
    mailbox->services->log.warning("somebody else wanted to hear a mailbox",
                                   {{"mailbox", mailbox->options.name}, {"from", call.from().uri}});
    Task<> refusing = call.say(phrases.refused());
    co_await std::move(refusing);
    co_return;
  }
  const std::vector<VoicemailMessage> messages = mailbox->sorted();
  std::size_t fresh = 0;
  for (const VoicemailMessage& message : messages) fresh += !message.heard;
  Task<> counting = call.say(phrases.counts(fresh, messages.size() - fresh));
  co_await std::move(counting);
  for (std::size_t i = 0; i < messages.size(); ++i) {
    Task<> playing = play_message(mailbox, call, messages[i]);
    co_await std::move(playing);
  }
  Task<> ending = call.say(phrases.no_more());
  co_await std::move(ending);
  call.contact().settle("messages heard");
}

}  // namespace vcsr
