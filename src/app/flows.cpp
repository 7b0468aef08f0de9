// SPDX-License-Identifier: Apache-2.0
#include "app/flows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/duration.hpp"
#include "app/nearest.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;

/// The settings of one number, checked as they are read.
class Settings {
 public:
  Settings(const Facts& facts, std::vector<std::string> known) : facts_(facts) {
    known.push_back("folder");
    for (const auto& [name, value] : facts) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string near = nearest(name, known);
      throw Error(Error::Code::invalid, "unknown setting \"" + name + "\"" +
                                            (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
  }

  template <class T>
  T get(std::string_view name, T otherwise, const char* expected) const {
    const auto found = facts_.find(name);
    if (found == facts_.end()) return otherwise;
    if (const T* value = found->second.get_if<T>()) return *value;
    throw Error(Error::Code::invalid,
                std::string(name) + ": expected " + expected + ", got " + to_json(found->second));
  }
  std::string text(std::string_view name, std::string otherwise = "") const {
    return get<std::string>(name, std::move(otherwise), "text in quotes");
  }

 private:
  const Facts& facts_;
};

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

Task<> wait_for_agent(Call call, Queue queue, Reason reason, ServeOptions options, std::string sorry) {
  co_await call.answer();
  const Served served = co_await queue.serve(call, std::move(reason), options);
  if (served.result == Served::Result::served || sorry.empty()) co_return;
  co_await call.say(sorry);
}

Dialogue make_queue(Center& center, Loop&, const Facts& facts) {
  const Settings settings(facts, {"queue", "reason", "priority", "patience", "sorry"});
  const Queue queue = center.queue(settings.text("queue"));
  const Reason reason(settings.text("reason", "asked for a person"));
  ServeOptions options;
  options.priority = static_cast<int>(settings.get<std::int64_t>("priority", 0, "a whole number"));
  const std::string patience = settings.text("patience");
  const std::optional<Duration> limit = parse_duration(patience);
  if (!patience.empty() && !limit)
    throw Error(Error::Code::invalid,
                "patience: expected a duration such as \"2min\", got \"" + patience + "\"");
  if (limit) options.patience = *limit;
  const std::string sorry = settings.text("sorry");
  return [queue, reason, options, sorry](Call call) {
    return wait_for_agent(std::move(call), queue, reason, options, sorry);
  };
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
  return flows;
}

}  // namespace vcsr
