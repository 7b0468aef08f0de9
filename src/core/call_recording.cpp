// SPDX-License-Identifier: Apache-2.0
#include "core/call_recording.hpp"

#include <utility>

#include "core/ask.hpp"
#include "core/call_impl.hpp"
#include "core/recorder_impl.hpp"
#include "core/recording_terms.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

constexpr Duration key_held = std::chrono::seconds(1);

double dice_of(Call::Impl& call) {
  std::optional<double>& dice = call.recording.dice;
  if (!dice) dice = static_cast<double>(call.services->loop.random() >> 11) * 0x1p-53 * 100;
  return *dice;
}

bool leaves_to_chance(const RecordingPolicy& policy, const QueueOptions* queue) {
  if (queue && queue->record && queue->recording.share < 100) return true;
  for (const RecordingRule& rule : policy.rules)
    if (rule.terms.share < 100) return true;
  return false;
}

RecordingFacts facts_of(Call::Impl& call, const QueueOptions* queue, const AgentOptions* agent) {
  RecordingFacts facts;
  facts.queue = queue ? queue->name : "";
  facts.agent = agent ? agent->id : "";
  facts.number = call.contact->to.user();
  facts.caller = call.contact->from.user();
  facts.whole_call = queue == nullptr;
  // Without need the loop's random source is left alone.
  if (leaves_to_chance(call.services->options.recording, queue)) facts.dice = dice_of(call);
  return facts;
}

/// Of the rules that may come to fit and let something be recorded.
std::vector<RecordingTerms> possible_terms(Call::Impl& call, const QueueOptions* queue) {
  const RecordingFacts facts = facts_of(call, queue, nullptr);
  std::vector<RecordingTerms> all;
  const auto add = [&](const RecordingTerms& terms) {
    if (terms.mode != RecordingMode::none && facts.dice < terms.share) all.push_back(terms);
  };
  for (const RecordingRule& rule : call.services->options.recording.rules) {
    if (!may_fit(rule, facts)) continue;
    add(rule.terms);
    if (rule.agents.empty()) return all;
  }
  if (queue && queue->record) add(queue->recording);
  return all;
}

Task<> ask_consent(std::shared_ptr<Call::Impl> call, std::string question) {
  AskOptions options;
  options.tries = 2;
  options.terminator = 0;
  options.type_ahead = false;
  options.choices = "12";
  Task<Heard> asking = ask_digits(call, Prompt(std::move(question)), options);
  Heard heard = co_await std::move(asking);
  const bool given = heard.text == "1";
  const bool chosen = given || heard.text == "2";
  Contact(call->contact).set_recording_consent(given, chosen ? "key " + heard.text : "no answer");
}

/// Tells and asks once, whatever several rules want of it.
Task<> inform(std::shared_ptr<Call::Impl> call, RecordingTerms terms) {
  try {
    if (!terms.notice.empty() && !call->recording.noticed) {
      Task<> saying = Call(call).say(Prompt(terms.notice));
      co_await std::move(saying);
      call->recording.noticed = true;
      call->contact->append(events::recording_notice, {{"prompt", terms.notice}});
    }
    if (terms.consent != ConsentMode::none && !call->contact->recording_consent) {
      Task<> asking = ask_consent(call, terms.question);
      co_await std::move(asking);
    }
  } catch (const Error& error) {
    call->recording.obstacle = error.what();
    call->services->log.error("a customer cannot be told of the recording",
                              {{"contact", call->contact->id}, {"error", error.what()}});
  }
}

/// Why the terms do not come to pass; "" when nothing is in their way.
std::string objection(const Call::Impl& call, const RecordingTerms& terms, const AgentOptions* agent) {
  const std::optional<bool>& consent = call.contact->recording_consent;
  if (consent == false) return "the customer did not agree";
  if (terms.consent != ConsentMode::none && !consent)
    return call.recording.obstacle.empty() ? "the customer was not asked" : call.recording.obstacle;
  if (terms.consent == ConsentMode::everybody && agent && !agent->agrees_to_recording)
    return "the agent did not agree";
  if (!terms.notice.empty() && !call.recording.noticed)
    return call.recording.obstacle.empty() ? "the customer was not told" : call.recording.obstacle;
  return "";
}

RecordingDecision decide_for(Call::Impl& call, const QueueOptions* queue, const AgentOptions* agent) {
  const RecordingFacts facts = facts_of(call, queue, agent);
  RecordingDecision decision = decide(call.services->options.recording, facts);
  if (decision.rule.empty() && queue && queue->record)
    decision = on_terms(queue->recording, "queue " + queue->name, facts.dice);
  if (decision.terms.mode == RecordingMode::none) return decision;
  if (const std::string why = objection(call, decision.terms, agent); !why.empty()) {
    decision.terms.mode = RecordingMode::none;
    decision.reason += ": " + why;
  }
  return decision;
}

void note(Call::Impl& call, const RecordingDecision& decision, const RecordingFacts& facts) {
  call.contact->append(events::recording_decided, {{"mode", to_string(decision.terms.mode)},
                                                   {"rule", decision.rule},
                                                   {"reason", decision.reason},
                                                   {"queue", facts.queue},
                                                   {"agent", facts.agent},
                                                   {"whole_call", facts.whole_call}});
}

