// SPDX-License-Identifier: Apache-2.0
#include "app/flows.hpp"

#include <optional>
#include <utility>
#include <variant>

#include "app/settings.hpp"
#include "app/voicemail_flows.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;

Task<> answer_and_wait(Call call) {
  co_await call.answer();
  co_await call.ended();
}

Dialogue make_answer(Center&, Loop&, const Facts& facts) {
  const Settings settings(facts, {});
  return answer_and_wait;
}

/// A digit starts the prompt again; the last one is kept as "pressed".
Task<> menu(Call call, Prompt prompt, bool record) {
  co_await call.answer();
  std::optional<Recorder> recorder;
  if (record) recorder = call.record();
  const AskOptions one_digit{.first_digit = 1s, .terminator = 0};
  while (true) {
    const Heard heard = co_await call.ask(prompt, one_digit);
    if (heard.kind == Heard::Kind::digits) call.customer().set("pressed", heard.text);
  }
}

Dialogue make_ivr(Center&, Loop&, const Facts& facts) {
  const Settings settings(facts, {"prompt", "words", "record"});
  const std::string name = settings.text("prompt"), words = settings.text("words");
  const bool record = settings.get<bool>("record", false, "true or false");
  if (name.empty() == words.empty())
    throw Error(Error::Code::invalid, "expected either prompt, the name of a prompt, or words, what is said");
  const Prompt prompt = name.empty() ? Prompt::words(words) : Prompt(name);
  return [prompt, record](Call call) { return menu(std::move(call), prompt, record); };
}

/// How a number leads to a queue, and what becomes of those who get nobody.
struct Waiting {
  Queue queue;
  Reason reason;
  ServeOptions options;
  std::string sorry;
  std::optional<Mailbox> mailbox = {};
  char key = 0;  ///< the customer would rather leave a message
};

/// False when the customer pressed the key instead.
Task<bool> serve_or_key(Loop& loop, Call call, Waiting waiting, Served& served) {
  auto serve = [](Call customer, Waiting terms, Served& result) -> Task<> {
    result = co_await terms.queue.serve(customer, terms.reason, terms.options);
  };
  Task<> serving = serve(call, waiting, served);
  if (!waiting.key) {
    co_await std::move(serving);
    co_return true;
  }
  Task<> pressing = call.until_pressed(waiting.key);
  Task<std::variant<std::monostate, std::monostate>> either =
      first_of(loop, std::move(serving), std::move(pressing));
  const std::variant<std::monostate, std::monostate> first = co_await std::move(either);
  co_return first.index() == 0;
}

Task<> wait_for_agent(Loop& loop, Call call, Waiting waiting) {
  co_await call.answer();
  Served served{};
  Task<bool> trying = serve_or_key(loop, call, waiting, served);
  const bool waited_out = co_await std::move(trying);
  const bool settled = served.result == Served::Result::served || served.result == Served::Result::overflowed;
  if (waited_out && settled) co_return;
  if (waiting.mailbox) {
    Task<std::optional<VoicemailMessage>> taking = waiting.mailbox->take(call, waiting.reason);
    co_await std::move(taking);
  } else if (!waiting.sorry.empty()) {
    co_await call.say(waiting.sorry);
  }
}

void read_mailbox(Center& center, const Settings& settings, Waiting& waiting) {
  const std::string name = settings.text("mailbox"), key = settings.text("mailbox_key");
  if (!name.empty()) waiting.mailbox = center.mailbox(name);
  if (key.empty()) return;
  if (name.empty() || key.size() != 1)
    throw Error(Error::Code::invalid,
                "mailbox_key: expected one key such as \"1\" beside mailbox, got \"" + key + "\"");
  waiting.key = key[0];
}

Dialogue make_queue(Center& center, Loop& loop, const Facts& facts) {
  const Settings settings(facts,
                          {"queue", "reason", "priority", "patience", "sorry", "mailbox", "mailbox_key"});
  const Queue queue = center.queue(settings.text("queue"));
  const Reason reason(settings.text("reason", "asked for a person"));
  ServeOptions options;
  options.priority = static_cast<int>(settings.get<std::int64_t>("priority", 0, "a whole number"));
  options.patience = settings.duration("patience").value_or(options.patience);
  Waiting waiting{queue, reason, options, settings.text("sorry")};
  read_mailbox(center, settings, waiting);
  return [&loop, waiting](Call call) { return wait_for_agent(loop, std::move(call), waiting); };
}

}  // namespace

void Flows::add(std::string name, Flow flow) { flows_.insert_or_assign(std::move(name), std::move(flow)); }

const Flow& Flows::find(const std::string& name, const Place& place) const {
  const auto found = flows_.find(name);
  if (found != flows_.end()) return found->second;
  std::string names;
  for (const auto& [known, flow] : flows_) names += (names.empty() ? "" : ", ") + known;
  throw Error(Error::Code::not_found, place, "there is no flow \"" + name + "\"; there are: " + names);
}

Flows built_in_flows() {
  Flows flows;
  flows.add("answer", make_answer);
  flows.add("ivr", make_ivr);
  flows.add("queue", make_queue);
  add_voicemail_flows(flows);
  return flows;
}

}  // namespace vcsr
