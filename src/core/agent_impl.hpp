// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/contact_impl.hpp"
#include "core/services.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

/// Why an agent's state changes, and by whom.
struct Change {
  const char* cause;  ///< "agent", "supervisor", "engine", "device", "timer"
  std::string actor = {};
};
inline const Change by_engine{"engine"};
inline const Change by_timer{"timer"};
inline const Change by_device{"device"};

/// What is said to whoever put a contact into an agent's hand.
enum class Reply { accept, decline, recall, finish, give_back };
using OnReply = std::function<void(Reply)>;
/// The options of a queue, which they keep alive.
using Terms = std::shared_ptr<const QueueOptions>;

/// A contact in an agent's hand.
struct Work {
  std::shared_ptr<Contact::Impl> contact;
  Terms terms = {};                 ///< null: it came through no queue
  OnReply on_reply = {};            ///< null: it can only be waited for
  std::optional<Reply> early = {};  ///< what was said before the queue knew that it is accepted
  AgentState state = AgentState::reserved;
  Timestamp since{};
  std::optional<Loop::TimerId> timer = {};  ///< of the wrap-up
  Timestamp ends{};                         ///< of the wrap-up, while the timer runs
  Duration extended{};
  bool wants_wrap_up = false;
  bool overdue = false;  ///< its time is over, but not its disposition given
  bool disposed = false;
};

/// The state machine of an agent. Queues reserve and free it; people choose.
class Agent::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::shared_ptr<Services> services, AgentOptions options);
  ~Impl();

  // People's side.
  void log_in(const Change& by);
  void log_out(const Change& by);
  void set_ready(const Change& by);
  void set_not_ready(std::string reason, const Change& by);
  void cancel_pending();
  void heartbeat();
  void phone(bool reachable);
  /// As an earlier run of the program left the agent, whose contacts in hand are gone.
  void restore(AgentChoice chosen, AgentState was, Timestamp since, Timestamp logged_in);
  void force(AgentOrder order, const std::string& by, const std::string& why);
  void accept(const std::string& contact);
  void decline(const std::string& contact);
  void finish_by_hand(const std::string& contact);
  void finish_wrap_up();
  void want_wrap_up();
  void extend_wrap_up(Duration by);
  void dispose(const std::string& contact, const std::string& code, std::string note);
  std::optional<AgentChoice> pending() const;
  std::vector<ContactInHand> contacts() const;
  Change myself() const { return {"agent", options.id}; }

  // The queues' side.
  /// Whether a contact of this channel may be offered now.
  bool takes(Channel channel) const;
  void reserve(std::shared_ptr<Contact::Impl> contact, Terms terms = {}, OnReply on_reply = {});
  /// The offer was withdrawn.
  void release(const Contact::Impl& contact);
  /// The offer was not taken; after `allowed` in a row, or a telephone that fails, the agent is not ready.
  void miss(const Contact::Impl& contact, int allowed, Reached why);
  /// On the terms of the queue through which it came.
  void take(const Contact::Impl& contact, Terms terms = {}, OnReply on_reply = {});
  /// Nobody would offer a contact now; the agent may take one all the same.
  bool resting() const { return state == AgentState::not_ready || state == AgentState::wrap_up; }
  /// Before take(): goes on resting afterwards.
  void interrupt(std::shared_ptr<Contact::Impl> contact);
  void hold(const Contact::Impl& contact, bool held);
  void finish(const Contact::Impl& contact);

  /// What was talked counts in the choice of agents.
  void credit(Duration talked);
  void set_skills(Skills skills);
  void tell_skills();

  void join(const std::shared_ptr<Queue::Impl>& queue, int level);
  void leave(const Queue::Impl& queue);
  bool serves(const Queue::Impl& queue) const;

  const AgentOptions options;
  acd::AgentNumber number = 0;  ///< with the distributor
  Skills skills;
  AgentState state = AgentState::logged_out;
  std::string reason;
  Timestamp since;

 private:
  struct Choice {
    AgentChoice what;
    Change by;
  };
  using Works = std::list<Work>;

  void require_session() const;
  void choose(AgentChoice wanted, const Change& by);
  void set_pending(std::optional<Choice> choice, const Change& by);
  /// What follows from the contacts in hand and from the choice.
  void settle(const Change& by);
  void enter(AgentState next, std::string why, const Change& by);
  AgentState busiest() const;

  Works::iterator find(const Contact::Impl& contact);
  Work& require(const std::string& contact);
  /// In hand, in this state, and not a telephone's affair.
  Work& require_reply(const std::string& contact, AgentState in, bool by_hand);
  /// It is out of the agent's hand.
  void drop(Works::iterator work, const Change& by);

  bool wraps_up(const Work& work) const;
  static bool lacks_disposition(const Work& work);
  void start_timer(Work& work, Duration lasts);
  void stop_timer(Work& work);
  void time_over(const Contact::Impl& contact);
  void note_disposition(Work& work, const std::string& code, std::string note, const Change& by);
  void end_wrap_up(Works::iterator work, const Change& by);
  void end_wrap_ups(const Change& by);
  void recall_offers(bool all);

  void await_heartbeat(Duration limit, void (Impl::*then)());
  void lose_heartbeat();
  void leave_without_heartbeat();

  /// Whether something may be offered at all.
  bool available() const;
  acd::Availability availability() const;

  std::shared_ptr<Services> services_;
  std::vector<std::weak_ptr<Queue::Impl>> queues_;
  AgentChoice chosen_;  ///< holds while nothing is in hand
  std::optional<Choice> pending_;
  Works works_;
  std::optional<Loop::TimerId> heartbeat_;
  Timestamp logged_in_;
  int misses_ = 0;
};

}  // namespace vcsr
