// SPDX-License-Identifier: Apache-2.0
#include "media/voice/sound_memory.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

SoundPtr sound_of(std::size_t samples) { return std::make_shared<Sound>(std::vector<std::int16_t>(samples)); }

}  // namespace

TEST_CASE("what was added is found until it does not fit any more") {
  SoundMemory memory(400);
  const SoundPtr a = sound_of(40);

  memory.add("a", a);
  memory.add("b", sound_of(40));
  CHECK(memory.find("a") == a);
  CHECK(memory.bytes() == 320);
  memory.add("c", sound_of(40));

  CHECK(memory.find("a") == a);
  CHECK(memory.find("b") == nullptr);
  CHECK(memory.find("c") != nullptr);
  CHECK(memory.bytes() == 320);
}

TEST_CASE("a sound larger than the memory stays until the next comes") {
  SoundMemory memory(400);

  memory.add("large", sound_of(1000));
  CHECK(memory.find("large") != nullptr);
  memory.add("small", sound_of(1));

  CHECK(memory.find("large") == nullptr);
  CHECK(memory.find("small") != nullptr);
}

TEST_CASE("the first of two sounds under one key stays") {
  SoundMemory memory(400);
  const SoundPtr first = sound_of(10);

  memory.add("a", first);
  memory.add("a", sound_of(20));

  CHECK(memory.find("a") == first);
  CHECK(memory.bytes() == 40);
}
