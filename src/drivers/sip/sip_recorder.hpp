// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "drivers/sip/nua_recordings.hpp"
#include "drivers/sip/recorder_media.hpp"
#include "drivers/sip/recorder_metadata.hpp"
#include "drivers/sip/sip_leg.hpp"
#include "drivers/sip/stack_event.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/media/external_recorder.hpp"

namespace vcsr::sip {

class SipRecorder;

/// One recorded call on its way to the server, over as many sessions as it takes. It outlives its call by
/// what the server was not sent yet.
class SipRecording final : public ExternalCopy, public std::enable_shared_from_this<SipRecording> {
 public:
  SipRecording(std::shared_ptr<SipRecorder> recorder, RecordedCall call,
               std::array<RecorderStream, 2> streams, RecorderMetadata metadata);
  ~SipRecording() override { finish(); }

  void on_audio(const TapFrame& frame) noexcept override { media_.take(frame); }
  void pause() override { set_paused(true); }
  void resume() override { set_paused(false); }
  void on_parties(const std::vector<RecordedParty>& parties) override;
  void end() override;

  void dial();
  void on_event(StackEvent& event);
  /// The driver stops.
  void drop();
  const RecordedCall& call() const { return call_; }

 private:
  void set_paused(bool on);
  void renew();
  Task<> resolve(std::string host);
  void invite(std::string proxy, std::string host);
  void fail(std::string why, bool again);
  void tell_lost();
  void drain_soon();
  void drain();
  void finish();

  const std::shared_ptr<SipRecorder> recorder_;
  const RecordedCall call_;
  RecorderMedia media_;
  RecorderMetadata metadata_;
  std::vector<RecordedParty> parties_;  ///< that metadata_ is to tell of next
  CallId id_ = 0;                       ///< of the session; 0: none just now
  std::optional<Task<>> resolving_;
  std::optional<Loop::TimerId> again_, renewing_, draining_, deadline_;
  int failures_ = 0;
  bool begun_ = false, paused_ = false;
  bool ending_ = false;    ///< the call is over; what was kept is still to be sent
  bool hopeless_ = false;  ///< no server will take it
  bool over_ = false;
};

/// A session recording server (RFC 7866) that is given copies of recordings.
class SipRecorder final : public ExternalRecorder, public std::enable_shared_from_this<SipRecorder> {
 public:
  SipRecorder(std::string server, Log log) : server_(std::move(server)), log_(std::move(log)) {}

  /// `from`: we, as a name-addr.
  void start(LegHost& host, std::string from);
  /// No copy is made any more, and those there are have ended.
  void stop();
  /// False: the event is no recording session's.
  bool on_event(StackEvent& event);

  std::shared_ptr<ExternalCopy> begin(const RecordedCall& call) override;
  void follow(std::function<void(const ExternalCopyNews&)> listener) override {
    listener_ = std::move(listener);
  }
  std::string trouble() const override { return trouble_; }

  // For its recordings.
  /// Null once stopped.
  LegHost* host() const { return host_; }
  const std::string& server() const { return server_; }
  const std::string& from() const { return from_; }
  void find_by(CallId session, SipRecording& recording);
  void forget(CallId session) { sessions_.erase(session); }
  /// Until let_go(): its call is over, and it still has something to send.
  void keep(std::shared_ptr<SipRecording> recording) { ending_.insert(std::move(recording)); }
  void let_go(const std::shared_ptr<SipRecording>& recording) { ending_.erase(recording); }
  void tell(ExternalCopyNews::State state, const RecordedCall& call, const std::string& why = {});
  /// It took so long to answer that this is missing.
  void tell_lost(const RecordedCall& call, Duration lost) const;

 private:
  const std::string server_;
  const Log log_;
  LegHost* host_ = nullptr;
  std::string from_, trouble_;
  std::function<void(const ExternalCopyNews&)> listener_;
  std::unordered_map<CallId, std::weak_ptr<SipRecording>> sessions_;
  std::unordered_set<std::shared_ptr<SipRecording>> ending_;
};

}  // namespace vcsr::sip
