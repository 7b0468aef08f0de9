// SPDX-License-Identifier: Apache-2.0
#include "media/recording_queue.hpp"

#include <algorithm>
#include <utility>

#include "media/file.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::chrono::seconds retry_interval{1};
/// How long a full block may lie.
constexpr std::chrono::milliseconds look_again{50};
constexpr std::size_t frame_bytes = 2 * frame_samples;

std::size_t bytes_of(Duration block) {
  const auto frames = std::max<std::int64_t>(1, block / frame_duration);
  return static_cast<std::size_t>(frames) * frame_bytes;
}

/// One may be in the thread's hands while another is needed.
std::size_t blocks_in(const RecordingWriterOptions& options) {
  return std::max<std::size_t>(2, options.backlog_bytes / bytes_of(options.block));
}

Duration time_of(std::uint64_t samples) {
  return Duration(static_cast<std::int64_t>(samples) * 1'000'000 / samples_per_second);
}

}  // namespace

RecordingQueue::RecordingQueue(const RecordingWriterOptions& options)
    : log_(options.log),
      make_sink_(options.make_sink),
      pool_(bytes_of(options.block), blocks_in(options)),
      thread_([this] { serve(); }) {}

RecordingQueue::~RecordingQueue() {
  {
    const Lock lock(mutex_);
    ending_ = true;
  }
  work_.notify_one();
  ended_.notify_one();
  thread_.join();
}

std::shared_ptr<RecordedFile> RecordingQueue::create(const std::string& path) const {
  std::unique_ptr<RecordingSink> sink = make_sink_ ? make_sink_(path) : std::make_unique<RecordingFile>(path);
  return std::make_shared<RecordedFile>(path, std::move(sink));
}

RecordingBlock* RecordingQueue::open() {
  const Lock lock(mutex_);
  if (++open_ > most_open_) {
    pool_.add(1);
    most_open_ = open_;
  }
  if (open_ == 1) work_.notify_one();
  return take();
}

RecordingBlock* RecordingQueue::exchange(RecordingBlock* full,
                                         const std::shared_ptr<RecordedFile>& file) noexcept {
  const Lock lock(mutex_);
  add(full, file);
  return take();
}

void RecordingQueue::close(RecordingBlock* last, const std::shared_ptr<RecordedFile>& file) {
  {
    const Lock lock(mutex_);
    --open_;
    if (last->used != 0) add(last, file);
    else pool_.give_back(last);
    closing_.push_back(file);
  }
  work_.notify_one();
}

void RecordingQueue::add(RecordingBlock* block, const std::shared_ptr<RecordedFile>& file) noexcept {
  block->file = file;
  ++file->pending;
  waiting_.push(block);
}

RecordingBlock* RecordingQueue::take() noexcept {
  if (RecordingBlock* block = pool_.take()) return block;
  lose_oldest();
  return pool_.take();
}

void RecordingQueue::lose_oldest() noexcept {
  RecordingBlock* block = held_.pop();
  if (block) --block->file->held;
  else block = waiting_.pop();
  VCSR_ASSERT(block != nullptr);
  --block->file->pending;
  block->file->lost_samples += block->used / 2;
  pool_.give_back(block);
}

void RecordingQueue::hold(RecordingBlock* block) noexcept {
  ++block->file->held;
  held_.push(block);
}

void RecordingQueue::serve() {
  Lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return ending_ || open_ != 0 || !waiting_.empty() || !closing_.empty(); });
    // While there are recordings it looks by itself: the media threads wake nobody, and one wake-up
    // serves many blocks.
    work_.wait_for(lock, look_again, [this] { return ending_ || !closing_.empty(); });
    write_waiting(lock);
    while (ending_ && !held_.empty()) lose_oldest();
    close_files(lock);
    if (ending_ && waiting_.empty()) return;
    // New blocks do not end this wait: they would only be held, too.
    if (!held_.empty()) ended_.wait_for(lock, retry_interval, [this] { return ending_; });
    try_again();
  }
}

void RecordingQueue::write_waiting(Lock& lock) {
  bool written = false;
  while (RecordingBlock* block = waiting_.pop()) {
    RecordedFile& file = *block->file;
    if (file.held != 0) {
      hold(block);
      continue;
    }
    lock.unlock();
    const int error = file.file->append(file.codec, block->content());
    if (error == 0) file.bytes += block->used;
    lock.lock();
    if (error != 0) {
      file.error = system_words(error);
      hold(block);
      report(file, error, lock);
      continue;
    }
    written = true;
    --file.pending;
    pool_.give_back(block);
  }
  if (!failing_ || !written || !held_.empty()) return;
  failing_ = false;
  lock.unlock();
  log_.info("recordings are written again");
  lock.lock();
}

void RecordingQueue::report(const RecordedFile& file, int error, Lock& lock) {
  if (std::exchange(failing_, true)) return;
  const std::string path = file.path;
  lock.unlock();
  log_.warning("recordings cannot be written; trying again every second",
               {{"file", path}, {"error", system_words(error)}});
  lock.lock();
}

void RecordingQueue::try_again() {
  for (RecordingBlock* block = held_.first(); block; block = block->next) block->file->held = 0;
  waiting_.prepend(held_);
}

void RecordingQueue::close_files(Lock& lock) {
  const auto ready =
      std::partition(closing_.begin(), closing_.end(), [](const auto& file) { return file->pending != 0; });
  const std::vector<std::shared_ptr<RecordedFile>> files(ready, closing_.end());
  closing_.erase(ready, closing_.end());
  lock.unlock();
  for (const auto& file : files) {
    file->file->close();
    if (!file->on_closed) continue;
    if (file->lost_samples != 0 && file->error.empty()) file->error = "the disk was too slow";
    file->on_closed({.file = file->path,
                     .length = time_of(file->bytes / 2),
                     .paused = time_of(file->paused_samples),
                     .lost = time_of(file->lost_samples),
                     .error = file->lost_samples != 0 ? file->error : "",
                     .gaps = file->gaps});
  }
  lock.lock();
}

}  // namespace vcsr
