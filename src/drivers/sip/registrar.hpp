// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// Where a telephone is reached.
struct ContactBinding {
  std::string uri;
  std::string source;  ///< "192.0.2.1:5060" that the registration came from
  WallTime expires;
};

/// Who is registered and where (RFC 3261 §10). Plain values, no thread.
class Registrar {
 public:
  explicit Registrar(std::size_t most_bindings = 10) : most_bindings_(most_bindings) {}

  /// Adds `uri` as the newest contact of the user, or renews it. False when there are too many.
  bool bind(const std::string& user, std::string uri, std::string source, WallTime expires);
  void unbind(const std::string& user, std::string_view uri);
  void unbind_all(const std::string& user);
  /// What a request that failed halfway has changed.
  void restore(const std::string& user, std::vector<ContactBinding> bindings);
  /// Forgets what has expired and gives the users concerned.
  std::vector<std::string> expire(WallTime now);

  /// Oldest first.
  const std::vector<ContactBinding>& bindings(const std::string& user) const;
  const std::map<std::string, std::vector<ContactBinding>>& users() const { return users_; }

 private:
  std::size_t most_bindings_;
  std::map<std::string, std::vector<ContactBinding>> users_;
};

}  // namespace vcsr::sip
