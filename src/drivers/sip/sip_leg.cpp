// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_leg.hpp"
#include "drivers/sip/sip_text.hpp"

#include <utility>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

class BothTaps final : public AudioTap {
 public:
  BothTaps(std::shared_ptr<AudioTap> first, std::shared_ptr<AudioTap> second)
      : first_(std::move(first)), second_(std::move(second)) {}
  void on_audio(const TapFrame& frame) noexcept override {
    first_->on_audio(frame);
    second_->on_audio(frame);
  }

 private:
  std::shared_ptr<AudioTap> first_, second_;
};

}  // namespace

SipLeg::SipLeg(LegHost& host, CallId call, std::optional<MediaPlan> plan)
    : host_(host), call_(call), state_(State::arriving), plan_(std::move(plan)) {}

SipLeg::SipLeg(LegHost& host, CallId call, LegListener& listener)
    : host_(host), call_(call), state_(State::calling), listener_(&listener) {}

SipLeg::~SipLeg() { hang_up(Cause::normal); }

void SipLeg::dial(Invitation invitation, std::string host) {
  if (!open_media()) return;
  invitation.rtp_port = media_->port;
  if (host.empty()) return host_.stack().invite(call_, std::move(invitation));
  resolving_.emplace(resolve(std::move(invitation), std::move(host)));
  resolving_->start();
}

Task<> SipLeg::resolve(Invitation invitation, std::string host) {
  Task<std::string> lookup = host_.resolve(host);
  const std::string address = co_await std::move(lookup);
  if (address.empty()) {
    host_.later(call_, [](SipLeg& leg) { leg.end(Cause::unreachable); });
    co_return;
  }
  invitation.proxy = sip_uri_at(address, *parse_sip_uri(invitation.to));
  invitation.host = std::move(host);
  host_.stack().invite(call_, std::move(invitation));
}

bool SipLeg::open_media() {
  if (media_) return true;
  try {
    media_ = host_.rtp().open();
  } catch (const Error&) {
    // No port is free: the caller hears "congestion", and so do we.
    host_.stack().hang_up(call_, Cause::congestion);
    host_.later(call_, [](SipLeg& leg) { leg.end(Cause::congestion); });
    return false;
  }
  host_.own_media(media_->id, *this);
  return true;
}

void SipLeg::ring() {
  if (state_ == State::arriving && !answering_) host_.stack().ring(call_);
}

void SipLeg::answer() {
  if (state_ != State::arriving || answering_ || !open_media()) return;
  answering_ = true;
  agree(plan_);
  host_.stack().answer(call_, media_->port);
}

void SipLeg::hang_up(Cause cause) {
  if (state_ == State::ended) return;
  host_.stack().hang_up(call_, cause);
  end_silently();
}

void SipLeg::play(const Prompt& prompt, const std::string& language, PlayOptions options) {
  if (state_ == State::ended || !open_media()) return;
  stop_playing();
  ++plays_;
  if (!sound_early()) return;
  try {
    if (const SoundPtr sound = host_.voice().ready(prompt, language)) return begin(sound, options.repeat);
  } catch (const Error& error) {
    return fail_playing(error.what());
  }
  rendering_.emplace(render(prompt, language, options.repeat));
  rendering_->start();
}

// Before the answer only whoever made an offer can be sent audio.
bool SipLeg::sound_early() {
  if (state_ != State::arriving || answering_ || agreed_) return true;
  if (!plan_) {
    fail_playing("early media needs an offer, and the INVITE of this call has none: answer it first");
    return false;
  }
  agree(plan_);
  host_.stack().progress(call_, media_->port);
  return true;
}

Task<> SipLeg::render(Prompt prompt, std::string language, bool repeat) {
  std::string why;
  try {
    Task<SoundPtr> sound = host_.voice().render(std::move(prompt), std::move(language));
    const SoundPtr ready = co_await std::move(sound);
    begin(ready, repeat);
  } catch (const Error& error) {
    why = error.what();
  }
  if (!why.empty()) fail_playing(std::move(why));
}

void SipLeg::begin(const SoundPtr& sound, bool repeat) {
  playing_ = !repeat;
  host_.rtp().play(media_->id, sound, repeat);
}

void SipLeg::fail_playing(std::string why) {
  host_.later(call_, [play = plays_, why = std::move(why)](SipLeg& leg) {
    if (play == leg.plays_ && leg.listener_) leg.listener_->on_play_failed(why);
  });
}

void SipLeg::stop_playing() {
  ++plays_;
  rendering_.reset();
  if (media_) host_.rtp().stop_playing(media_->id);
  playing_ = false;
}

void SipLeg::send_digits(const std::string& digits) {
  if (state_ != State::ended && open_media()) host_.rtp().send_digits(media_->id, digits);
}

