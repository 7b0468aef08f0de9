// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "drivers/sip/rtp/rtp_address.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// Hosts whose packets the system drops before sofia sees them: an INVITE that sofia refuses still costs it
/// memory for half a minute, and whoever floods does not wait for the answer. Of IPv6 it is the whole /64.
class FloodFilter {
 public:
  static constexpr std::size_t most_hosts = 200;
  static constexpr Duration lasting = std::chrono::seconds(30);

  /// SOCK_DGRAM; or SOCK_STREAM, with which connections are also cut and new ones not made.
  explicit FloodFilter(int type) : type_(type) {}

  /// Looks for the sockets that are bound there; without one nothing is dropped.
  void open(const std::string& address, std::vector<std::uint16_t> ports);
  /// How much the system keeps, about, of what comes in each connection before sofia reads it.
  void let_wait(int bytes) const;
  /// Whether that is new. False, too, where the system cannot: no address of that version, no socket, too
  /// many hosts.
  bool drop(const std::string& host, WallTime now);
  /// Lets those in again whose time is over.
  void refresh(WallTime now);

 private:
  /// The address of an IPv4 host, the first half of that of an IPv6 host.
  using Source = std::array<std::uint32_t, 2>;

  Source source_of(const RtpAddress& address) const;
  template <class Visit>
  void visit_sockets(Visit visit) const;
  bool attach() const;
  void cut(const Source& source) const;

  const int type_;
  RtpAddress local_;
  std::vector<std::uint16_t> ports_;
  std::vector<int> sockets_;  // sofia's, to which strangers send
  std::map<Source, WallTime> until_;
};

}  // namespace vcsr::sip
