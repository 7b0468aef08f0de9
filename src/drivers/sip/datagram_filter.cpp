// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/datagram_filter.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace vcsr::sip {

namespace {

constexpr std::uint32_t source_in_header = 12;  // of an IPv4 packet

bool is_bound_there(int descriptor, std::uint32_t ip, std::uint16_t port) {
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_DGRAM) return false;
  sockaddr_in bound{};
  size = sizeof bound;
  return ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &size) == 0 &&
         bound.sin_family == AF_INET && bound.sin_addr.s_addr == htonl(ip) && ntohs(bound.sin_port) == port;
}

bool read_ip(const std::string& text, std::uint32_t& ip) {
  in_addr parsed{};
  if (::inet_pton(AF_INET, text.c_str(), &parsed) != 1) return false;
  ip = ntohl(parsed.s_addr);
  return true;
}

}  // namespace

// sofia has no word for the sockets it makes, but the system lists them.
void DatagramFilter::open(const std::string& address, std::uint16_t port) {
  std::uint32_t ip = 0;
  if (!read_ip(address, ip)) return;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const int descriptor = std::stoi(entry.path().filename().string());
    if (is_bound_there(descriptor, ip, port)) socket_ = descriptor;
  }
}

bool DatagramFilter::drop(const std::string& host, WallTime now) {
  std::uint32_t ip = 0;
  if (socket_ < 0 || until_.size() >= most_hosts || !read_ip(host, ip)) return false;
  until_[ip] = now + lasting;
  return attach();
}

void DatagramFilter::refresh(WallTime now) {
  if (std::erase_if(until_, [&](const auto& entry) { return entry.second <= now; }) > 0) attach();
}

bool DatagramFilter::attach() const {
  if (until_.empty()) {
    const int nothing = 0;
    return ::setsockopt(socket_, SOL_SOCKET, SO_DETACH_FILTER, &nothing, sizeof nothing) == 0;
  }
  std::vector<sock_filter> program = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(SKF_NET_OFF) + source_in_header)};
  std::size_t left = until_.size();
  // A match jumps over the hosts left and the instruction that takes all.
  for (const auto& [ip, until] : until_)
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ip, static_cast<std::uint8_t>(left--), 0));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, 0xffffffffu));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, 0));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::setsockopt(socket_, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

}  // namespace vcsr::sip
