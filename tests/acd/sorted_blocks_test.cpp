// SPDX-License-Identifier: Apache-2.0
#include "acd/sorted_blocks.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>

#include <doctest/doctest.h>

using namespace vcsr::acd;

namespace {

void check_same(const SortedBlocks<int>& blocks, const std::set<int>& reference) {
  std::vector<int> seen;
  blocks.each([&seen](int key) {
    seen.push_back(key);
    return true;
  });
  CHECK(seen == std::vector<int>(reference.begin(), reference.end()));
  CHECK(blocks.size() == reference.size());
}

}  // namespace

TEST_CASE("blocks hold what a set holds, in order, and know every place") {
  std::mt19937 random(7);
  SortedBlocks<int> blocks;
  std::set<int> reference;
  for (int i = 0; i < 20'000; ++i) {
    const int key = static_cast<int>(random() % 6'000);
    if (reference.insert(key).second) {
      blocks.insert(key);
    } else if (i % 3 != 0) {
      blocks.erase(key);
      reference.erase(key);
    }
  }

  check_same(blocks, reference);
  CHECK(blocks.first() == *reference.begin());
  for (int key = -1; key < 6'001; key += 97) {
    CAPTURE(key);
    const auto next = reference.lower_bound(key);
    CHECK(blocks.count_before(key) == static_cast<std::size_t>(std::distance(reference.begin(), next)));
    const int* from = blocks.from(key);
    CHECK((from == nullptr) == (next == reference.end()));
    if (from) CHECK(*from == *next);
  }
  for (std::size_t place = 0; place < reference.size(); place += 131)
    CHECK(blocks.at(place) == *std::next(reference.begin(), static_cast<std::ptrdiff_t>(place)));
}

TEST_CASE("what is taken from the front and put to the back keeps its order") {
  SortedBlocks<int> blocks;
  for (int i = 0; i < 2'000; ++i) blocks.insert(i);
  for (int i = 0; i < 5'000; ++i) {
    REQUIRE(blocks.first() == i);
    blocks.erase(i);
    blocks.insert(i + 2'000);
  }

  CHECK(blocks.size() == 2'000);
  CHECK(blocks.count_before(6'000) == 1'000);
  while (!blocks.empty()) blocks.erase(blocks.first());
  CHECK(blocks.count_before(1) == 0);
  blocks.insert(3);
  CHECK(blocks.first() == 3);
}
