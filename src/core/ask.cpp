// SPDX-License-Identifier: Apache-2.0
#include "core/ask.hpp"

#include <string.h>

#include <utility>
#include <vector>

#include "core/call_impl.hpp"
#include "core/call_recording.hpp"
#include "core/listening.hpp"
#include "core/party.hpp"
#include "core/spoken_answer.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

namespace {

/// Many end a number with # although it is complete; that # answers no further question.
void spend_terminator(Call::Impl& call, char terminator) {
  if (call.digits.empty()) call.spent_terminator = terminator;
  else if (call.digits.front() == terminator) call.digits.erase(0, 1);
}

/// Moves what was pressed into `text`; true when the input is complete.
bool collect(Call::Impl& call, const AskOptions& options, std::string& text) {
  while (!call.digits.empty()) {
    const char digit = call.digits.front();
    call.digits.erase(0, 1);
    if (options.terminator && digit == options.terminator) return true;
    text += digit;
    if (text.size() < static_cast<std::size_t>(options.max_digits)) continue;
    if (options.max_digits > 1) spend_terminator(call, options.terminator);
    return true;
  }
  return false;
}

Heard::Kind kind_of(const std::string& text, const AskOptions& options) {
  if (text.empty()) return Heard::Kind::nothing;
  const bool wrong =
      text.size() == 1 && !options.choices.empty() && options.choices.find(text[0]) == options.choices.npos;
  return wrong ? Heard::Kind::wrong : Heard::Kind::digits;
}

Task<> until_digit(std::shared_ptr<Call::Impl> call) {
  while (call->digits.empty()) co_await change(call);
}

/// Until the question was heard, or cut short by a digit or a word.
Task<> put(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options,
           std::shared_ptr<UtteranceEar> words) {
  const std::vector<Prompt> passages = question.passages();
  for (const Prompt& passage : passages) {
    const bool whole = !passage.parts().front().barge_in;
    const auto cut_short = [&] {
      return !whole && ((options.barge_in && !call->digits.empty()) || (words && words->begun()));
    };
    if (cut_short()) continue;
    call->play(passage, false);
    while (call->playing && !cut_short()) {
      Task<> waiting = words ? moment(call) : change(call);
      co_await std::move(waiting);
    }
    call->stop_playing();
    if (!call->play_error.empty()) throw Error(Error::Code::not_found, std::exchange(call->play_error, {}));
  }
}

/// Until the input is complete, or nothing more is pressed.
Task<> collect_all(std::shared_ptr<Call::Impl> call, AskOptions options, std::string& text) {
  while (!collect(*call, options, text)) {
    Task<> digit = until_digit(call);
    const Duration limit = text.empty() ? options.first_digit : options.next_digit;
    std::optional<std::monostate> pressed = co_await within(call->services->loop, limit, std::move(digit));
    if (!pressed) break;
  }
}

/// Asks and leaves what was pressed in `text`, the caller's.
Task<> ask_once(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options, std::string& text) {
  co_await put(call, std::move(question), options, nullptr);
  Task<> collecting = collect_all(call, options, text);
  co_await std::move(collecting);
}

/// The same, or what was said until a key was pressed.
Task<Heard> ask_aloud(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  const auto ear = std::make_shared<UtteranceEar>();
  std::optional<Overhearing> overhearing;
  if (options.speech_barges_in) overhearing.emplace(call, ear);
  Task<> putting = put(call, std::move(question), options, options.speech_barges_in ? ear : nullptr);
  co_await std::move(putting);
  if (!overhearing) overhearing.emplace(call, ear);
  Task<Heard> listening = words_of(call, ear, *options.grammar, options.first_digit);
  Heard heard = co_await std::move(listening);
  if (call->digits.empty()) co_return heard;
  heard = Heard();
  Task<> collecting = collect_all(call, options, heard.text);
  co_await std::move(collecting);
  heard.kind = kind_of(heard.text, options);
  co_return heard;
}

/// Digits that leave nothing behind in memory: always one piece of it, wiped in the end.
class HiddenDigits {
 public:
  HiddenDigits() { text.reserve(255); }
  ~HiddenDigits() { wipe(); }
  HiddenDigits(const HiddenDigits&) = delete;

  void wipe() {
    explicit_bzero(text.data(), text.capacity());
    text.clear();
  }

  std::string text;
};

/// Whoever the customer talks with hears nothing meanwhile.
class Apart {
 public:
  explicit Apart(std::shared_ptr<Call::Impl> call) : call_(std::move(call)) { set(true); }
  ~Apart() { set(false); }
  Apart(const Apart&) = delete;

 private:
  void set(bool apart) {
    if (!call_->live()) return;
    call_->conversation.customer.apart = apart;
    call_->conversation.apply();
  }
  std::shared_ptr<Call::Impl> call_;
};

}  // namespace

Task<Heard> ask_digits(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  call->require_live();
  if (!options.type_ahead) call->forget_digits();
  Heard heard;
  const bool aloud =
      options.grammar && call->services->options.transcriber && call->driver.capabilities().taps;
  const auto understood = [&] {
    return heard.kind == Heard::Kind::digits || heard.kind == Heard::Kind::speech;
  };
  for (int tried = 0; tried < options.tries && !understood(); ++tried) {
    if (aloud) {
      Task<Heard> asking = ask_aloud(call, question, options);
      heard = co_await std::move(asking);
      continue;
    }
    heard = Heard();
    co_await ask_once(call, question, options, heard.text);
    heard.kind = kind_of(heard.text, options);
  }
  co_return heard;
}

Task<Secret> ask_hidden_digits(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  call->require_live();
  const SecretEntry entry(call);
  const Apart apart(call);
  if (!options.type_ahead) call->forget_digits();
  HiddenDigits digits;
  for (int tried = 0; tried < options.tries; ++tried) {
    digits.wipe();
    co_await ask_once(call, question, options, digits.text);
    if (kind_of(digits.text, options) == Heard::Kind::digits) break;
  }
  co_return Secret(std::move(digits.text));
}

}  // namespace vcsr
