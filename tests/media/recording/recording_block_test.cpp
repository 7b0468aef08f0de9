// SPDX-License-Identifier: Apache-2.0
#include "media/recording/recording_block.hpp"

#include <doctest/doctest.h>

#include "media/recording/recording_queue.hpp"

using namespace vcsr;

TEST_CASE("blocks leave a queue in the order they came, earlier ones first") {
  RecordingBlock blocks[5];
  RecordingBlockQueue queue, earlier;
  queue.push(&blocks[2]);
  queue.push(&blocks[3]);
  earlier.push(&blocks[0]);
  earlier.push(&blocks[1]);

  queue.prepend(earlier);
  queue.prepend(earlier);
  queue.push(&blocks[4]);

  CHECK(earlier.empty());
  for (RecordingBlock& block : blocks) CHECK(queue.pop() == &block);
  CHECK(queue.pop() == nullptr);
  CHECK(queue.empty());

  earlier.push(&blocks[0]);
  queue.prepend(earlier);
  queue.push(&blocks[1]);
  CHECK(queue.pop() == &blocks[0]);
  CHECK(queue.pop() == &blocks[1]);
  CHECK(queue.pop() == nullptr);
}

TEST_CASE("a pool hands out what it has, the block used last first") {
  RecordingBlockPool pool(320, 2);
  RecordingBlock* first = pool.take();
  RecordingBlock* second = pool.take();
  CHECK(pool.take() == nullptr);
  CHECK(second->bytes == first->bytes + 320);

  second->used = 100;
  pool.give_back(first);
  pool.give_back(second);

  CHECK(pool.take() == second);
  CHECK(second->used == 0);
  CHECK(pool.take() == first);
  pool.add(1);
  CHECK(pool.take() != nullptr);
  CHECK(pool.take() == nullptr);
}
