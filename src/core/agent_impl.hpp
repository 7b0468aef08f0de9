// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/services.hpp"
#include "vcsr/agent.hpp"

namespace vcsr {

/// The state machine of an agent. Queues reserve and free it; people choose.
class Agent::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::shared_ptr<Services> services, AgentOptions options);
  ~Impl();

  // People's side.
  void log_in();
  void log_out();
  void set_ready();
  void set_not_ready(std::string reason);
  void finish_wrap_up();
  void phone(bool reachable);

  // The queues' side.
  void reserve(const std::string& contact);
  /// The offer was withdrawn.
  void release();
  /// The offer was not taken; after `allowed` in a row the agent is not ready.
  void miss(int allowed, const std::string& why);
  void take();
  /// Nobody would offer a contact now; the agent may take one all the same.
  bool resting() const { return state == AgentState::not_ready || state == AgentState::wrap_up; }
  /// Before take(): goes on resting afterwards.
  void interrupt(const std::string& contact);
  void hold(bool held);
  void finish(Duration wrap_up);

  void join(const std::shared_ptr<Queue::Impl>& queue);
  void leave(const Queue::Impl& queue);
  bool serves(const Queue::Impl& queue) const;

  const AgentOptions options;
  AgentState state = AgentState::logged_out;
  std::string reason;
  Timestamp since;

 private:
  struct Choice {
    AgentState state;
    std::string reason;
  };

  bool in_hand() const;
  void choose(AgentState wanted, std::string why);
  void enter(AgentState next, std::string why = {});
  /// The contact is over: the pending choice, or ready.
  void free();
  /// Looks for work in every queue, or tells them that there is an agent.
  void seek_work();
  void leave_work();
  void stop_timer();

  std::shared_ptr<Services> services_;
  std::vector<std::weak_ptr<Queue::Impl>> queues_;
  std::optional<Choice> pending_;
  std::optional<Loop::TimerId> wrap_up_;
  std::string contact_;
  int misses_ = 0;
};

}  // namespace vcsr
