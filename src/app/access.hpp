// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr {

enum class UserRole { agent, supervisor, auditor, administrator };
const char* to_string(UserRole role) noexcept;

/// What may be done with recordings.
enum class Right {
  listen,    ///< and find
  overhear,  ///< while the call goes on
  take_out,  ///< "export"
  note,
  hold,    ///< and release
  remove,  ///< "delete", and bring back
  destroy,
  administer,  ///< sweep, rekey, backup, index
};
/// "listen", "overhear", "export", "note", "hold", "delete", "destroy", "administer".
const char* to_string(Right right) noexcept;

/// Somebody who may do something with recordings. Agents have theirs, supervisors those of their queues,
/// auditors and administrators all.
struct User {
  std::string name = {};
  UserRole role = UserRole::agent;
  Secret token = {};
  std::string agent = {};  ///< id; of agents
  std::vector<std::string> queues = {};
};

/// Somebody may not; the message names the right that is missing.
class Denied : public Error {
 public:
  Denied(const std::string& message, std::string recording, Right right)
      : Error(Code::refused, message), recording_(std::move(recording)), right_(right) {}

  const std::string& recording() const { return recording_; }
  Right right() const { return right_; }

 private:
  std::string recording_;
  Right right_;
};

/// Whether the role has the right, for some recordings at least.
bool grants(UserRole role, Right right);
/// Whether the user may do it with this one.
bool may(const User& user, Right right, const RecordingDescription& recording);
/// Throws Denied. Without a recording: whether the role has the right.
void require_right(const User& user, Right right, const RecordingDescription* recording = nullptr);

/// The one whose token this is; nothing when it is nobody's.
std::optional<User> user_with_token(const std::vector<User>& users, std::string_view token);

}  // namespace vcsr
