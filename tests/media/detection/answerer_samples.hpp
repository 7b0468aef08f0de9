// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/media/answerer.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/speech.hpp"
#include "vcsr/media/tone.hpp"

namespace vcsr::test {

/// How somebody or something answers, as it sounds on a telephone line.
struct AnswererSample {
  Answerer::Kind kind;
  std::string name;
  std::vector<std::int16_t> samples;
};

/// Makes them: people's first words, voicemail, menus, fax machines and empty lines, in English and
/// Mandarin, spoken by eSpeak NG at several speeds and pitches, over lines with and without noise. The
/// greetings of companies, which are the hardest to tell from machines, are among the people's.
class AnswererSamples {
 public:
  using Kind = Answerer::Kind;

  std::vector<AnswererSample> all() {
    for (const char* words :
         {"Hello?", "Yes?", "Hello, who is this?", "Anna speaking.", "Smith residence.", "Hi.",
          "Yeah, hello?", "Hello, this is Peter.", "Good morning, Miller and sons.",
          "Good afternoon, city bank, Maria speaking, how may I help you?"})
      person("en", words);
    for (const char* words : {"喂？", "你好。", "喂，你好，哪位？", "您好，请讲。", "哎，你好。",
                              "喂，谁啊？", "你好，我是王芳。", "您好，这里是快递公司，请问有什么可以帮您？"})
      person("zh", words);
    for (const char* words :
         {"Hi, this is John. I can't take your call right now. Please leave a message after the tone.",
          "You have reached the voicemail of Mary Jones. Please leave your name and number after the beep.",
          "The person you are calling is not available. At the tone, please record your message.",
          "We are not at home. Leave a message and we will call you back as soon as possible. Thank you.",
          "Welcome to the mailbox of the city library. Our opening hours are nine to five. Please leave a "
          "message."})
      voicemail("en", words);
    for (const char* words : {"您好，您拨打的用户暂时无法接听，请在提示音后留言。",
                              "我现在不方便接电话，听到嘀声后请留言，谢谢。",
                              "您好，这里是语音信箱，请在嘀声之后留下您的姓名和电话号码。",
                              "对不起，您所拨打的电话无人接听，请留言，我们会尽快与您联系。"})
      voicemail("zh", words);
    for (const char* words :
         {"Welcome to the city bank. For your balance press one. For transfers press two. For an agent press "
          "zero.",
          "Thank you for calling. If you know the extension of your party, dial it now. For sales press one.",
          "Para español, oprima dos. For billing press one, for technical support press three."})
      menu("en", words);
    for (const char* words : {"欢迎致电银行服务热线，查询余额请按一，转账请按二，人工服务请按零。",
                              "您好，中文服务请按一，英文服务请按二，重听请按井号键。"})
      menu("zh", words);
    fax();
    nobody();
    return std::move(samples_);
  }

 private:
  using Samples = std::vector<std::int16_t>;
  struct Line {
    double speed;  ///< and pitch
    double noise;  ///< RMS
    Duration before;
  };
  static constexpr std::array<Line, 3> lines = {{{1.0, 0, std::chrono::milliseconds(300)},
                                                 {1.15, 30, std::chrono::milliseconds(900)},
                                                 {0.9, 90, std::chrono::milliseconds(60)}}};

  Samples spoken(const std::string& language, const std::string& words, double speed) {
    if (said_.first != words) said_ = {words, std::make_shared<Sound>(speaker_->speak(words, language))};
    const Sound& sound = *said_.second;
    Samples samples;
    for (double at = 0; at + 1 < static_cast<double>(sound.samples().size()); at += speed) {
      const auto index = static_cast<std::size_t>(at);
      const double part = at - std::floor(at);
      samples.push_back(
          static_cast<std::int16_t>(sound.samples()[index] * (1 - part) + sound.samples()[index + 1] * part));
    }
    return samples;
  }
  static void append(Samples& samples, const Samples& more) {
    samples.insert(samples.end(), more.begin(), more.end());
  }
  static void append(Samples& samples, const SoundPtr& more) {
    samples.insert(samples.end(), more->samples().begin(), more->samples().end());
  }

