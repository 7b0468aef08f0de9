// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <sys/types.h>

#include "drivers/sip/rtp/rtp_address.hpp"

namespace vcsr::sip {

/// A non-blocking UDP socket; errors of the network count as packets lost.
class RtpSocket {
 public:
  /// Empty when the port is in use. Throws Error(unavailable) with the system's words otherwise.
  static std::optional<RtpSocket> bind(const RtpAddress& local);

  RtpSocket(RtpSocket&& other) noexcept;
  RtpSocket& operator=(RtpSocket&&) = delete;
  void swap(RtpSocket& other) noexcept;
  ~RtpSocket();

  /// The datagram and who sent it; empty when none waits.
  std::optional<std::span<const std::uint8_t>> receive(std::span<std::uint8_t> buffer,
                                                       RtpAddress& from) noexcept;
  bool send(std::span<const std::uint8_t> datagram, const RtpAddress& to) noexcept;

  /// From now on the system drops what others send, and send() goes to `party` alone.
  void connect(const RtpAddress& party) noexcept;
  void disconnect() noexcept;
  bool connected() const { return connected_; }
  int descriptor() const { return descriptor_; }
  /// Where it was bound to.
  const RtpAddress& local() const { return local_; }

 private:
  RtpSocket(int descriptor, const RtpAddress& local) : descriptor_(descriptor), local_(local) {}

  ssize_t receive_once(std::span<std::uint8_t> buffer, RtpAddress& from) noexcept;

  int descriptor_;
  bool connected_ = false;
  bool party_alone_ = false;  // what others sent before connect() was read: no need to ask who sent
  RtpAddress party_, local_;
};

/// The even ports of a range, given out in turn so that one is not used again at once: late
/// packets of the call before would be heard.
class RtpPorts {
 public:
  struct Bound {
    RtpSocket socket;
    std::uint16_t port;
    std::optional<RtpSocket> second = {};  ///< the same port at the second address
  };

  /// Throws Error(invalid) when the address is none or the range holds no even port.
  RtpPorts(const std::string& address, std::uint16_t first, std::uint16_t last,
           const std::string& second_address = {});

  /// Throws Error(unavailable) when every port is in use.
  Bound bind_next();

 private:
  std::optional<RtpSocket> bind_second(std::uint16_t port) const;

  RtpAddress local_;
  std::optional<RtpAddress> second_;
  std::uint16_t first_, last_, next_;
};

}  // namespace vcsr::sip
