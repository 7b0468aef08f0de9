// SPDX-License-Identifier: Apache-2.0
#include "app/recording_config.hpp"

#include <algorithm>
#include <utility>

#include "vcsr/media/dtmf.hpp"

namespace vcsr {

namespace {

void read_terms(TomlSection& section, RecordingTerms& terms) {
  section.read<RecordingMode>("mode", terms.mode,
                              {{"none", RecordingMode::none},
                               {"on_demand", RecordingMode::on_demand},
                               {"speech", RecordingMode::speech},
                               {"all", RecordingMode::all}});
  int share = 100;
  if (section.read("share", share, 0, 100)) terms.share = share;
  section.read("notice", terms.notice);
  section.read<ConsentMode>("consent", terms.consent,
                            {{"none", ConsentMode::none},
                             {"customer", ConsentMode::customer},
                             {"everybody", ConsentMode::everybody}});
  section.read("question", terms.question);
  if (terms.consent != ConsentMode::none && terms.question.empty())
    section.fault("consent", "needs question, the prompt that asks for it: 1 agrees, 2 does not");
  section.read("leave_out_pauses", terms.leave_out_pauses);
  section.read("longest_pause", terms.longest_pause, std::chrono::seconds(1));
  section.read("keep_withdrawn", terms.keep_withdrawn);
  for (const auto& [name, keys] : {std::pair{"key", &terms.key}, {"withdrawal_key", &terms.withdrawal_key}}) {
    section.read(name, *keys);
    if (!std::all_of(keys->begin(), keys->end(), is_dtmf_digit))
      section.wrong(name, "keys of a telephone such as \"*1\"");
  }
}

RecordingRule read_rule(TomlSection& section) {
  RecordingRule rule;
  section.read("name", rule.name);
  section.read("queues", rule.queues);
  section.read("numbers", rule.numbers);
  section.read("callers", rule.callers);
  section.read("agents", rule.agents);
  section.read("whole_call", rule.whole_call);
  for (const char* unknown : {"queues", "agents"})
    if (rule.whole_call && section.has(unknown))
      section.fault(unknown, "cannot be known when the call is answered; leave it out, or whole_call");
  read_terms(section, rule.terms);
  section.finish();
  return rule;
}

}  // namespace

void read_queue_recording(TomlSection& section, QueueOptions& queue) {
  section.read("record", queue.record);
  auto terms = section.section("recording");
  if (!terms) return;
  if (!queue.record) section.fault("recording", "holds with record = true only");
  read_terms(*terms, queue.recording);
  terms->finish();
}

void read_recording_rules(TomlSection& root, std::vector<RecordingRule>& rules) {
  for (TomlSection& section : root.sections("recording")) rules.push_back(read_rule(section));
}

}  // namespace vcsr
