// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

namespace vcsr {

/// Who hears whom: a line's end of a matrix, with what belongs to it kept at both ends.
template <class Line>
class Hearing {
 public:
  explicit Hearing(Line& line) : line_(line) {}
  ~Hearing() { end(); }
  Hearing(const Hearing&) = delete;
  Hearing& operator=(const Hearing&) = delete;

  /// Nobody hears himself.
  void hear(Hearing& other, bool on) {
    if (&other == this) return;
    std::erase(sources_, &other.line_);
    std::erase(other.hearers_, &line_);
    if (!on) return;
    sources_.push_back(&other.line_);
    other.hearers_.push_back(&line_);
  }

  /// Nobody hears this line any more, and it hears nobody. Lines name their end `hearing()`.
  void end() {
    for (Line* source : sources_) std::erase(source->hearing().hearers_, &line_);
    for (Line* hearer : hearers_) std::erase(hearer->hearing().sources_, &line_);
    sources_.clear();
    hearers_.clear();
  }

  const std::vector<Line*>& sources() const { return sources_; }
  const std::vector<Line*>& hearers() const { return hearers_; }

 private:
  Line& line_;
  std::vector<Line*> sources_, hearers_;
};

}  // namespace vcsr
