// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/sip/nua_thread.hpp"
#include "drivers/sip/nua_trunks.hpp"
#include "drivers/sip/sdp_session.hpp"
#include "drivers/sip/sofia.hpp"

namespace vcsr::sip {

/// A request of the party that is answered later.
struct OpenRequest {
  explicit OpenRequest(nua_t* nua) { nua_save_event(nua, saved); }
  ~OpenRequest() { nua_destroy_event(saved); }
  OpenRequest(const OpenRequest&) = delete;
  OpenRequest& operator=(const OpenRequest&) = delete;

  nua_saved_event_t saved[1] = {};
  std::string subscription;  ///< the Event header of its notifications
};

/// One INVITE dialog.
struct NuaCall : HandleOwner {
  enum class State { offered, calling, answered, talking, ending };

  NuaCall(CallId id, State state, SdpSession session)
      : HandleOwner(Kind::call), id(id), state(state), session(std::move(session)) {}

  CallId id;
  State state;
  SdpSession session;
  Cause cause = Cause::failed;
  std::string contact;                 ///< ours, where the stack would not know which; else empty
  std::string target;                  ///< whom we call
  std::string proxy, asserted;         ///< of the INVITE, and of its repetition with credentials
  std::unique_ptr<Invitation> dialed;  ///< a number, while another trunk may still be tried
  std::vector<std::size_t> routes;     ///< the trunks left to try, the best last
  int line = -1;                       ///< the trunk on which the call is counted
  int answer_ticks = 0;                ///< until the trunk must have said something; 0: it has
  std::string remote;                  ///< where the party is reached
  std::unique_ptr<OpenRequest> refer;
  std::string transferring;  ///< the Event header of the party's REFER that was taken
  int trunk = -1;
  int glare_ticks = 0;      ///< until our re-INVITE is sent again
  bool caller = false;      ///< the Call-ID is ours
  bool told = false;        ///< of the end
  bool challenged = false;  ///< and answered with the trunk's credentials
  bool again = false;       ///< the INVITE in hand is the second one
  bool offered = false;     ///< an INVITE of ours carried an offer, and the stack repeats it to refresh
  bool expects = false;     ///< our 200 carries the offer, so the ACK carries the answer
  bool awaits_ack = false;  ///< before our BYE may go
  bool early = false;       ///< a provisional response carried the answer
  bool rang = false;        ///< told
  bool referring = false;   ///< the outcome is owed
  bool updates = false;     ///< the party takes UPDATE
  bool timers = false;      ///< the party supports session timers
};

/// A call that rings at several telephones.
struct NuaFork {
  std::vector<CallId> branches;
  bool rang = false;  ///< told
  Cause cause = Cause::unreachable;
};

/// The calls on sofia's thread: offers and answers are made here, so that no re-INVITE waits for the loop.
class NuaCalls {
 public:
  explicit NuaCalls(NuaCore& core) : core_(core) {}

  void invite(CallId id, const Invitation& invitation);
  void ring(CallId id);
  void progress(CallId id, std::uint16_t rtp_port);
  void answer(CallId id, std::uint16_t rtp_port);
  void hang_up(CallId id, Cause cause);
  void hold(CallId id, bool on);
  void refer(CallId id, const std::string& target);
  void refer(CallId id, CallId other);
  void answer_refer(CallId id, bool taken);
  void transfer_ended(CallId id, Cause outcome);

  /// An INVITE that belongs to no call yet.
  void arrive(const NuaEvent& event);
  /// Answers a request of a stranger with 503 and lets go of it.
  void refuse_more(nua_handle_t* handle);
  void on_event(const NuaEvent& event, NuaCall& call);
  void on_tick();

  void hang_up_all();
  /// At the end of patience.
  void drop_all();
  bool empty() const { return calls_.empty(); }

  std::size_t open() const { return open_.load(std::memory_order_relaxed); }
  std::size_t refused() const { return refused_.load(std::memory_order_relaxed); }

 private:
  NuaCall* find(CallId id);
  bool admit();
  bool too_fast();
  NuaCall& keep(std::unique_ptr<NuaCall> call, nua_handle_t* handle);
  void drop(NuaCall& call);
  void fail(NuaCall& call, Cause cause);
  void dial_number(CallId id, std::unique_ptr<Invitation> dialed, std::vector<std::size_t> routes,
                   Cause last);
  void send_invite(CallId id, const TrunkAttempt& attempt, std::uint16_t rtp_port);
  void fork(CallId id, const Invitation& invitation);
  void on_branch(CallId id, StackEvent event);
  bool cancel_fork(CallId id, Cause cause);
  void tell(StackEvent event);
  bool fail_over(NuaCall& call, Cause cause);
  void count_off(NuaCall& call);
  void watch_answers();
  void tell_media(NuaCall& call, StackEvent::Kind kind);
  void cancel(NuaCall& call, Cause cause);
  void bye(NuaCall& call, Cause cause);
  void end(NuaCall& call);
  void decline_refer(NuaCall& call);
  void send_refer(NuaCall& call, const std::string& target);
  void notify_transfer(NuaCall& call, const char* state, const std::string& line);
  CallId replaced_by(const sip_replaces_t* replaces) const;

  void on_invited_again(const NuaEvent& event, NuaCall& call);
  void on_update(const NuaEvent& event, NuaCall& call);
  void on_invite_response(const NuaEvent& event, NuaCall& call);
  void on_provisional(const NuaEvent& event, NuaCall& call);
  void on_accepted(const NuaEvent& event, NuaCall& call);
  void on_reinvite_accepted(const NuaEvent& event, NuaCall& call);
  bool on_challenged(const NuaEvent& event, NuaCall& call);
  void on_ack(const NuaEvent& event, NuaCall& call);
  void on_state(const NuaEvent& event, NuaCall& call);
  void on_refer(const NuaEvent& event, NuaCall& call);
  void on_refer_response(const NuaEvent& event, NuaCall& call);
  void on_notify(const NuaEvent& event, NuaCall& call);
  void on_info(const NuaEvent& event, NuaCall& call);

  NuaCore& core_;
  std::unordered_map<CallId, std::unique_ptr<NuaCall>> calls_;
  std::unordered_map<CallId, NuaFork> forks_;  ///< that nobody has answered yet
  std::unordered_map<CallId, CallId> forked_;  ///< their branches
  std::vector<CallId> unanswered_;             ///< without any response of the trunk so far
  std::vector<CallId> glared_;                 ///< whose re-INVITE met one of the party's, to be sent again
  std::atomic<std::size_t> open_ = 0, refused_ = 0;
  std::int64_t second_ = 0;
  std::size_t this_second_ = 0;
};

}  // namespace vcsr::sip
