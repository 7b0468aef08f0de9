// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "vcsr/media/prompt.hpp"

namespace vcsr {

/// What a mailbox says by itself, in the caller's language or in English.
class VoicemailPhrases {
 public:
  explicit VoicemailPhrases(const std::string& language) : chinese_(language.starts_with("zh")) {}

  Prompt greeting() const { return say("Please leave a message after the tone.", "请在提示音后留言。"); }
  Prompt review() const {
    return say("To keep your message press 1, to speak anew press 2.", "保留留言请按1，重新录制请按2。");
  }
  Prompt kept() const { return say("Thank you. Good bye.", "谢谢，再见。"); }
  Prompt pin() const { return say("Please enter your PIN.", "请输入密码。"); }
  Prompt refused() const { return say("That is not right. Good bye.", "密码错误，再见。"); }
  Prompt counts(std::size_t fresh, std::size_t heard) const {
    const std::string a = std::to_string(fresh), b = std::to_string(heard);
    return say("New messages: " + a + ". Old messages: " + b + ".", "新留言" + a + "条，旧留言" + b + "条。");
  }
  Prompt choices() const {
    return say("Next message 1, delete 2, call back 3, once more 4.",
               "下一条请按1，删除请按2，回拨请按3，重听请按4。");
  }
  Prompt unreadable() const { return say("This message cannot be played.", "此留言无法播放。"); }
  Prompt no_more() const { return say("There are no more messages. Good bye.", "没有更多留言了，再见。"); }
  Prompt unreached() const { return say("Nobody answers.", "无人接听。"); }

 private:
  Prompt say(const std::string& english, const std::string& chinese) const {
    return Prompt::words(chinese_ ? chinese : english);
  }
  bool chinese_;
};

}  // namespace vcsr
