// SPDX-License-Identifier: Apache-2.0
#include "media/voice/sound_memory.hpp"

#include <utility>

namespace vcsr {

namespace {

/// Linear, and a byte in either law.
std::size_t bytes_of(const Sound& sound) { return sound.samples().size() * 4; }

}  // namespace

SoundPtr SoundMemory::find(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return {};
  by_use_.splice(by_use_.begin(), by_use_, found->second);
  return found->second->sound;
}

void SoundMemory::add(const std::string& key, SoundPtr sound) {
  if (by_key_.contains(key)) return;
  bytes_ += bytes_of(*sound);
  by_use_.push_front({key, std::move(sound)});
  by_key_.emplace(key, by_use_.begin());
  while (bytes_ > limit_ && by_use_.size() > 1) {
    bytes_ -= bytes_of(*by_use_.back().sound);
    by_key_.erase(by_use_.back().key);
    by_use_.pop_back();
  }
}

}  // namespace vcsr
