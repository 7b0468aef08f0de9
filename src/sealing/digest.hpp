// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vcsr::sealing {

using Bytes = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;

inline Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// SHA-256 of the parts one after another.
Digest sha256(std::initializer_list<Bytes> parts);

std::string hexadecimal(Bytes bytes);
/// Empty when the text is not pairs of hexadecimal digits.
std::vector<std::uint8_t> from_hexadecimal(std::string_view text);

/// From OpenSSL's generator: good for keys, nonces and salts.
std::vector<std::uint8_t> random_bytes(std::size_t count);

/// What OpenSSL complained about last, in its words.
std::string openssl_words();

}  // namespace vcsr::sealing
