// SPDX-License-Identifier: Apache-2.0
#include "core/ask.hpp"

#include <utility>

#include "core/call_impl.hpp"
#include "core/recorder_impl.hpp"
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

Heard judged(std::string text, const AskOptions& options) {
  if (text.empty()) return {};
  const bool wrong =
      text.size() == 1 && !options.choices.empty() && options.choices.find(text[0]) == options.choices.npos;
  return {wrong ? Heard::Kind::wrong : Heard::Kind::digits, std::move(text)};
}

Task<> until_digit(std::shared_ptr<Call::Impl> call) {
  while (call->digits.empty()) co_await change(call);
}

/// Until the question was heard, or cut short by a digit.
Task<> put(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  if (options.barge_in && !call->digits.empty()) co_return;
  call->play(question, false);
  while (call->playing && !(options.barge_in && !call->digits.empty())) co_await change(call);
  call->stop_playing();
  if (!call->play_error.empty()) throw Error(Error::Code::not_found, std::exchange(call->play_error, {}));
}

Task<Heard> ask_once(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  co_await put(call, std::move(question), options);
  std::string text;
  while (!collect(*call, options, text)) {
    Task<> digit = until_digit(call);
    const Duration limit = text.empty() ? options.first_digit : options.next_digit;
    std::optional<std::monostate> pressed = co_await within(call->services->loop, limit, std::move(digit));
    if (!pressed) break;
  }
  co_return judged(std::move(text), options);
}

}  // namespace

Task<Heard> ask_digits(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  call->require_live();
  if (!options.type_ahead) call->digits.clear();
  Heard heard;
  for (int tried = 0; tried < options.tries && heard.kind != Heard::Kind::digits; ++tried) {
    Task<Heard> asking = ask_once(call, question, options);
    heard = co_await std::move(asking);
  }
  co_return heard;
}

Task<Secret> ask_hidden_digits(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  std::vector<Recorder::Pause> pauses;
  for (const Recorder& recorder : call->recorders) pauses.push_back(Recorder(recorder).pause());
  Task<Heard> asking = ask_digits(call, std::move(question), options);
  Heard heard = co_await std::move(asking);
  co_return Secret(std::move(heard.text));
}

}  // namespace vcsr
