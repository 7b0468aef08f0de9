// SPDX-License-Identifier: Apache-2.0
#include "connectors/line_socket.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vcsr/base/error.hpp"

namespace vcsr::connectors {

namespace {

constexpr int look_every = 50;  // ms, whether anybody still waits
constexpr std::size_t most_heard = 1u << 20;

// RFC 854
constexpr char telnet_iac = '\xff', telnet_will = '\xfb', telnet_wont = '\xfc', telnet_do = '\xfd',
               telnet_dont = '\xfe';

Error unreachable(const std::string& host, const std::string& why) {
  return Error(Error::Code::unavailable, host + " cannot be reached: " + why);
}

}  // namespace

LineSocket::LineSocket(const std::string& host, std::uint16_t port, const Question& question)
    : host_(host + ":" + std::to_string(port)) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found); code != 0)
    throw unreachable(host_, gai_strerror(code));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, freeaddrinfo);
  int error = 0;
  for (const addrinfo* address = found; address; address = address->ai_next) {
    socket_ = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) continue;
    error = connect(socket_, address->ai_addr, address->ai_addrlen) == 0 ? 0 : errno;
    try {
      if (error == EINPROGRESS) wait(POLLOUT, question);
    } catch (const Error&) {
      close(socket_);
      throw;
    }
    socklen_t size = sizeof error;
    if (error == EINPROGRESS) getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == 0) return;
    close(socket_);
  }
  throw unreachable(host_, std::generic_category().message(error));
}

LineSocket::~LineSocket() { close(socket_); }

void LineSocket::wait(short events, const Question& question) {
  pollfd ready{socket_, events, 0};
  while (poll(&ready, 1, look_every) <= 0)
    if (question.dropped) throw Error(Error::Code::timed_out, host_ + " gave no answer in time");
}

void LineSocket::send(const std::string& text, const Question& question) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t part = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (part > 0) sent += static_cast<std::size_t>(part);
    else if (errno == EAGAIN) wait(POLLOUT, question);
    else throw Error(Error::Code::unavailable, host_ + " has closed the connection");
  }
}

void LineSocket::take(const Question& question) {
  wait(POLLIN, question);
  std::array<char, 4096> part{};
  const ssize_t size = recv(socket_, part.data(), part.size(), 0);
  if (size == 0 || (size < 0 && errno != EAGAIN))
    throw Error(Error::Code::unavailable, host_ + " has closed the connection");
  for (ssize_t i = 0; i < size; ++i) {
    const char c = part[static_cast<std::size_t>(i)];
    if (option_ == 2) {
      const bool offers = command_ == telnet_will || command_ == telnet_wont;
      if (command_ == telnet_will || command_ == telnet_do)
        send({telnet_iac, offers ? telnet_dont : telnet_wont, c}, question);
      option_ = 0;
    } else if (option_ == 1) {
      command_ = c;
      option_ = c >= telnet_will && c <= telnet_dont ? 2 : 0;
      if (c == telnet_iac) heard_ += c;
    } else if (c == telnet_iac) {
      option_ = 1;
    } else {
      heard_ += c;
    }
  }
}

std::string LineSocket::heard_until(const std::string& mark, const Question& question) {
  for (std::size_t from = 0;;) {
    const std::size_t found = heard_.find(mark, from);
    if (found != heard_.npos) {
      std::string text = heard_.substr(0, found + mark.size());
      heard_.erase(0, text.size());
      return text;
    }
    if (heard_.size() > most_heard)
      throw Error(Error::Code::unavailable,
                  host_ + " says more than 1 MB without \"" + mark + "\": check what is expected");
    from = heard_.size() < mark.size() ? 0 : heard_.size() - mark.size();
    take(question);
  }
}

}  // namespace vcsr::connectors
