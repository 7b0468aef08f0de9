// SPDX-License-Identifier: Apache-2.0
// The vcsr command with dialogues that no center would have, for the far ends that the tests bring.
#include <chrono>
#include <string>

#include "app/duration.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/call.hpp"
#include "vcsr/media/tone.hpp"
#include "vcsr/version.hpp"

namespace {

using namespace vcsr;

std::string text(const Facts& facts, std::string_view key) {
  const auto found = facts.find(key);
  if (found == facts.end()) throw Error(Error::Code::invalid, std::string(key) + " is missing");
  return found->second.text();
}

Duration duration(const Facts& facts, std::string_view key) {
  return parse_duration(text(facts, key)).value();
}

Cause cause(const std::string& name) {
  for (int value = 0; value <= static_cast<int>(Cause::answered_elsewhere); ++value)
    if (name == to_string(Cause(value))) return Cause(value);
  throw Error(Error::Code::invalid, "there is no cause " + name);
}

/// Rings for a while before it answers.
Dialogue make_ring(Center&, Loop& loop, const Facts& facts) {
  return [&loop, time = duration(facts, "time")](Call call) -> Task<> {
    auto serve = [](Loop& on, Duration length, Call caller) -> Task<> {
      caller.ring();
      Task<> leaving = caller.ended();
      co_await within(on, length, std::move(leaving));
      co_await caller.answer();
      co_await caller.ended();
    };
    return serve(loop, time, std::move(call));
  };
}

/// Does not take the call, for a cause.
Dialogue make_reject(Center&, Loop&, const Facts& facts) {
  return [why = cause(text(facts, "cause"))](Call call) -> Task<> {
    auto serve = [](Cause reason, Call caller) -> Task<> {
      caller.reject(reason);
      co_return;
    };
    return serve(why, std::move(call));
  };
}

/// Plays before it answers.
Dialogue make_early(Center&, Loop&, const Facts& facts) {
  return [name = text(facts, "prompt")](Call call) -> Task<> {
    auto serve = [](std::string prompt, Call caller) -> Task<> {
      co_await caller.say(Prompt(prompt));
      co_await caller.answer();
      co_await caller.ended();
    };
    return serve(name, std::move(call));
  };
}

/// Passes the caller on to somewhere else, by the caller's own line.
Dialogue make_transfer(Center&, Loop&, const Facts& facts) {
  return [to = text(facts, "to")](Call call) -> Task<> {
    auto serve = [](std::string target, Call caller) -> Task<> {
      co_await caller.answer();
      const Reached reached = co_await caller.transfer(Address(target));
      caller.customer().set("transfer", to_string(reached));
    };
    return serve(to, std::move(call));
  };
}

/// Puts the caller through to an address, and records what both say.
Dialogue make_connect(Center&, Loop&, const Facts& facts) {
  return [to = text(facts, "to"), time = duration(facts, "time")](Call call) -> Task<> {
    auto serve = [](std::string target, Duration ring_time, Call caller) -> Task<> {
      co_await caller.answer();
      caller.record();
      const DialPartyOptions options{.ring_time = ring_time};
      const Reached reached = co_await caller.dial(Address(target), options);
      caller.customer().set("reached", to_string(reached));
      if (reached == Reached::answered) co_await caller.talk();
    };
    return serve(to, time, std::move(call));
  };
}

/// Asks for digits, hidden and open ones, and tells of the hidden ones only what proves that they came.
Dialogue make_secret(Center&, Loop&, const Facts&) {
  return [](Call call) -> Task<> {
    auto serve = [](Call caller) -> Task<> {
      const Prompt question = Prompt::sound(tone({440}, std::chrono::milliseconds(300)));
      AskOptions options;
      options.first_digit = options.next_digit = std::chrono::seconds(10);
      co_await caller.answer();
      caller.record();
      for (const int digits : {8, 16}) {
        options.max_digits = digits;
        Secret secret = co_await caller.ask_secret(question, options);
        int check = 0, place = 0;
        for (const char digit : secret.reveal()) check = (check + ++place * (digit - '0')) % 97;
        caller.customer().set("check_" + std::to_string(digits), check);
      }
      co_await caller.say(Prompt::sound(silence(std::chrono::milliseconds(1500))));
      options.max_digits = 10;
      const Heard heard = co_await caller.ask(question, options);
      caller.customer().set("open", heard.text);
      co_await caller.ended();
    };
    return serve(std::move(call));
  };
}

}  // namespace

int main(int argc, char** argv) {
  ToolParts parts;
  parts.version = VCSR_VERSION;
  parts.flows = built_in_flows();
  parts.flows.add("ring", make_ring);
  parts.flows.add("reject", make_reject);
  parts.flows.add("early", make_early);
  parts.flows.add("transfer", make_transfer);
  parts.flows.add("connect", make_connect);
  parts.flows.add("secret", make_secret);
  return run_tool(argc, argv, parts);
}
