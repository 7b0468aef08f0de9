// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/media/speech.hpp"

/// Says every text as ten samples of its length, and remembers what it was asked.
class SynthesizerDouble : public vcsr::Synthesizer {
 public:
  struct Asked {
    std::vector<std::string> texts;
    bool broken = false;
    std::string name = "double 1";
  };
  explicit SynthesizerDouble(Asked& asked) : asked_(asked) {}

  vcsr::Sound speak(const std::string& text, const std::string& language) override {
    asked_.texts.push_back(language + ": " + text);
    if (asked_.broken) throw vcsr::Error(vcsr::Error::Code::unavailable, "hoarse");
    return vcsr::Sound(std::vector<std::int16_t>(10, static_cast<std::int16_t>(text.size())));
  }
  std::string name() const override { return asked_.name; }

 private:
  Asked& asked_;
};
