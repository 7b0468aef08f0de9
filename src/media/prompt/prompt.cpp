// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/prompt.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr {

Prompt::Prompt(std::string name) : Prompt(Part{.kind = Kind::name, .text = std::move(name)}) {}
Prompt Prompt::words(std::string text) { return Prompt(Part{.kind = Kind::words, .text = std::move(text)}); }
Prompt Prompt::sound(SoundPtr sound) {
  VCSR_ASSERT(sound != nullptr);
  return Prompt(Part{.kind = Kind::sound, .sound = std::move(sound)});
}

Prompt Prompt::value(Spoken value) {
  return Prompt(Part{.kind = Kind::words, .slots = {{"", std::move(value)}}});
}

Prompt Prompt::whole() const {
  Prompt prompt = *this;
  for (Part& part : prompt.parts_) part.barge_in = false;
  return prompt;
}

std::vector<Prompt> Prompt::passages() const {
  std::vector<Prompt> passages;
  for (const Part& part : parts_) {
    if (!passages.empty() && passages.back().parts_.back().barge_in == part.barge_in) {
      passages.back().parts_.push_back(part);
      continue;
    }
    passages.push_back(Prompt(part));
    passages.back().language_ = language_;
  }
  return passages;
}

Prompt Prompt::with(std::string slot, Spoken value) const {
  Prompt prompt = *this;
  prompt.parts_.back().slots.insert_or_assign(std::move(slot), std::move(value));
  return prompt;
}

Prompt Prompt::in(std::string language) const {
  Prompt prompt = *this;
  prompt.language_ = std::move(language);
  return prompt;
}

Prompt operator+(Prompt left, const Prompt& right) {
  left.parts_.insert(left.parts_.end(), right.parts_.begin(), right.parts_.end());
  if (left.language_.empty()) left.language_ = right.language_;
  return left;
}

}  // namespace vcsr