void SipLeg::hear(Leg& other, bool on) {
  SipLeg* peer = dynamic_cast<SipLeg*>(&other);
  VCSR_ASSERT(peer && &peer->host_ == &host_);
  if (state_ == State::ended || peer->state_ == State::ended || !open_media() || !peer->open_media()) return;
  host_.rtp().hear(media_->id, peer->media_->id, on);
}

void SipLeg::disconnect() {
  if (media_) host_.rtp().disconnect(media_->id);
}

void SipLeg::hold() {
  if (state_ == State::talking) host_.stack().hold(call_, true);
}

void SipLeg::retrieve() {
  if (state_ == State::talking) host_.stack().hold(call_, false);
}

void SipLeg::refer(const Address& target) {
  if (state_ == State::talking) host_.refer(call_, target);
}

void SipLeg::refer(Leg& other) {
  SipLeg* peer = dynamic_cast<SipLeg*>(&other);
  VCSR_ASSERT(peer && &peer->host_ == &host_);
  if (state_ == State::talking) host_.stack().refer(call_, peer->call_);
}

void SipLeg::transfer_ended(Cause outcome) {
  if (state_ == State::talking) host_.stack().transfer_ended(call_, outcome);
}

bool SipLeg::replace(std::unique_ptr<Leg>& by, const Arrival& arrival) {
  return listener_ && listener_->on_replaced(by, arrival);
}

bool SipLeg::takes_transfer(const StackEvent& event) {
  if (!listener_) return false;
  if (!event.other) return listener_->on_transfer_requested(Address(event.text, event.user));
  SipLeg* other = host_.leg_of(event.other);
  return other && listener_->on_attended_transfer(*other);
}

void SipLeg::tap(std::shared_ptr<AudioTap> tap) {
  tap_ = std::move(tap);
  set_taps();
}

void SipLeg::overhear(std::shared_ptr<AudioTap> ear) {
  ear_ = std::move(ear);
  set_taps();
}

void SipLeg::set_taps() {
  if (state_ == State::ended || !open_media()) return;
  const std::shared_ptr<AudioTap> both = tap_ && ear_ ? std::make_shared<BothTaps>(tap_, ear_) : nullptr;
  host_.rtp().tap(media_->id, both ? both : tap_ ? tap_ : ear_);
}

std::optional<MediaQuality> SipLeg::quality() const {
  return media_ ? host_.rtp().quality(media_->id) : quality_;
}

void SipLeg::on_event(StackEvent& event) {
  switch (event.kind) {
    case StackEvent::Kind::routed: trunk_ = std::move(event.text); break;
    case StackEvent::Kind::ringing:
      if (listener_) listener_->on_ringing();
      break;
    case StackEvent::Kind::media:
      agree(event.plan);
      if (state_ == State::talking) tell_held(event.on);
      break;
    case StackEvent::Kind::answered:
      state_ = State::talking;
      held_ = event.on;
      agree(event.plan);
      if (listener_) listener_->on_answered();
      break;
    case StackEvent::Kind::digit:
      // A telephone that signals a key in both ways presses it once.
      if (!rtp_digits_ && listener_) listener_->on_digit(event.digit);
      break;
    case StackEvent::Kind::referred:
      if (listener_) listener_->on_referred(event.cause);
      break;
    case StackEvent::Kind::transfer: host_.stack().answer_refer(call_, takes_transfer(event)); break;
    case StackEvent::Kind::ended: end(event.cause); break;
    case StackEvent::Kind::arrived:
    case StackEvent::Kind::recorded:
    case StackEvent::Kind::trunk_failed:
    case StackEvent::Kind::device: break;
  }
}

void SipLeg::agree(const std::optional<MediaPlan>& plan) {
  if (!plan || !media_ || agreed_ == plan) return;
  agreed_ = plan;
  host_.rtp().agree(media_->id, *plan);
}

void SipLeg::tell_held(bool held) {
  if (std::exchange(held_, held) != held && listener_) listener_->on_held(held);
}

void SipLeg::on_played() {
  if (std::exchange(playing_, false) && listener_) listener_->on_played();
}

void SipLeg::on_digit(char digit) {
  rtp_digits_ = true;
  if (listener_) listener_->on_digit(digit);
}

void SipLeg::on_digits_sent() {
  if (listener_) listener_->on_digits_sent();
}

void SipLeg::on_media_lost() {
  host_.stack().hang_up(call_, Cause::lost);
  end(Cause::lost);
}

void SipLeg::end(Cause cause) {
  if (state_ == State::ended) return;
  LegListener* listener = listener_;
  end_silently();
  if (listener) listener->on_hung_up(cause);
}

void SipLeg::end_silently() {
  state_ = State::ended;
  quality_ = quality();
  rendering_.reset();
  resolving_.reset();
  if (media_) host_.rtp().close(media_->id);
  host_.forget(call_, media_ ? std::optional(media_->id) : std::nullopt);
  media_.reset();
}

}  // namespace vcsr::sip
