// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include <sys/mman.h>

namespace vcsr {

struct RecordedFile;

/// Some audio of one recording on its way to the disk.
struct RecordingBlock {
  std::uint8_t* bytes = nullptr;
  std::size_t used = 0;
  std::shared_ptr<RecordedFile> file;
  RecordingBlock* next = nullptr;

  std::span<const std::uint8_t> content() const { return {bytes, used}; }
};

/// A queue of blocks that never allocates.
class RecordingBlockQueue {
 public:
  bool empty() const { return first_ == nullptr; }
  RecordingBlock* first() const { return first_; }

  void push(RecordingBlock* block) {
    block->next = nullptr;
    (first_ ? last_->next : first_) = block;
    last_ = block;
  }
  /// Null when there is none.
  RecordingBlock* pop() {
    RecordingBlock* block = first_;
    if (block) first_ = block->next;
    return block;
  }
  /// All of `earlier` goes before what is here.
  void prepend(RecordingBlockQueue& earlier) {
    if (earlier.empty()) return;
    earlier.last_->next = first_;
    if (empty()) last_ = earlier.last_;
    first_ = std::exchange(earlier.first_, nullptr);
  }

 private:
  RecordingBlock* first_ = nullptr;
  RecordingBlock* last_ = nullptr;
};

/// All blocks there are: those that may wait for the disk and one for every recording.
class RecordingBlockPool {
 public:
  RecordingBlockPool(std::size_t block_bytes, std::size_t count) : block_bytes_(block_bytes) { add(count); }

  void add(std::size_t count) {
    // Left as the system gave it: what is never used never becomes real memory.
    std::uint8_t* bytes = memory_.emplace_back(new (alignment) std::uint8_t[block_bytes_ * count]).get();
    prefer_huge_pages(bytes, block_bytes_ * count);
    for (std::size_t i = 0; i < count; ++i)
      free_.push(&blocks_.emplace_back(RecordingBlock{bytes + i * block_bytes_, 0, {}, nullptr}));
  }
  /// Null when all are in use.
  RecordingBlock* take() { return free_.pop(); }
  void give_back(RecordingBlock* block) {
    block->used = 0;
    block->file.reset();
    RecordingBlockQueue last_used_first;
    last_used_first.push(block);
    free_.prepend(last_used_first);
  }
  std::size_t block_bytes() const { return block_bytes_; }

 private:
  /// A frame of two tracks fills whole lines of the processor's cache.
  static constexpr std::align_val_t alignment{64};
  static constexpr std::uintptr_t huge_page = 2u << 20;
  /// Thousands of blocks are written to in turn, which takes longer when each needs pages of its own to be
  /// looked up. A wish: without it nothing but time is lost.
  static void prefer_huge_pages(std::uint8_t* bytes, std::size_t size) {
    const auto first = reinterpret_cast<std::uintptr_t>(bytes),
               begin = (first + huge_page - 1) & ~(huge_page - 1), end = (first + size) & ~(huge_page - 1);
    if (begin < end) ::madvise(bytes + (begin - first), end - begin, MADV_HUGEPAGE);
  }
  struct Free {
    void operator()(std::uint8_t* bytes) const { operator delete[](bytes, alignment); }
  };

  std::size_t block_bytes_;
  std::vector<std::unique_ptr<std::uint8_t[], Free>> memory_;
  std::deque<RecordingBlock> blocks_;
  RecordingBlockQueue free_;
};

}  // namespace vcsr
