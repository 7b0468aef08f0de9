// SPDX-License-Identifier: Apache-2.0
#include "media/recording/recording_queue.hpp"

#include <algorithm>
#include <exception>
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

RecordingResult result_of(const RecordedFile& file) {
  RecordingResult result;
  result.length = time_of(file.bytes / 2);
  result.paused = time_of(file.paused_samples);
  result.lost = time_of(file.lost_samples);
  result.gaps = file.gaps;
  if (!file.file) {
    result.error = file.failure;
    return result;
  }
  result.file = file.path;
  if (file.lost_samples != 0) result.error = file.error.empty() ? "the disk was too slow" : file.error;
  return result;
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

RecordingBlock* RecordingQueue::open(std::shared_ptr<RecordedFile> file) {
  const Lock lock(mutex_);
  if (++open_ > most_open_) {
    pool_.add(1);
    most_open_ = open_;
  }
  opening_.push_back(std::move(file));
  work_.notify_one();
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
  lose(block);
}

void RecordingQueue::lose(RecordingBlock* block) noexcept {
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
    work_.wait_for(lock, look_again, [this] { return ending_ || !opening_.empty() || !closing_.empty(); });
    write_waiting(lock);
    while (ending_ && !held_.empty()) lose_oldest();
    close_files(lock);
    if (ending_ && waiting_.empty()) return;
    // New blocks do not end this wait: they would only be held, too.
    if (!held_.empty()) ended_.wait_for(lock, retry_interval, [this] { return ending_; });
    try_again();
  }
}

void RecordingQueue::make_files(Lock& lock) {
  while (!opening_.empty()) {
    const std::vector<std::shared_ptr<RecordedFile>> files = std::exchange(opening_, {});
    lock.unlock();
    for (const auto& file : files) make(*file);
    lock.lock();
  }
}

void RecordingQueue::make(RecordedFile& file) const {
  try {
    file.file = make_sink_ ? make_sink_(file.path) : std::make_unique<RecordingFile>(file.path);
  } catch (const std::exception& error) {
    file.failure = error.what();
    file.on_failed(file.failure);
  }
}

void RecordingQueue::write_waiting(Lock& lock) {
  bool written = false;
  for (;;) {
    make_files(lock);
    RecordingBlock* const block = waiting_.pop();
    if (!block) break;
    RecordedFile& file = *block->file;
    if (!file.file) {
      lose(block);
      continue;
    }
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
  make_files(lock);
  const auto ready =
      std::partition(closing_.begin(), closing_.end(), [](const auto& file) { return file->pending != 0; });
  const std::vector<std::shared_ptr<RecordedFile>> files(ready, closing_.end());
  closing_.erase(ready, closing_.end());
  lock.unlock();
  for (const auto& file : files) {
    if (file->file) file->file->close();
    if (file->on_closed) file->on_closed(result_of(*file));
  }
  lock.lock();
}

}  // namespace vcsr
