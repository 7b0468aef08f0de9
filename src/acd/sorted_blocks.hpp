// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "vcsr/base/error.hpp"

namespace vcsr::acd {

/// A sorted set of small keys that lie side by side in blocks: what is done to it costs two binary
/// searches and the moving of a quarter of a block, at any size met in practice, and what came in order fills
/// its blocks. Telling a place sums up the blocks from the nearer end.
template <class Key>
class SortedBlocks {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  void insert(const Key& key) {
    ++size_;
    const std::size_t index = block_of(key);
    if (index == blocks_.size()) {
      append(key);
      return;
    }
    blocks_[index].insert(key);
    if (blocks_[index].size() > most) split(index);
  }

  /// The key is there.
  void erase(const Key& key) {
    const std::size_t index = block_of(key);
    VCSR_ASSERT(index < blocks_.size());
    --size_;
    blocks_[index].erase(key);
    if (blocks_[index].size() == 0) blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(index));
  }

  const Key& first() const { return *blocks_.front().begin(); }

  /// How many are less than the key.
  std::size_t count_before(const Key& key) const {
    const std::size_t index = block_of(key);
    if (index == blocks_.size()) return size_;
    const auto within = static_cast<std::size_t>(blocks_[index].find(key) - blocks_[index].begin());
    if (index < blocks_.size() / 2) return sum(0, index) + within;
    return size_ - sum(index, blocks_.size()) + within;
  }

  /// The first that is not less than the key; null when all are.
  const Key* from(const Key& key) const {
    const std::size_t index = block_of(key);
    return index == blocks_.size() ? nullptr : &*blocks_[index].find(key);
  }

  /// The one with so many before it.
  const Key& at(std::size_t place) const {
    std::size_t index = 0;
    while (place >= blocks_[index].size()) place -= blocks_[index++].size();
    return *(blocks_[index].begin() + static_cast<std::ptrdiff_t>(place));
  }

  /// In order, while `visit` returns true.
  template <class Visit>
  void each(Visit visit) const {
    for (const Block& block : blocks_)
      for (auto key = block.begin(); key != block.keys.end(); ++key)
        if (!visit(*key)) return;
  }

 private:
  static constexpr std::size_t most = 512;

  /// Keys in order; the first `gone` are none any more, so that taking from the front moves nothing.
  struct Block {
    Key last;
    std::vector<Key> keys;
    std::size_t gone = 0;

    auto begin() const { return keys.begin() + static_cast<std::ptrdiff_t>(gone); }
    std::size_t size() const { return keys.size() - gone; }
    auto find(const Key& key) const { return std::lower_bound(begin(), keys.end(), key); }

    /// Less than the last.
    void insert(const Key& key) {
      const auto at = find(key);
      if (gone == 0 || at - begin() > keys.end() - at) {
        keys.insert(at, key);
        return;
      }
      const auto first = keys.begin() + static_cast<std::ptrdiff_t>(gone--);
      const auto moved = std::move(first, keys.begin() + (at - keys.begin()), first - 1);
      *moved = key;
    }
    void erase(const Key& key) {
      const auto at = find(key);
      VCSR_ASSERT(at != keys.end() && *at == key);
      if (at - begin() > keys.end() - at) {
        keys.erase(at);
      } else {
        const auto place = keys.begin() + (at - keys.begin());
        std::move_backward(keys.begin() + static_cast<std::ptrdiff_t>(gone++), place, place + 1);
      }
      if (size() > 0) last = keys.back();
    }
  };

  /// The first whose last key is not less.
  std::size_t block_of(const Key& key) const {
    const auto found = std::partition_point(blocks_.begin(), blocks_.end(),
                                            [&key](const Block& block) { return block.last < key; });
    return static_cast<std::size_t>(found - blocks_.begin());
  }

  void append(const Key& key) {
    if (blocks_.empty() || blocks_.back().keys.size() >= most) blocks_.push_back({key, {}});
    blocks_.back().keys.push_back(key);
    blocks_.back().last = key;
  }

  void split(std::size_t index) {
    Block& block = blocks_[index];
    const auto half = static_cast<std::ptrdiff_t>(block.gone + block.size() / 2);
    Block second{block.last, {block.keys.begin() + half, block.keys.end()}};
    block.keys.erase(block.keys.begin() + half, block.keys.end());
    block.last = block.keys.back();
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(second));
  }

  std::size_t sum(std::size_t begin, std::size_t end) const {
    std::size_t sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += blocks_[i].size();
    return sum;
  }

  std::vector<Block> blocks_;
  std::size_t size_ = 0;
};

}  // namespace vcsr::acd
