// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "drivers/sip/sofia.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// A telephone that asked to be told of its user's messages.
struct NuaSubscription final : HandleOwner {
  NuaSubscription() : HandleOwner(Kind::subscription) {}

  std::string user;
  std::string contact;
  WallTime expires{};
  bool ended = false;  ///< its last NOTIFY is on its way
};

/// Subscriptions to message-waiting (RFC 3842, RFC 6665): who subscribes proves to be the user, as who
/// registers does.
class NuaSubscriptions {
 public:
  explicit NuaSubscriptions(NuaCore& core) : core_(core) {}

  /// A SUBSCRIBE that belongs to no subscription yet.
  void arrive(const NuaEvent& event);
  void on_event(const NuaEvent& event, NuaSubscription& subscription);
  /// From now on that is how many messages wait for the user; whoever subscribed is told.
  void tell(const std::string& user, const std::string& summary);
  bool has(const std::string& contact) const;
  void on_tick();
  void drop_all();

 private:
  void keep(const NuaEvent& event, const std::string& user);
  void renew(const NuaEvent& event, NuaSubscription& subscription);
  void accept(const NuaEvent& event, NuaSubscription& subscription);
  void notify(const NuaSubscription& subscription, int state);
  void end(NuaSubscription& subscription);
  void forget(NuaSubscription& subscription);
  std::size_t count(const std::string& user) const;

  NuaCore& core_;
  std::map<const NuaSubscription*, std::unique_ptr<NuaSubscription>> all_;
  std::map<std::string, std::string> summaries_;  ///< by user
};

}  // namespace vcsr::sip
