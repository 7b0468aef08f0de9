// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_recorder.hpp"

#include <utility>
#include <vector>

#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

RecorderStream open_stream(LegHost& host) {
  const std::uint64_t random = host.loop().random();
  return {.bound = host.rtp().bind(),
          .ssrc = static_cast<std::uint32_t>(random >> 32),
          .timestamp = static_cast<std::uint32_t>(random),
          .sequence = static_cast<std::uint16_t>(host.loop().random() & 0x7fff)};
}

RecorderMetadata describe(const RecordedCall& call, Loop& loop) {
  const auto make = [&loop] { return RecorderIds::Id{loop.random(), loop.random()}; };
  const RecorderIds ids{.session = make(), .customer = make(), .streams = {make(), make()}};
  return RecorderMetadata(call, ids, make(), loop.wall_time());
}

}  // namespace

void SipRecorder::start(LegHost& host, std::string from) {
  host_ = &host;
  from_ = std::move(from);
}

void SipRecorder::stop() {
  host_ = nullptr;
  for (const auto& [id, weak] : std::exchange(sessions_, {}))
    if (const auto recording = weak.lock()) recording->drop();
  for (const auto& recording : std::exchange(ending_, {})) recording->drop();
}

bool SipRecorder::on_event(StackEvent& event) {
  const auto found = sessions_.find(event.call);
  if (found == sessions_.end()) return false;
  if (const auto recording = found->second.lock()) recording->on_event(event);
  return true;
}

std::shared_ptr<ExternalCopy> SipRecorder::begin(const RecordedCall& call) {
  if (!host_) return nullptr;
  Loop& loop = host_->loop();
  try {
    std::array<RecorderStream, 2> streams{open_stream(*host_), open_stream(*host_)};
    auto recording =
        std::make_shared<SipRecording>(shared_from_this(), call, std::move(streams), describe(call, loop));
    recording->dial();
    return recording;
  } catch (const Error& error) {
    tell(ExternalCopyNews::State::failed, call, error.what());
    return nullptr;
  }
}

void SipRecorder::find_by(CallId session, SipRecording& recording) {
  sessions_[session] = recording.weak_from_this();
}

void SipRecorder::tell_lost(const RecordedCall& call, Duration lost) const {
  log_.warning("the session recording server answered too late: a copy is not complete",
               {{"contact", call.contact},
                {"server", server_},
                {"lost", std::chrono::duration<double>(lost).count()}});
}

void SipRecorder::tell(ExternalCopyNews::State state, const RecordedCall& call, const std::string& why) {
  const bool failed = state == ExternalCopyNews::State::failed;
  if (failed) {
    trouble_ = "the session recording server " + server_ + " has no copy of a recording: " + why;
    log_.warning("a recording is not copied to the session recording server",
                 {{"contact", call.contact}, {"server", server_}, {"why", why}});
  }
  if (state == ExternalCopyNews::State::begun) trouble_.clear();
  if (listener_) listener_({state, call, server_, why});
}

}  // namespace vcsr::sip
