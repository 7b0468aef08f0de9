// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "media/recording/recording_block.hpp"
#include "media/recording/recording_file.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// A recording as the writing thread sees it. What changes belongs to the queue's mutex, except
/// the file itself and why there is none, which are the thread's, and the codec, which is set before the
/// first block.
struct RecordedFile {
  std::string path;
  std::function<void(const std::string& why)> on_failed;  ///< the file cannot be made; on the writing thread
  std::unique_ptr<RecordingSink> file;                    ///< null until it is made
  std::string failure;                                    ///< why it cannot be made
  std::uint64_t bytes = 0;
  Codec codec = Codec::pcma;
  std::uint64_t paused_samples = 0;
  std::vector<RecordingGap> gaps;

  std::size_t pending = 0;  ///< blocks that wait for the disk
  std::size_t held = 0;     ///< of these, those that failed and those after them, so that their order stays
  std::uint64_t lost_samples = 0;
  std::string error;
  std::function<void(RecordingResult)> on_closed;  ///< on the writing thread
};

/// Takes blocks from the media threads to the disk, on a thread of its own.
class RecordingQueue {
 public:
  explicit RecordingQueue(const RecordingWriterOptions& options);
  ~RecordingQueue();

  /// An empty block for a new recording, whose file will be made before anything is written to it.
  RecordingBlock* open(std::shared_ptr<RecordedFile> file);
  /// A full block for an empty one; one lock, no allocation. With the backlog full the oldest
  /// block that waits is lost.
  RecordingBlock* exchange(RecordingBlock* full, const std::shared_ptr<RecordedFile>& file) noexcept;
  /// The end of a recording: writes what its block holds and closes the file.
  void close(RecordingBlock* last, const std::shared_ptr<RecordedFile>& file);

  std::size_t block_bytes() const { return pool_.block_bytes(); }

 private:
  using Lock = std::unique_lock<std::mutex>;

  void serve();
  /// All that are to be made: with the mutex held none is left when this returns.
  void make_files(Lock& lock);
  void make(RecordedFile& file) const;
  void write_waiting(Lock& lock);
  void hold(RecordingBlock* block) noexcept;
  void report(const RecordedFile& file, int error, Lock& lock);
  void lose_oldest() noexcept;
  void lose(RecordingBlock* block) noexcept;
  void try_again();
  void close_files(Lock& lock);
  void add(RecordingBlock* block, const std::shared_ptr<RecordedFile>& file) noexcept;
  RecordingBlock* take() noexcept;

  Log log_;
  const std::function<std::unique_ptr<RecordingSink>(const std::string&)> make_sink_;
  std::mutex mutex_;
  std::condition_variable work_, ended_;
  RecordingBlockPool pool_;
  std::size_t open_ = 0;
  std::size_t most_open_ = 0;
  RecordingBlockQueue waiting_;
  RecordingBlockQueue held_;  ///< failed, and what came after it for the same files
  std::vector<std::shared_ptr<RecordedFile>> opening_, closing_;
  bool failing_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace vcsr
