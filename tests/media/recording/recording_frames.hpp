// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/media/recording_writer.hpp"

/// Feeds frames of 20 ms as a driver's media thread would; the party says `left`, hears `right`.
inline void feed(vcsr::AudioTap& tap, int frames, std::uint8_t left = 0x11, std::uint8_t right = 0x22,
                 vcsr::Codec codec = vcsr::Codec::pcma) {
  std::array<std::uint8_t, vcsr::frame_samples> heard, sent;
  heard.fill(left);
  sent.fill(right);
  for (int i = 0; i < frames; ++i) tap.on_audio({.codec = codec, .heard = heard, .sent = sent});
}

/// Runs the loop until the recording is closed.
inline vcsr::RecordingResult finished(vcsr::AsioLoop& loop, vcsr::WavRecording& recording) {
  vcsr::RecordingResult result;
  const auto wait = [&]() -> vcsr::Task<> {
    vcsr::Task<vcsr::RecordingResult> closed = recording.finish();
    result = co_await std::move(closed);
    loop.stop();
  };
  vcsr::Task<> waiting = wait();
  waiting.start();
  loop.run();
  return result;
}
