// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// Hosts whose datagrams the system drops before sofia sees them: an INVITE that sofia refuses still costs it
/// memory for half a minute, and whoever floods does not wait for the answer.
class DatagramFilter {
 public:
  static constexpr std::size_t most_hosts = 200;
  static constexpr Duration lasting = std::chrono::seconds(30);

  /// Looks for the socket that is bound there; without one nothing is dropped.
  void open(const std::string& address, std::uint16_t port);
  /// False where the system cannot: no IPv4 address, no socket, too many hosts.
  bool drop(const std::string& host, WallTime now);
  /// Lets those in again whose time is over.
  void refresh(WallTime now);

 private:
  bool attach() const;

  int socket_ = -1;  // sofia's
  std::map<std::uint32_t, WallTime> until_;
};

}  // namespace vcsr::sip
