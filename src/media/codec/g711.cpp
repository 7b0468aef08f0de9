// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/g711.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <spandsp.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Bytes = std::array<std::uint8_t, 256>;

/// One law as tables: a lookup costs less than finding the segment, which counts where whole
/// prompts and mixes are encoded.
struct Law {
  std::array<std::int16_t, 256> linear;
  std::vector<std::uint8_t> code = std::vector<std::uint8_t>(65536);  ///< by the sample's 16 bits
};

template <class Encode, class Decode>
Law make_law(Encode encode_one, Decode decode_one) {
  Law law;
  for (int byte = 0; byte < 256; ++byte) law.linear[byte] = decode_one(static_cast<std::uint8_t>(byte));
  for (int sample = INT16_MIN; sample <= INT16_MAX; ++sample)
    law.code[static_cast<std::uint16_t>(sample)] = encode_one(sample);
  return law;
}

const Law& law_of(Codec codec) {
  static const Law mu = make_law(linear_to_ulaw, ulaw_to_linear);
  static const Law a = make_law(linear_to_alaw, alaw_to_linear);
  return codec == Codec::pcmu ? mu : a;
}

template <class Transcode>
Bytes make_bytes(Transcode transcode_one) {
  Bytes bytes;
  for (int byte = 0; byte < 256; ++byte) bytes[byte] = transcode_one(static_cast<std::uint8_t>(byte));
  return bytes;
}

/// G.711 tables 3 and 4; they are not what decoding and encoding again would give, but lose
/// nothing more on a second passage.
const Bytes& bytes_to(Codec codec) {
  static const Bytes to_mu = make_bytes(alaw_to_ulaw);
  static const Bytes to_a = make_bytes(ulaw_to_alaw);
  return codec == Codec::pcmu ? to_mu : to_a;
}

}  // namespace

std::uint8_t encode(Codec codec, std::int16_t sample) noexcept {
  return law_of(codec).code[static_cast<std::uint16_t>(sample)];
}

std::int16_t decode(Codec codec, std::uint8_t byte) noexcept { return law_of(codec).linear[byte]; }

void encode(Codec codec, std::span<const std::int16_t> in, std::span<std::uint8_t> out) noexcept {
  VCSR_ASSERT(in.size() == out.size());
  const std::uint8_t* code = law_of(codec).code.data();
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = code[static_cast<std::uint16_t>(in[i])];
}

void decode(Codec codec, std::span<const std::uint8_t> in, std::span<std::int16_t> out) noexcept {
  VCSR_ASSERT(in.size() == out.size());
  const auto& linear = law_of(codec).linear;
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = linear[in[i]];
}

void transcode(Codec from, Codec to, std::span<const std::uint8_t> in, std::span<std::uint8_t> out) noexcept {
  VCSR_ASSERT(in.size() == out.size());
  if (from == to) {
    std::copy(in.begin(), in.end(), out.begin());
    return;
  }
  const Bytes& bytes = bytes_to(to);
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = bytes[in[i]];
}

}  // namespace vcsr
