// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <sys/types.h>

namespace vcsr {

/// A PostgreSQL server of its own from the system's package, at a Unix socket in a temporary folder. It dies
/// with the test. One serves all tests of the program: each takes a schema of its own.
class PostgresServer {
 public:
  /// Null where the package is missing; the test then says so and ends.
  static PostgresServer* get();

  /// Of a schema that nobody used before.
  std::string fresh_address();

  void start();
  /// At once, as by a power cut: sessions are lost, what was not committed too.
  void stop();

  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

 private:
  explicit PostgresServer(std::string programs);

  std::string programs_, folder_;
  pid_t process_ = 0;
  int schemas_ = 0;
};

}  // namespace vcsr
