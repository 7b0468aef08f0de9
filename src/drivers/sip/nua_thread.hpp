// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drivers/sip/stack_event.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

class NuaCore;
struct RecorderInvitation;

struct Destination {
  std::string to;     ///< the request URI
  std::string proxy;  ///< where to send it, when that is not what `to` says
};

/// Whom to call and how.
struct Invitation {
  std::string to;     ///< the request URI
  std::string from;   ///< a name-addr
  std::string proxy;  ///< where to send it, when that is not what `to` says
  std::uint16_t rtp_port = 0;
  std::vector<Destination> others = {};  ///< called at the same time; the first that answers has the call
  int trunk = -1;                        ///< the registration whose password may be used

  std::string number =
      {};  ///< to be dialled over the trunks that grant it; `to`, `from` and `proxy` are theirs
  std::string host = {};  ///< the name of `proxy`, for which it must show a certificate over TLS
  Address caller = {};    ///< of the number; empty: the trunk's own
  bool hide_caller = false;
};

/// sofia-sip on a thread of its own. Commands return at once and reach the thread in order, all that
/// are given before it looks with one wake-up; commands to a call that has ended are ignored.
class NuaThread {
 public:
  /// Binds the port. Throws Error(unavailable) naming it when something else has it.
  NuaThread(Loop& loop, const SipOptions& options, EventOutbox::Receiver receiver);
  /// Hangs up, un-registers and waits for the answers, a few seconds at most.
  ~NuaThread();
  NuaThread(const NuaThread&) = delete;
  NuaThread& operator=(const NuaThread&) = delete;

  std::uint16_t port() const;
  /// 0 without TLS.
  std::uint16_t tls_port() const;
  /// Names a call to be made; those that arrive are named by the same count.
  CallId next_id();

  void invite(CallId call, Invitation invitation);
  void ring(CallId call);
  /// 183 with our description.
  void progress(CallId call, std::uint16_t rtp_port);
  void answer(CallId call, std::uint16_t rtp_port);
  void hang_up(CallId call, Cause cause);
  void hold(CallId call, bool on);
  void refer(CallId call, std::string target);
  /// The target is whoever `other` reaches.
  void refer(CallId call, CallId other);
  /// What becomes of the party's REFER: 202, or 603.
  void answer_refer(CallId call, bool taken);
  /// The NOTIFY that ends a REFER that was taken.
  void transfer_ended(CallId call, Cause outcome);

  /// Has a telephone show what is in its user's mailbox (RFC 3842).
  void notify_messages(std::string contact, std::string proxy, std::string summary);
  void tell_subscribers(std::string user, std::string summary);

  /// Sends a copy of a call to a session recording server. -> recorded or ended
  void begin_recording(CallId id, RecorderInvitation invitation);
  void pause_recording(CallId id, bool on);
  /// Other metadata than before.
  void describe_recording(CallId id, std::string metadata);
  void end_recording(CallId id);

  /// Where the name of a registrar or, numbered after those, of a trunk is by now; the place before has
  /// `failed`.
  void trunk_found(std::size_t number, std::vector<std::string> addresses, bool failed);

  /// Empty while the thread serves calls.
  std::string trouble() const;
  std::size_t open_calls() const;
  std::size_t refused_calls() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr::sip
