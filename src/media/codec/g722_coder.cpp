// SPDX-License-Identifier: Apache-2.0
#include <new>

#include <spandsp.h>

#include "media/codec/audio_coder.hpp"

namespace vcsr {

namespace {

constexpr int bits_per_second = 64000;

class G722Coder final : public AudioCoder {
 public:
  G722Coder()
      : encoder_(g722_encode_init(nullptr, bits_per_second, G722_SAMPLE_RATE_8000)),
        decoder_(g722_decode_init(nullptr, bits_per_second, G722_SAMPLE_RATE_8000)) {
    if (!encoder_ || !decoder_) throw std::bad_alloc();
  }

  std::span<const std::int16_t> decode(std::span<const std::uint8_t> payload,
                                       Samples& out) noexcept override {
    if (payload.size() > longest) return {};
    const int count =
        g722_decode(decoder_.get(), out.data(), payload.data(), static_cast<int>(payload.size()));
    return std::span(out).first(static_cast<std::size_t>(count));
  }
  std::span<const std::int16_t> decode_lost(std::span<const std::uint8_t>, Samples&) noexcept override {
    return {};
  }
  std::span<const std::uint8_t> encode(const AudioFrame& frame, Payload& out) noexcept override {
    const int count = g722_encode(encoder_.get(), out.data(), frame.data(), static_cast<int>(frame.size()));
    return std::span(out).first(static_cast<std::size_t>(count));
  }

 private:
  struct Free {
    void operator()(g722_encode_state_t* state) const { g722_encode_free(state); }
    void operator()(g722_decode_state_t* state) const { g722_decode_free(state); }
  };

  std::unique_ptr<g722_encode_state_t, Free> encoder_;
  std::unique_ptr<g722_decode_state_t, Free> decoder_;
};

}  // namespace

std::unique_ptr<AudioCoder> make_g722_coder() { return std::make_unique<G722Coder>(); }

}  // namespace vcsr
