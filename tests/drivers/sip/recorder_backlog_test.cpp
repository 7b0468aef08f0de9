// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_backlog.hpp"

#include <doctest/doctest.h>

namespace vcsr::sip {
namespace {

bool push(RecorderBacklog& backlog, std::uint32_t time) {
  std::array<std::uint8_t, frame_samples> heard, sent;
  heard.fill(static_cast<std::uint8_t>(time));
  sent.fill(static_cast<std::uint8_t>(time + 1));
  return backlog.push(time, {Codec::pcma, heard, sent});
}

}  // namespace

TEST_CASE("what was kept comes back as it was, the oldest first") {
  RecorderBacklog backlog;
  CHECK(backlog.empty());
  CHECK(push(backlog, 7));
  CHECK(push(backlog, 9));

  CHECK(backlog.front().time == 7);
  CHECK(backlog.front().codec == Codec::pcma);
  CHECK(backlog.front().sides[0].back() == 7);
  CHECK(backlog.front().sides[1].front() == 8);
  backlog.pop();
  CHECK(backlog.front().time == 9);
  backlog.pop();
  CHECK(backlog.empty());
}

TEST_CASE("when it is full the oldest makes room") {
  RecorderBacklog backlog;
  for (std::uint32_t i = 0; i < RecorderBacklog::most_frames; ++i) CHECK(push(backlog, i));

  CHECK_FALSE(push(backlog, 1000));

  CHECK(backlog.front().time == 1);
  std::uint32_t last = 0, count = 0;
  for (; !backlog.empty(); backlog.pop(), ++count) last = backlog.front().time;
  CHECK(last == 1000);
  CHECK(count == RecorderBacklog::most_frames);
}

}  // namespace vcsr::sip
