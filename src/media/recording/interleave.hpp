// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "vcsr/media/audio.hpp"

namespace vcsr {

using TrackFrame = std::span<const std::uint8_t, frame_samples>;
using StereoFrame = std::span<std::uint8_t, 2 * frame_samples>;

/// 20 ms of two tracks, sample by sample. `out` is aligned to 16 bytes. It is written past the processor's
/// cache where that can be done: nobody reads it soon, and between two frames of one recording
/// those of all others would have to be kept there.
inline void interleave(TrackFrame left, TrackFrame right, StereoFrame out) noexcept {
#ifdef __SSE2__
  constexpr std::size_t step = sizeof(__m128i);
  static_assert(frame_samples % step == 0);
  auto* to = reinterpret_cast<__m128i*>(out.data());
  for (std::size_t at = 0; at < frame_samples; at += step) {
    const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(left.data() + at));
    const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(right.data() + at));
    _mm_stream_si128(to++, _mm_unpacklo_epi8(a, b));
    _mm_stream_si128(to++, _mm_unpackhi_epi8(a, b));
  }
#else
  for (std::size_t i = 0; i < frame_samples; ++i) {
    out[2 * i] = left[i];
    out[2 * i + 1] = right[i];
  }
#endif
}

/// Before another thread is told of what was interleaved.
inline void finish_interleaving() noexcept {
#ifdef __SSE2__
  _mm_sfence();
#endif
}

}  // namespace vcsr
