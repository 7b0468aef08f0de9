// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "drivers/sip/sip_recorder.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

using namespace std::chrono_literals;

constexpr Duration try_again = 5s;
constexpr int most_failures = 3;
constexpr Duration patience = 32s;  // with a server that does not take what a call left, as for any request
constexpr Duration since_1900 = 2'208'988'800s;  // the epoch of NTP

}  // namespace

SipRecording::SipRecording(std::shared_ptr<SipRecorder> recorder, RecordedCall call,
                           std::array<RecorderStream, 2> streams, RecorderMetadata metadata)
    : recorder_(std::move(recorder)),
      call_(std::move(call)),
      media_(std::move(streams), recorder_->host()->loop().wall_time().time_since_epoch() + since_1900),
      metadata_(std::move(metadata)) {}

void SipRecording::dial() {
  const SipUri server = *parse_sip_uri(recorder_->server());
  if (is_address(server.host)) return invite({}, {});
  resolving_.emplace(resolve(std::string(server.host)));
  resolving_->start();
}

Task<> SipRecording::resolve(std::string host) {
  Task<std::string> lookup = recorder_->host()->resolve(host);
  const std::string address = co_await std::move(lookup);
  if (!address.empty()) invite(sip_uri_at(address, *parse_sip_uri(recorder_->server())), std::move(host));
  else fail("nobody knows the address of " + host, true);
}

void SipRecording::invite(std::string proxy, std::string host) {
  id_ = recorder_->host()->stack().next_id();
  recorder_->find_by(id_, *this);
  recorder_->host()->stack().begin_recording(id_, {.to = recorder_->server(),
                                                   .from = recorder_->from(),
                                                   .proxy = std::move(proxy),
                                                   .host = std::move(host),
                                                   .ports = media_.ports(),
                                                   .metadata = metadata_.text(),
                                                   .paused = paused_});
}

void SipRecording::set_paused(bool on) {
  if (ending_ || over_ || std::exchange(paused_, on) == on) return;
  // What is said before the server knows that it goes on is not to be missing.
  if (!on && begun_) media_.wait();
  media_.silence(on);
  if (id_ != 0 && recorder_->host()) recorder_->host()->stack().pause_recording(id_, on);
}

// What changes at one moment, a transfer, is told at once.
void SipRecording::on_parties(const std::vector<RecordedParty>& parties) {
  if (ending_ || over_ || !recorder_->host()) return;
  parties_ = parties;
  if (renewing_) return;
  Loop& loop = recorder_->host()->loop();
  renewing_ = loop.at(loop.now(), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self && !self->over_) self->renew();
  });
}

void SipRecording::renew() {
  renewing_.reset();
  Loop& loop = recorder_->host()->loop();
  metadata_.update(parties_, loop.wall_time(), [&loop] {
    return RecorderIds::Id{loop.random(), loop.random()};
  });
  if (id_ != 0) recorder_->host()->stack().describe_recording(id_, metadata_.text());
}

void SipRecording::on_event(StackEvent& event) {
  if (over_ || event.call != id_) return;
  if (event.kind == StackEvent::Kind::recorded) {
    media_.send_to(*event.targets);
    tell_lost();
    if (!std::exchange(begun_, true)) recorder_->tell(ExternalCopyNews::State::begun, call_);
    if (ending_) drain_soon();
  } else if (event.kind == StackEvent::Kind::ended) {
    recorder_->forget(std::exchange(id_, 0));
    media_.wait();
    fail(event.text, event.on);
  }
}

void SipRecording::fail(std::string why, bool again) {
  begun_ = false;
  recorder_->tell(ExternalCopyNews::State::failed, call_, why);
  if (!again || ++failures_ >= most_failures) {
    media_.give_up();
    hopeless_ = true;
    if (ending_) drain_soon();
    return;
  }
  Loop& loop = recorder_->host()->loop();
  again_ = loop.at(loop.now() + try_again, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self || self->over_) return;
    self->again_.reset();
    self->dial();
  });
}

void SipRecording::tell_lost() {
  if (const Duration lost = media_.take_lost(); lost > Duration::zero()) recorder_->tell_lost(call_, lost);
}

void SipRecording::end() {
  if (std::exchange(ending_, true)) return;
  media_.close();
  LegHost* const host = recorder_->host();
  if (over_ || !host) return;
  const RecorderMedia::Rest rest = media_.drain();
  if (rest == RecorderMedia::Rest::none || hopeless_) return finish();
  recorder_->keep(shared_from_this());
  Loop& loop = host->loop();
  deadline_ = loop.at(loop.now() + patience, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->deadline_.reset();
    self->finish();
  });
  // A server that was told of a pause takes nothing; what was kept is of before it.
  if (std::exchange(paused_, false) && id_ != 0) {
    media_.wait();
    host->stack().pause_recording(id_, false);
  } else if (rest == RecorderMedia::Rest::more) {
    drain_soon();
  }
}

void SipRecording::drain_soon() {
  if (draining_ || over_) return;
  Loop& loop = recorder_->host()->loop();
  draining_ = loop.at(loop.now() + frame_duration, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->drain();
  });
}

void SipRecording::drain() {
  draining_.reset();
  if (over_) return;
  const RecorderMedia::Rest rest = media_.drain();
  if (rest == RecorderMedia::Rest::none || hopeless_) finish();
  else if (rest == RecorderMedia::Rest::more) drain_soon();
}

void SipRecording::finish() {
  if (std::exchange(over_, true)) return;
  media_.close();
  media_.abandon();
  resolving_.reset();
  LegHost* const host = recorder_->host();
  if (!host) return;
  tell_lost();
  for (const std::optional<Loop::TimerId>& timer : {again_, renewing_, draining_, deadline_})
    if (timer) host->loop().cancel(*timer);
  if (id_ != 0) {
    recorder_->forget(id_);
    host->stack().end_recording(id_);
    if (begun_) recorder_->tell(ExternalCopyNews::State::ended, call_);
  }
  if (ending_) recorder_->let_go(weak_from_this().lock());
}

void SipRecording::drop() {
  ending_ = true;
  media_.close();
  resolving_.reset();
  over_ = true;
}

}  // namespace vcsr::sip
