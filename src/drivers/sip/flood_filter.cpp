// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/flood_filter.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <linux/filter.h>
#include <sys/socket.h>

#include "drivers/sip/rtp/system_address.hpp"

namespace vcsr::sip {

namespace {

constexpr auto network_header = static_cast<std::uint32_t>(SKF_NET_OFF);
constexpr std::uint32_t source_in_v4 = network_header + 12, source_in_v6 = network_header + 8;

sock_filter load(std::uint32_t place) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place); }
sock_filter skip_if(std::uint32_t value, std::size_t equal, std::size_t other) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, static_cast<std::uint8_t>(equal),
                  static_cast<std::uint8_t>(other));
}
sock_filter take(bool all) { return BPF_STMT(BPF_RET | BPF_K, all ? 0xffffffffu : 0u); }

int type_of(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 ? type : 0;
}

/// Nobody's where there is none.
RtpAddress address_of(int descriptor, int (*get)(int, sockaddr*, socklen_t*)) {
  SystemAddress address;
  if (get(descriptor, &address.any, &address.length) != 0) return {};
  const bool known = address.any.sa_family == AF_INET || address.any.sa_family == AF_INET6;
  return known ? address.read() : RtpAddress();
}

}  // namespace

// sofia has no word for the sockets it makes, but the system lists them.
template <class Visit>
void FloodFilter::visit_sockets(Visit visit) const {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const int descriptor = std::stoi(entry.path().filename().string());
    if (type_of(descriptor) != type_) continue;
    const RtpAddress local = address_of(descriptor, ::getsockname);
    if (local.ip == local_.ip && std::find(ports_.begin(), ports_.end(), local.port) != ports_.end())
      visit(descriptor, address_of(descriptor, ::getpeername));
  }
}

void FloodFilter::open(const std::string& address, std::vector<std::uint16_t> ports) {
  local_ = RtpAddress::parse(address, 0);
  ports_ = std::move(ports);
  visit_sockets([this](int descriptor, const RtpAddress& peer) {
    if (peer == RtpAddress()) sockets_.push_back(descriptor);
  });
}

void FloodFilter::let_wait(int bytes) const {
  for (const int socket : sockets_) ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

FloodFilter::Source FloodFilter::source_of(const RtpAddress& address) const {
  return local_.version() == IpVersion::v4 ? Source{0, address.ip[3]} : Source{address.ip[0], address.ip[1]};
}

bool FloodFilter::drop(const std::string& host, WallTime now) {
  if (sockets_.empty() || until_.size() >= most_hosts || ip_version(host) != local_.version()) return false;
  const Source source = source_of(RtpAddress::parse(host, 0));
  const bool known = !until_.insert_or_assign(source, now + lasting).second;
  if (!known && !attach()) return false;
  if (type_ == SOCK_STREAM) cut(source);
  return !known;
}

void FloodFilter::refresh(WallTime now) {
  if (std::erase_if(until_, [&](const auto& entry) { return entry.second <= now; }) > 0) attach();
}

bool FloodFilter::attach() const {
  std::vector<sock_filter> program;
  const bool v4 = local_.version() == IpVersion::v4;
  if (v4) program.push_back(load(source_in_v4));
  std::size_t left = until_.size();
  for (const auto& [source, until] : until_) {
    if (v4) {
      // A match jumps over the hosts left and the instruction that takes all.
      program.push_back(skip_if(source[1], left--, 0));
      continue;
    }
    for (const sock_filter& step : {load(source_in_v6), skip_if(source[0], 0, 3), load(source_in_v6 + 4),
                                    skip_if(source[1], 0, 1), take(false)})
      program.push_back(step);
  }
  program.push_back(take(true));
  program.push_back(take(false));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  const int nothing = 0;
  return std::all_of(sockets_.begin(), sockets_.end(), [&](int socket) {
    return until_.empty() ? ::setsockopt(socket, SOL_SOCKET, SO_DETACH_FILTER, &nothing, sizeof nothing) == 0
                          : ::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
  });
}

// sofia finds them ended and lets go of them.
void FloodFilter::cut(const Source& source) const {
  visit_sockets([&](int descriptor, const RtpAddress& peer) {
    if (peer.version() == local_.version() && peer.port != 0 && source_of(peer) == source)
      ::shutdown(descriptor, SHUT_RDWR);
  });
}

}  // namespace vcsr::sip
