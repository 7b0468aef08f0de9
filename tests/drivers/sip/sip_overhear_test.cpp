// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <memory>

#include <doctest/doctest.h>

#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::TwoOffices;

namespace {

struct CountingTap final : AudioTap {
  void on_audio(const TapFrame&) noexcept override { ++frames; }
  std::atomic<int> frames = 0;
};

/// Waits for audio, which wakes no loop.
bool until(TwoOffices& offices, const std::function<bool()>& condition) {
  for (int i = 0; i < 500 && !condition(); ++i)
    offices.clockwork.run_until([] { return false; }, std::chrono::milliseconds(20));
  return condition();
}

}  // namespace

TEST_CASE("a detector hears a call beside the recorder, and either goes without the other") {
  TwoOffices offices;
  auto caller = offices.conversation();
  const auto recorder = std::make_shared<CountingTap>(), detector = std::make_shared<CountingTap>();

  caller->leg->tap(recorder);
  caller->leg->overhear(detector);
  CHECK(until(offices, [&] { return recorder->frames > 5 && detector->frames > 5; }));
  caller->leg->tap(nullptr);
  const int recorded = recorder->frames, detected = detector->frames;
  CHECK(until(offices, [&] { return detector->frames > detected + 5; }));
  caller->leg->tap(recorder);
  caller->leg->overhear(nullptr);
  const int before = detector->frames;
  CHECK(until(offices, [&] { return recorder->frames > recorded + 5; }));

  CHECK(detector->frames == before);
}
