// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/sip/nua_thread.hpp"
#include "drivers/sip/rtp/rtp_engine.hpp"
#include "drivers/sip/stack_event.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/media/voice.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr::sip {

class SipLeg;

/// What a leg needs of its driver; outlives the leg.
class LegHost {
 public:
  virtual Loop& loop() = 0;
  virtual Voice& voice() = 0;
  virtual NuaThread& stack() = 0;
  virtual RtpEngine& rtp() = 0;
  /// The address of a host, as a URI has it; "" when it has none.
  virtual Task<std::string> resolve(std::string host) = 0;
  /// Sends REFER; a target that names a phone of ours alone is told to call us.
  virtual void refer(CallId call, const Address& target) = 0;
  /// Null when it has ended.
  virtual SipLeg* leg_of(CallId call) = 0;
  /// Audio of this stream is the leg's.
  virtual void own_media(MediaId media, SipLeg& leg) = 0;
  /// The leg has ended or is gone: nothing finds it any more.
  virtual void forget(CallId call, std::optional<MediaId> media) = 0;
  /// Runs the work later if the leg is still there.
  virtual void later(CallId call, std::function<void(SipLeg&)> work) = 0;

 protected:
  ~LegHost() = default;
};

/// One SIP call as the loop sees it: a state and two queues, to the stack and to the audio.
class SipLeg final : public Leg {
 public:
  enum class State { arriving, calling, talking, ended };

  /// One that arrived; `plan` is empty when the INVITE had no offer.
  SipLeg(LegHost& host, CallId call, std::optional<MediaPlan> plan);
  /// One that is dialled.
  SipLeg(LegHost& host, CallId call, LegListener& listener);
  ~SipLeg() override;

  /// Sends the INVITE, to `host` once it is resolved where it is not empty.
  void dial(Invitation invitation, std::string host = {});

  void listen(LegListener& listener) override { listener_ = &listener; }
  void ring() override;
  void answer() override;
  void hang_up(Cause cause) override;
  void play(const Prompt& prompt, const std::string& language, PlayOptions options) override;
  void stop_playing() override;
  void send_digits(const std::string& digits) override;
  void hear(Leg& other, bool on) override;
  void disconnect() override;
  void hold() override;
  void retrieve() override;
  void refer(const Address& target) override;
  void refer(Leg& other) override;
  void transfer_ended(Cause outcome) override;
  void tap(std::shared_ptr<AudioTap> tap) override;
  void overhear(std::shared_ptr<AudioTap> ear) override;
  std::optional<MediaQuality> quality() const override;
  std::string trunk() const override { return trunk_; }

  void on_event(StackEvent& event);
  /// False: nobody wants `by`, which is still there then.
  bool replace(std::unique_ptr<Leg>& by, const Arrival& arrival);
  void on_played();
  void on_digit(char digit);
  void on_digits_sent();
  void on_media_lost();
  /// Ends the leg and tells; it may be gone afterwards.
  void end(Cause cause);
  /// Without a word, when the driver stops.
  void end_silently();

 private:
  bool open_media();
  void set_taps();
  bool sound_early();
  void begin(const SoundPtr& sound, bool repeat);
  Task<> render(Prompt prompt, std::string language, bool repeat);
  Task<> resolve(Invitation invitation, std::string host);
  void fail_playing(std::string why);
  void agree(const std::optional<MediaPlan>& plan);
  void tell_held(bool held);
  bool takes_transfer(const StackEvent& event);

  LegHost& host_;
  CallId call_;
  State state_;
  LegListener* listener_ = nullptr;
  std::optional<MediaPlan> plan_;    ///< the party's wish
  std::optional<MediaPlan> agreed_;  ///< what the audio was told last
  std::optional<MediaOpened> media_;
  std::shared_ptr<AudioTap> tap_, ear_;
  std::optional<MediaQuality> quality_;  ///< once it ended
  std::string trunk_;
  std::optional<Task<>> rendering_, resolving_;
  std::uint64_t plays_ = 0;  ///< begun so far, so that late failures are known
  bool playing_ = false;     ///< on_played is owed
  bool answering_ = false;
  bool held_ = false;
  bool rtp_digits_ = false;
};

}  // namespace vcsr::sip
