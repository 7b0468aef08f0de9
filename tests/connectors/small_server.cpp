// SPDX-License-Identifier: Apache-2.0
#include "connectors/small_server.hpp"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vcsr::testing {

namespace {

constexpr int look_every = 20;  // ms

bool readable(int socket) {
  pollfd ready{socket, POLLIN, 0};
  return poll(&ready, 1, look_every) > 0;
}

}  // namespace

bool SmallServer::Talk::more() {
  while (!ends_) {
    if (!readable(socket_)) continue;
    std::array<char, 4096> part{};
    const ssize_t size = recv(socket_, part.data(), part.size(), 0);
    if (size <= 0) return false;
    heard_.append(part.data(), static_cast<std::size_t>(size));
    return true;
  }
  return false;
}

std::string SmallServer::Talk::read_until(const std::string& mark) {
  while (heard_.find(mark) == heard_.npos && more()) {
  }
  const std::size_t found = heard_.find(mark);
  return read(found == heard_.npos ? heard_.size() : found + mark.size());
}

std::string SmallServer::Talk::read(std::size_t size) {
  while (heard_.size() < size && more()) {
  }
  std::string text = heard_.substr(0, size);
  heard_.erase(0, size);
  return text;
}

void SmallServer::Talk::write(const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t part = send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) return;
    sent += static_cast<std::size_t>(part);
  }
}

void SmallServer::Talk::stall() {
  while (more()) {
  }
}

SmallServer::SmallServer(Serve serve)
    : serve_(std::move(serve)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 8) != 0 ||
      getsockname(listener_, generic, &size) != 0)
    throw std::runtime_error("cannot listen on loopback");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

SmallServer::~SmallServer() {
  ends_ = true;
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
}

void SmallServer::accept_all() {
  while (!ends_) {
    if (!readable(listener_)) continue;
    const int socket = accept(listener_, nullptr, nullptr);
    if (socket < 0) continue;
    ++connections_;
    threads_.emplace_back([this, socket] {
      Talk talk(socket, ends_);
      serve_(talk);
      close(socket);
    });
  }
}

HttpRequest read_request(SmallServer::Talk& talk) {
  HttpRequest request;
  request.line = talk.read_until("\r\n");
  request.header = talk.read_until("\r\n\r\n");
  const std::string field = "Content-Length: ";
  const std::size_t length = request.header.find(field);
  if (length != request.header.npos)
    request.body = talk.read(std::stoul(request.header.substr(length + field.size())));
  return request;
}

void answer(SmallServer::Talk& talk, int status, const std::string& body) {
  talk.write("HTTP/1.1 " + std::to_string(status) +
             " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
             "\r\nConnection: close\r\n\r\n" + body);
}

}  // namespace vcsr::testing
