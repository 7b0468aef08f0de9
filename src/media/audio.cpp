// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/audio.hpp"

#include <utility>

#include "vcsr/media/g711.hpp"

namespace vcsr {

Sound::Sound(std::vector<std::int16_t> samples)
    : linear_(std::move(samples)), pcmu_(linear_.size()), pcma_(linear_.size()) {
  encode(Codec::pcmu, linear_, pcmu_);
  encode(Codec::pcma, linear_, pcma_);
}

Duration Sound::duration() const {
  return Duration(std::int64_t{1'000'000} * static_cast<std::int64_t>(linear_.size()) / samples_per_second);
}

AudioTap::~AudioTap() = default;

}  // namespace vcsr
