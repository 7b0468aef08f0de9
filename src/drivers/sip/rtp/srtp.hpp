// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "drivers/sip/rtp/srtp_key.hpp"

struct srtp_ctx_t_;

namespace vcsr::sip {

/// One direction of a stream under one key (RFC 3711). Used by one thread at a time.
class SrtpStream {
 public:
  /// What sealing adds at most.
  static constexpr std::size_t longest_tag = 20;

  enum class Direction { sends, receives };
  /// Throws Error(unsupported) when the library refuses the suite.
  SrtpStream(const SrtpKey& key, Direction direction);
  ~SrtpStream();
  SrtpStream(const SrtpStream&) = delete;
  SrtpStream& operator=(const SrtpStream&) = delete;

  const SrtpKey& key() const { return key_; }

  /// Encrypts and signs the RTP or RTCP packet in the first `size` bytes of a buffer that is aligned to 4
  /// bytes and has room for the tag. Empty when the library refuses.
  std::optional<std::span<std::uint8_t>> seal(std::span<std::uint8_t> buffer, std::size_t size) noexcept;
  /// The packet in clear, in `buffer` (aligned to 4 bytes). Empty for what is not signed with the key,
  /// was heard before, or does not fit.
  std::optional<std::span<const std::uint8_t>> open(std::span<const std::uint8_t> datagram,
                                                    std::span<std::uint8_t> buffer) noexcept;

 private:
  SrtpKey key_;
  srtp_ctx_t_* session_ = nullptr;
};

/// The stream for the key: the one there was while the key stays, for it counts its packets.
std::shared_ptr<SrtpStream> renewed(const std::shared_ptr<SrtpStream>& stream,
                                    const std::optional<SrtpKey>& key, SrtpStream::Direction direction);

}  // namespace vcsr::sip