/// Whether the digit is the last of the key; `pressed` are those before it.
bool completes(const std::string& key, std::string& pressed, char digit) {
  if (key.empty()) return false;
  pressed += digit;
  if (pressed.size() > key.size()) pressed.erase(0, 1);
  if (pressed != key) return false;
  pressed.clear();
  return true;
}

bool running(const Call::Impl& call) { return !call.recorders.empty() && call.recorders.back().running(); }

void begin(Call::Impl& call) {
  try {
    start_recording(call);
  } catch (const Error& error) {
    call.services->log.error("a conversation is not recorded",
                             {{"contact", call.contact->id}, {"error", error.what()}});
  }
}

void follow(Call::Impl& call, RecordingDecision decision, const RecordingFacts& facts) {
  note(call, decision, facts);
  const RecordingMode mode = decision.terms.mode;
  call.recording.decision = std::move(decision);
  if (mode == RecordingMode::all || mode == RecordingMode::speech) begin(call);
}

}  // namespace

Task<> record_whole_call(std::shared_ptr<Call::Impl> call) {
  const std::vector<RecordingTerms> possible = possible_terms(*call, nullptr);
  for (std::size_t i = 0; i < possible.size(); ++i) {
    Task<> informing = inform(call, possible[i]);
    co_await std::move(informing);
  }
  RecordingDecision decision = decide_for(*call, nullptr, nullptr);
  if (!decision.rule.empty()) follow(*call, std::move(decision), facts_of(*call, nullptr, nullptr));
}

Task<> prepare_conversation(std::shared_ptr<Call::Impl> call, QueueOptions queue) {
  const std::vector<RecordingTerms> possible = possible_terms(*call, &queue);
  for (std::size_t i = 0; i < possible.size(); ++i) {
    Task<> informing = inform(call, possible[i]);
    co_await std::move(informing);
  }
}

void record_conversation(Call::Impl& call, const QueueOptions& queue, const AgentOptions& agent) {
  call.recording.pressed.clear();
  if (call.services->options.recording.rules.empty() && !queue.record) return;
  RecordingDecision decision = decide_for(call, &queue, &agent);
  const RecordingFacts facts = facts_of(call, &queue, &agent);
  // What was begun for the whole call goes on unless a rule about the conversation forbids it.
  if (running(call) && decision.rule.empty()) return;
  const bool forbidden = decision.terms.mode == RecordingMode::none;
  follow(call, std::move(decision), facts);
  if (forbidden && running(call)) call.recorders.back().stop_soon();
}

Recorder request_recording(Call::Impl& call) {
  call.require_live();
  if (running(call)) return call.recorders.back();
  if (call.contact->recording_consent == false)
    throw Error(Error::Code::refused, "this call must not be recorded: the customer did not agree");
  const std::optional<RecordingDecision>& decision = call.recording.decision;
  if (!decision || decision->terms.mode == RecordingMode::none)
    throw Error(Error::Code::refused, "this call must not be recorded: " +
                                          (decision ? decision->reason : "no rule was applied to it yet"));
  return start_recording(call);
}

void press_recording_key(Call::Impl& call, char digit) {
  CallRecording& recording = call.recording;
  if (!recording.decision || !completes(recording.decision->terms.key, recording.pressed, digit)) return;
  if (running(call)) return call.recorders.back().stop_soon();
  try {
    request_recording(call);
  } catch (const Error& error) {
    call.services->log.warning("an agent's key does not begin a recording",
                               {{"contact", call.contact->id}, {"error", error.what()}});
  }
}

// What is pressed elsewhere is an answer to a question.
void press_withdrawal_key(Call::Impl& call, char digit) {
  CallRecording& recording = call.recording;
  if (!call.conversation.in_charge || recording.secrets > 0 || !recording.decision) return;
  if (completes(recording.decision->terms.withdrawal_key, recording.refusing, digit))
    Contact(call.contact).set_recording_consent(false, "key " + recording.decision->terms.withdrawal_key);
}

void withdraw_recording(Call::Impl& call) {
  if (!running(call) || call.recording.message) return;
  Recorder& recorder = call.recorders.back();
  const bool keep = !call.recording.decision || call.recording.decision->terms.keep_withdrawn;
  if (!keep) call.recording.discarded.insert(recorder.id());
  call.contact->append(events::recording_withdrawn, {{"recording", recorder.id()}, {"kept", keep}});
  recorder.stop_soon();
}

SecretEntry::SecretEntry(std::shared_ptr<Call::Impl> call) : call_(std::move(call)) {
  ++call_->recording.secrets;
  call_->ears.obey();
  if (running(*call_)) call_->recording.secret_pauses.push_back(call_->recorders.back().pause("secret"));
}

SecretEntry::~SecretEntry() {
  Loop& loop = call_->services->loop;
  const auto end = [weak = std::weak_ptr<Call::Impl>(call_)] {
    const auto call = weak.lock();
    if (!call || --call->recording.secrets > 0) return;
    call->recording.secret_pauses.clear();
    call->ears.obey();
  };
  if (call_->services->open) loop.at(loop.now() + key_held, end);
}

}  // namespace vcsr
