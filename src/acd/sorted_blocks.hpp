// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "vcsr/base/error.hpp"

namespace vcsr::acd {

/// A sorted set of small keys that lie side by side in blocks: what is done to it costs two binary
/// searches and the moving of half a block, at any size met in practice, and what came in order fills
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
    std::vector<Key>& keys = blocks_[index].keys;
    keys.insert(std::lower_bound(keys.begin(), keys.end(), key), key);
    if (keys.size() > most) split(index);
  }

  /// The key is there.
  void erase(const Key& key) {
    const std::size_t index = block_of(key);
    VCSR_ASSERT(index < blocks_.size());
    std::vector<Key>& keys = blocks_[index].keys;
    const auto found = std::lower_bound(keys.begin(), keys.end(), key);
    VCSR_ASSERT(found != keys.end() && *found == key);
    --size_;
    keys.erase(found);
    if (keys.empty()) blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(index));
    else blocks_[index].last = keys.back();
  }

  const Key& first() const { return blocks_.front().keys.front(); }

  /// How many are less than the key.
  std::size_t count_before(const Key& key) const {
    const std::size_t index = block_of(key);
    if (index == blocks_.size()) return size_;
    const std::vector<Key>& keys = blocks_[index].keys;
    const auto within =
        static_cast<std::size_t>(std::lower_bound(keys.begin(), keys.end(), key) - keys.begin());
    if (index < blocks_.size() / 2) return sum(0, index) + within;
    return size_ - sum(index, blocks_.size()) + within;
  }

  /// The first that is not less than the key; null when all are.
  const Key* from(const Key& key) const {
    const std::size_t index = block_of(key);
    if (index == blocks_.size()) return nullptr;
    const std::vector<Key>& keys = blocks_[index].keys;
    return &*std::lower_bound(keys.begin(), keys.end(), key);
  }

  /// The one with so many before it.
  const Key& at(std::size_t place) const {
    std::size_t index = 0;
    while (place >= blocks_[index].keys.size()) place -= blocks_[index++].keys.size();
    return blocks_[index].keys[place];
  }

  /// In order, while `visit` returns true.
  template <class Visit>
  void each(Visit visit) const {
    for (const Block& block : blocks_)
      for (const Key& key : block.keys)
        if (!visit(key)) return;
  }

 private:
  struct Block {
    Key last;
    std::vector<Key> keys;
  };
  static constexpr std::size_t most = 256;

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
    std::vector<Key>& keys = blocks_[index].keys;
    const auto half = keys.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2);
    Block second{keys.back(), std::vector<Key>(half, keys.end())};
    keys.erase(half, keys.end());
    blocks_[index].last = keys.back();
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(second));
  }

  std::size_t sum(std::size_t begin, std::size_t end) const {
    std::size_t sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += blocks_[i].keys.size();
    return sum;
  }

  std::vector<Block> blocks_;
  std::size_t size_ = 0;
};

}  // namespace vcsr::acd
