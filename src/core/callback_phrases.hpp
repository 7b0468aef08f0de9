// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/media/prompt.hpp"

namespace vcsr {

/// What callers hear who want to be called back, in their language or in English.
class CallbackPhrases {
 public:
  explicit CallbackPhrases(const std::string& language) : chinese_(language.starts_with("zh")) {}

  Prompt announcement(char key) const {
    const std::string pressed = key == '*'   ? (chinese_ ? "星号" : "star")
                                : key == '#' ? (chinese_ ? "井号" : "hash")
                                             : std::string(1, key);
    return say("To be called back without losing your place, press " + pressed + ".",
               "如需回电并保留您的位置，请按" + pressed + "。");
  }
  Prompt confirmation(std::string_view number, bool other) const {
    const std::string digits = one_by_one(number);
    return say(
        "We call you back at " + digits + ". To confirm press 1" +
            (other ? ", for another number press 2" : "") + ", to stay on the line press star.",
        "我们将回拨" + digits + "。确认请按1" + (other ? "，更换号码请按2" : "") + "，继续等待请按星号。");
  }
  Prompt number() const {
    return say("Please enter the number, and then hash.", "请输入回电号码，按井号结束。");
  }
  Prompt no_number() const { return say("We cannot call this number.", "该号码无法回拨。"); }
  Prompt moment() const {
    return say("To be called when it is your turn press 1, to choose a time press 2.",
               "轮到您时回电请按1，选择回电时间请按2。");
  }
  Prompt time() const {
    return say("Please enter the time with four digits, such as 1 4 3 0.", "请输入四位数的时间，例如1430。");
  }
  Prompt no_time() const { return say("Nobody is there at that time.", "该时间无人服务。"); }
  Prompt already() const { return say("We will call this number already.", "该号码已登记回电。"); }
  Prompt full() const { return say("We cannot call you back now.", "目前无法为您安排回电。"); }
  Prompt kept() const {
    return say("Thank you. You keep your place, and we call you back. Good bye.",
               "谢谢，您的位置已保留，我们会给您回电，再见。");
  }

 private:
  static std::string one_by_one(std::string_view number) {
    std::string digits;
    for (const char digit : number) {
      if (!digits.empty()) digits += ' ';
      digits += digit;
    }
    return digits;
  }
  Prompt say(const std::string& english, const std::string& chinese) const {
    return Prompt::words(chinese_ ? chinese : english);
  }
  bool chinese_;
};

}  // namespace vcsr
