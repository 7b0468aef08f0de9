// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/base/loop.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// Tells on standard output what happens to a telephone, one line per event, with the seconds
/// since it began: for people, or as JSON lines. The loop outlives it.
class Story {
 public:
  enum class Format { silent, text, json };

  Story(const Loop& loop, Format format) : loop_(loop), format_(format), began_(loop.now()) {}

  /// `data` goes into the JSON; `words` is what people read after the event's name.
  void tell(const std::string& event, const std::string& words = {}, Facts data = {}) const;

 private:
  const Loop& loop_;
  Format format_;
  Timestamp began_;
};

}  // namespace vcsr
