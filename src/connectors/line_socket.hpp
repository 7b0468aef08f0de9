// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "connectors/connection.hpp"

namespace vcsr::connectors {

/// A TCP connection that speaks lines, as telnet does: its options are declined. Waits no longer than the
/// question is waited for.
class LineSocket {
 public:
  /// Throws Error: unavailable when the host cannot be reached, timed_out.
  LineSocket(const std::string& host, std::uint16_t port, const Question& question);
  ~LineSocket();
  LineSocket(const LineSocket&) = delete;

  void send(const std::string& text, const Question& question);
  /// What comes up to the end of `mark`, and with it; the rest is for the next time.
  std::string heard_until(const std::string& mark, const Question& question);

 private:
  void wait(short events, const Question& question);
  void take(const Question& question);

  int socket_ = -1;
  std::string host_;
  std::string heard_;
  int option_ = 0;  // how much of a telnet command was heard
  char command_ = 0;
};

}  // namespace vcsr::connectors
