// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <new>

#include <opus.h>

#include "media/codec/audio_coder.hpp"

namespace vcsr {

namespace {

constexpr int effort = 5;                // of 10
constexpr int expected_loss = 10;        // per cent; decides how much of a packet is a repetition
constexpr int most_frames = 48;          // in one packet (RFC 6716 §3.2.5)
constexpr std::uint8_t first_celt = 16;  // configurations from here on repeat nothing
constexpr std::size_t block = 160;       // samples that share a flag: 20 ms

/// Whether the packet repeats the one before it (RFC 6716 §4.2.3 and §4.2.4): in its first frame a bit for
/// each 20 ms says that there is voice, and the one behind them that there is a repetition.
bool repeats(std::span<const std::uint8_t> payload, std::size_t samples) {
  std::array<const unsigned char*, most_frames> frames;
  std::array<opus_int16, most_frames> sizes;
  if (payload[0] >> 3 >= first_celt) return false;
  const int count = opus_packet_parse(payload.data(), static_cast<opus_int32>(payload.size()), nullptr,
                                      frames.data(), sizes.data(), nullptr);
  if (count <= 0 || sizes[0] == 0) return false;
  return (frames[0][0] >> (7 - std::max(samples / block, std::size_t{1})) & 1) != 0;
}

class OpusCoder final : public AudioCoder {
 public:
  explicit OpusCoder(const OpusOptions& options)
      : encoder_(opus_encoder_create(samples_per_second, 1, OPUS_APPLICATION_VOIP, nullptr)),
        decoder_(opus_decoder_create(samples_per_second, 1, nullptr)) {
    if (!encoder_ || !decoder_) throw std::bad_alloc();
    opus_encoder_ctl(encoder_.get(), OPUS_SET_BITRATE(options.bits_per_second));
    opus_encoder_ctl(encoder_.get(), OPUS_SET_COMPLEXITY(effort));
    opus_encoder_ctl(encoder_.get(), OPUS_SET_INBAND_FEC(options.repeats ? 1 : 0));
    opus_encoder_ctl(encoder_.get(), OPUS_SET_PACKET_LOSS_PERC(options.repeats ? expected_loss : 0));
  }

  std::span<const std::int16_t> decode(std::span<const std::uint8_t> payload,
                                       Samples& out) noexcept override {
    if (payload.empty()) return {};
    return run(payload, out, longest, false);
  }
  std::span<const std::int16_t> decode_lost(std::span<const std::uint8_t> payload,
                                            Samples& out) noexcept override {
    if (payload.empty()) return {};
    const auto samples =
        static_cast<std::size_t>(opus_packet_get_samples_per_frame(payload.data(), samples_per_second));
    if (!repeats(payload, samples)) return {};
    return run(payload, out, samples, true);
  }
  std::span<const std::uint8_t> encode(const AudioFrame& frame, Payload& out) noexcept override {
    const opus_int32 count = opus_encode(encoder_.get(), frame.data(), static_cast<int>(frame.size()),
                                         out.data(), static_cast<opus_int32>(out.size()));
    return std::span(out).first(static_cast<std::size_t>(std::max(count, opus_int32{0})));
  }

 private:
  struct Destroy {
    void operator()(OpusEncoder* encoder) const { opus_encoder_destroy(encoder); }
    void operator()(OpusDecoder* decoder) const { opus_decoder_destroy(decoder); }
  };

  std::span<const std::int16_t> run(std::span<const std::uint8_t> payload, Samples& out, std::size_t samples,
                                    bool lost) noexcept {
    const int count = opus_decode(decoder_.get(), payload.data(), static_cast<opus_int32>(payload.size()),
                                  out.data(), static_cast<int>(samples), lost ? 1 : 0);
    return std::span(out).first(static_cast<std::size_t>(std::max(count, 0)));
  }

  std::unique_ptr<OpusEncoder, Destroy> encoder_;
  std::unique_ptr<OpusDecoder, Destroy> decoder_;
};

}  // namespace

std::unique_ptr<AudioCoder> make_opus_coder(const OpusOptions& options) {
  return std::make_unique<OpusCoder>(options);
}

}  // namespace vcsr
