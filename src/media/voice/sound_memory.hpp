// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <string>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Sounds by key, as many as fit; the one that was not used for longest goes first.
class SoundMemory {
 public:
  explicit SoundMemory(std::size_t bytes) : limit_(bytes) {}

  /// Null when it is not here.
  SoundPtr find(const std::string& key);
  void add(const std::string& key, SoundPtr sound);
  std::size_t bytes() const { return bytes_; }

 private:
  struct Kept {
    std::string key;
    SoundPtr sound;
  };

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::list<Kept> by_use_;  ///< last used first
  std::map<std::string, std::list<Kept>::iterator> by_key_;
};

}  // namespace vcsr