  void keep(Kind kind, const std::string& name, const Samples& sound, const Line& line) {
    Samples samples;
    append(samples, silence(line.before));
    append(samples, sound);
    append(samples, silence(std::chrono::seconds(8)));
    std::normal_distribution<double> hiss(0, line.noise);
    for (std::int16_t& sample : samples) {
      const double noisy = sample * 0.7 + (line.noise > 0 ? hiss(random_) : 0);
      const auto limited = static_cast<std::int16_t>(std::clamp(noisy, -32000.0, 32000.0));
      sample = decode(Codec::pcma, encode(Codec::pcma, limited));
    }
    samples_.push_back({kind, name, std::move(samples)});
  }

  void person(const std::string& language, const std::string& words) {
    for (const Line& line : lines) keep(Kind::human, words, spoken(language, words, line.speed), line);
  }
  void voicemail(const std::string& language, const std::string& words) {
    constexpr std::array<double, 3> beeps = {1000, 440, 1400};
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Samples samples = spoken(language, words, lines[i].speed);
      append(samples, silence(std::chrono::milliseconds(600)));
      append(samples, tone({beeps[i]}, std::chrono::milliseconds(250 + 200 * i)));
      keep(Kind::machine, words, samples, lines[i]);
    }
  }
  void menu(const std::string& language, const std::string& words) {
    for (const Line& line : lines) {
      Samples samples = spoken(language, words, line.speed);
      append(samples, silence(std::chrono::seconds(3)));
      append(samples, spoken(language, words, line.speed));
      keep(Kind::ivr, words, samples, line);
    }
  }
  void fax() {
    for (const Line& line : lines) {
      Samples called, calling;
      append(called, tone({2100}, std::chrono::seconds(3)));
      for (int i = 0; i < 2; ++i) {
        append(calling, tone({1100}, std::chrono::milliseconds(500)));
        append(calling, silence(std::chrono::seconds(3)));
      }
      keep(Kind::fax, "[CED]", called, line);
      keep(Kind::fax, "[CNG]", calling, line);
    }
  }
  void nobody() {
    for (const double noise : {0.0, 10.0, 50.0, 100.0, 300.0, 600.0})
      keep(Kind::no_speech, "[noise " + std::to_string(noise) + "]", {}, {1, noise, std::chrono::seconds(4)});
  }

  std::unique_ptr<Synthesizer> speaker_ = make_espeak_synthesizer();
  std::mt19937 random_{20261122};
  std::pair<std::string, SoundPtr> said_;
  std::vector<AnswererSample> samples_;
};

/// What was decided, by what it was.
struct AnswererConfusion {
  static constexpr std::size_t kinds = 6;
  std::array<std::array<int, kinds>, kinds> counts{};

  void add(Answerer::Kind is, Answerer::Kind taken_for) {
    ++counts[static_cast<std::size_t>(is)][static_cast<std::size_t>(taken_for)];
  }
  int of(Answerer::Kind is) const {
    int sum = 0;
    for (const int count : counts[static_cast<std::size_t>(is)]) sum += count;
    return sum;
  }
  int taken(Answerer::Kind is, Answerer::Kind taken_for) const {
    return counts[static_cast<std::size_t>(is)][static_cast<std::size_t>(taken_for)];
  }
  int total() const {
    int sum = 0;
    for (std::size_t i = 0; i < kinds; ++i) sum += of(static_cast<Answerer::Kind>(i));
    return sum;
  }
  int correct() const {
    int sum = 0;
    for (std::size_t i = 0; i < kinds; ++i) sum += counts[i][i];
    return sum;
  }
  /// People who would be hung up on.
  int people_lost() const {
    return of(Answerer::Kind::human) - taken(Answerer::Kind::human, Answerer::Kind::human) -
           taken(Answerer::Kind::human, Answerer::Kind::unknown);
  }
};

/// Unknown where the detector never decides.
inline Answerer detect(const AnswererSample& sample, const AnswererOptions& options) {
  AnswererDetector detector(options);
  for (std::size_t at = 0; at < sample.samples.size(); at += frame_samples) {
    const std::size_t count = std::min(frame_samples, sample.samples.size() - at);
    if (const auto verdict = detector.feed(std::span(sample.samples).subspan(at, count))) return *verdict;
  }
  return {};
}

}  // namespace vcsr::test
