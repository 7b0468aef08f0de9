// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/sip/nua_challenge.hpp"
#include "drivers/sip/recorder_sdp.hpp"
#include "drivers/sip/sofia.hpp"
#include "drivers/sip/stack_event.hpp"

namespace vcsr::sip {

/// What a session recording server is asked to record.
struct RecorderInvitation {
  std::string to;                           ///< the server's URI
  std::string from;                         ///< a name-addr
  std::string proxy = {};                   ///< where to send it, when that is not what `to` says
  std::string host = {};                    ///< the name of `proxy`, for which it must show a certificate
  std::array<std::uint16_t, 2> ports = {};  ///< from which the streams come
  std::string metadata = {};                ///< RFC 7865
  bool paused = false;
};

/// One dialog with the server.
struct NuaRecording : HandleOwner {
  enum class State { calling, talking, ending };

  NuaRecording(CallId id, RecorderSdp sdp) : HandleOwner(Kind::recording), id(id), sdp(std::move(sdp)) {}

  CallId id;
  RecorderSdp sdp;
  State state = State::calling;
  std::string target;   ///< of its requests
  std::string call_id;  ///< of the INVITE that was challenged; "" once there is a dialog
  std::string proxy, contact, metadata;
  std::string why;           ///< it ends
  bool retry = false;        ///< the server may be well in a moment
  bool open = false;         ///< an INVITE of ours has no final response yet
  bool paused = false;       ///< as it should be
  bool told_paused = false;  ///< as the server was told last
  bool stale = false;        ///< the server does not know the metadata
  bool expects = false;      ///< our 200 carried the offer, so the ACK carries the answer
  bool told = false;         ///< of the end
  bool challenged = false;   ///< the INVITE in hand was answered with credentials already
  DigestAnswer credentials;  ///< of that INVITE, which are its ACK's too
  std::string route;         ///< of the dialog's requests; "" where they go to the target
  bool goes_on = false;      ///< the end of the INVITE before that one is not the end
  int answer_in = 0;         ///< ticks in which the server must give some sign of life; 0: it has
  int again_in = 0;          ///< ticks until our re-INVITE, which met one of the server's, is sent again
};

class NuaCore;

/// The recording sessions on sofia's thread (RFC 7866): we are the client that begins and ends them.
class NuaRecordings {
 public:
  explicit NuaRecordings(NuaCore& core) : core_(core) {}

  void begin(CallId id, const RecorderInvitation& invitation);
  void pause(CallId id, bool on);
  /// Other metadata, which the server is sent as soon as SIP permits.
  void describe(CallId id, const std::string& metadata);
  void end(CallId id);

  void on_event(const NuaEvent& event, NuaRecording& recording);
  void on_tick();

  void end_all();
  /// At the end of patience.
  void drop_all();
  bool empty() const { return recordings_.empty(); }

 private:
  void offer(NuaRecording& recording);
  void send(NuaRecording& recording);
  DigestAnswer credentials_for(const NuaEvent& event, const NuaRecording& recording,
                               const char* method) const;
  bool answer_challenge(const NuaEvent& event, NuaRecording& recording);
  void on_left(const NuaEvent& event, NuaRecording& recording);
  void leave_again(const NuaEvent& event, NuaRecording& recording);
  void miss(NuaRecording& recording);
  void offer_what_is_new(NuaRecording& recording);
  void on_response(const NuaEvent& event, NuaRecording& recording);
  void on_accepted(const NuaEvent& event, NuaRecording& recording);
  void on_offer(const NuaEvent& event, NuaRecording& recording);
  void on_ack(const NuaEvent& event, NuaRecording& recording);
  void on_state(const NuaEvent& event, NuaRecording& recording);
  void on_other_request(const NuaEvent& event);
  void tell_targets(const NuaRecording& recording);
  void tell_end(NuaRecording& recording);
  void forget(NuaRecording& recording);
  NuaRecording* find(CallId id);

  NuaCore& core_;
  std::unordered_map<CallId, std::unique_ptr<NuaRecording>> recordings_;
};

}  // namespace vcsr::sip
