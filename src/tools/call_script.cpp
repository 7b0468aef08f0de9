// SPDX-License-Identifier: Apache-2.0
#include "tools/call_script.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "app/duration.hpp"
#include "app/nearest.hpp"
#include "tools/script_words.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/dtmf.hpp"
#include "vcsr/media/wav.hpp"

namespace vcsr {

namespace {

using Kind = Step::Kind;

/// Reads one statement word by word.
class StatementReader {
 public:
  StatementReader(const Statement& statement, std::string folder)
      : words_(statement.words), folder_(std::move(folder)) {
    step_.line = statement.line;
    step_.source = statement.source;
  }

  Step read() {
    static const std::map<std::string, void (StatementReader::*)(), std::less<>> verbs = {
        {"ring", &StatementReader::ring},         {"answer", &StatementReader::answer},
        {"busy", &StatementReader::busy},         {"say", &StatementReader::say},
        {"play", &StatementReader::play},         {"tone", &StatementReader::tone},
        {"wait", &StatementReader::wait},         {"digits", &StatementReader::digits},
        {"expect", &StatementReader::expect},     {"hold", &StatementReader::hold},
        {"retrieve", &StatementReader::retrieve}, {"refer", &StatementReader::refer},
        {"hang", &StatementReader::hang}};
    const std::string verb = words_[0].text;
    const auto found = verbs.find(verb);
    if (found == verbs.end()) {
      std::vector<std::string> names;
      for (const auto& [name, action] : verbs) names.push_back(name);
      const std::string near = nearest(verb, names);
      refuse("unknown step \"" + verb + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    (this->*found->second)();
    if (next_ < words_.size()) refuse("did not expect \"" + words_[next_].text + "\" after " + before());
    return std::move(step_);
  }

 private:
  [[noreturn]] static void refuse(const std::string& message) { throw Error(Error::Code::invalid, message); }
  std::string before() const { return "\"" + words_[next_ - 1].text + "\""; }

  std::string word(const char* expected) {
    if (next_ == words_.size()) refuse(std::string("expected ") + expected + " after " + before());
    return words_[next_++].text;
  }
  bool keyword(std::string_view name) {
    const bool there = next_ < words_.size() && !words_[next_].quoted && words_[next_].text == name;
    if (there) ++next_;
    return there;
  }
  Duration duration() {
    const std::string after = before(), text = word("a duration such as \"2s\"");
    const std::optional<Duration> value = parse_duration(text);
    if (!value) refuse("expected a duration such as \"2s\" after " + after + ", got \"" + text + "\"");
    return *value;
  }
  int frequency() {
    const std::string after = before(), text = word("a frequency in Hz");
    int hertz = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hertz);
    if (error != std::errc() || end != text.data() + text.size() || hertz < 50 || hertz > 3900)
      refuse("expected a frequency from 50 to 3900 Hz after " + after + ", got \"" + text + "\"");
    return hertz;
  }
  std::string keys() {
    std::string text = word("digits");
    for (const char c : text)
      if (!is_dtmf_digit(c)) refuse("expected digits 0-9 * # A-D, got \"" + text + "\"");
    return text;
  }

  void ring() {
    step_.kind = Kind::ring;
    step_.length = duration();
  }
  void answer() { step_.kind = Kind::answer; }
  void busy() { step_.kind = Kind::busy; }
  void say() {
    step_.kind = Kind::say;
    step_.text = word("the words to say, in quotes,");
    if (keyword("in")) step_.language = word("a language such as zh");
  }
  void play() {
    step_.kind = Kind::play;
    step_.sound = read_sound((std::filesystem::path(folder_) / word("a WAV file")).string());
  }
  void tone() {
    constexpr std::chrono::minutes longest(10);
    step_.kind = Kind::tone;
    step_.frequency = frequency();
    step_.length = duration();
    if (step_.length > longest) refuse("a tone lasts at most 10min, not " + before());
  }
  void wait() {
    step_.kind = Kind::wait;
    step_.length = duration();
  }
  void digits() {
    step_.kind = Kind::digits;
    step_.text = keys();
  }
  void expect() {
    const std::string what = word("voice, silence, tone, digits or hangup");
    if (what == "voice") step_.kind = Kind::expect_voice;
    else if (what == "silence") step_.kind = Kind::expect_silence, step_.length = duration();
    else if (what == "tone") step_.kind = Kind::expect_tone, step_.frequency = frequency();
    else if (what == "digits") step_.kind = Kind::expect_digits, step_.text = keys();
    else if (what == "hangup") step_.kind = Kind::expect_hangup;
    else refuse("expected voice, silence, tone, digits or hangup after \"expect\", got \"" + what + "\"");
    if (keyword("within")) step_.within = duration();
  }
  void hold() { step_.kind = Kind::hold; }
  void retrieve() { step_.kind = Kind::retrieve; }
  void refer() {
    step_.kind = Kind::refer;
    step_.text = word("an address such as sip:1002");
  }
  void hang() {
    step_.kind = Kind::hang_up;
    if (!keyword("up")) refuse("expected \"up\" after \"hang\"");
  }

  const std::vector<Word>& words_;
  std::string folder_;
  std::size_t next_ = 1;
  Step step_{};
};

bool ends_call(Kind kind) {
  return kind == Kind::hang_up || kind == Kind::expect_hangup || kind == Kind::busy;
}
bool before_answer(Kind kind) { return kind == Kind::ring || kind == Kind::answer || kind == Kind::busy; }

/// What is wrong with a step where it stands; "" when nothing is.
std::string misplaced(const std::vector<Step>& before, const Step& step, ScriptRole role) {
  if (!before.empty() && ends_call(before.back().kind))
    return "nothing can follow \"" + before.back().source + "\"";
  const auto is_answer = [](const Step& earlier) { return earlier.kind == Kind::answer; };
  const bool answered = role == ScriptRole::caller || std::any_of(before.begin(), before.end(), is_answer);
  if (before_answer(step.kind))
    return role == ScriptRole::caller ? "only a telephone that is called can \"" + step.source + "\""
           : answered                 ? "\"" + step.source + "\" comes too late: the call is answered"
                                      : "";
  const bool patient = step.kind == Kind::wait || step.kind == Kind::expect_hangup;
  return answered || patient ? "" : "\"" + step.source + "\" needs \"answer\" before it";
}

}  // namespace

std::vector<Step> parse_call_script(std::string_view text, const std::string& document,
                                    const std::string& folder, ScriptRole role) {
  std::vector<Step> steps;
  std::string faults;
  const auto fault = [&](int line, const std::string& message) {
    faults += (faults.empty() ? "" : "\n") +
              std::string(Error(Error::Code::invalid, Place{document, line, ""}, message).what());
  };
  for (const Statement& statement : split_script(text)) {
    try {
      if (!statement.fault.empty()) throw Error(Error::Code::invalid, statement.fault);
      Step step = StatementReader(statement, folder).read();
      const std::string wrong = misplaced(steps, step, role);
      if (!wrong.empty()) throw Error(Error::Code::invalid, wrong);
      steps.push_back(std::move(step));
    } catch (const Error& error) {
      fault(statement.line, error.what());
    }
  }
  if (!faults.empty()) throw Error(Error::Code::invalid, faults);
  return steps;
}

std::vector<int> frequencies_of(const std::vector<Step>& script) {
  std::vector<int> all;
  for (const Step& step : script)
    if (step.kind == Kind::expect_tone && std::find(all.begin(), all.end(), step.frequency) == all.end())
      all.push_back(step.frequency);
  return all;
}

}  // namespace vcsr
