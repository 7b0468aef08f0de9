// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "store/postgres/connection.hpp"
#include "vcsr/base/loop.hpp"

namespace vcsr::postgres {

/// Tells whoever listens that there are new entries: after their commit, through a connection of its own, and
/// once for all that came while it told. What gets lost is found by looking.
class HintSender {
 public:
  explicit HintSender(const Address& address);
  ~HintSender();
  HintSender(const HintSender&) = delete;
  HintSender& operator=(const HintSender&) = delete;

  void send();

 private:
  void run();

  const Address address_;
  std::mutex mutex_;
  std::condition_variable asked_;
  bool wanted_ = false, ending_ = false;
  std::thread thread_;
};

/// Calls `hint` on the loop when somebody tells of new entries, until what it returned dies. Connects again
/// by itself.
std::shared_ptr<void> listen_for_hints(Loop& loop, const Address& address, std::function<void()> hint);

}  // namespace vcsr::postgres
