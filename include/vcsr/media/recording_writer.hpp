// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "vcsr/base/log.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// A stretch of a conversation that is not in its recording.
struct RecordingGap {
  Duration at{};  ///< where in the file it begins
  Duration length{};
  std::string reason;     ///< of the pause; "silence" where nobody spoke
  bool left_out = false;  ///< the file goes on without it; otherwise it holds silence of that length
  bool operator==(const RecordingGap&) const = default;
};

/// What became of a recording.
struct RecordingResult {
  std::string file;                     ///< "": there is none, since it could not be made
  Duration length{};                    ///< of the file, pauses included
  Duration paused{};                    ///< silence in place of what was said
  Duration lost{};                      ///< could not be written: not in the file
  std::string error;                    ///< the system's words when something was lost; "" otherwise
  std::vector<RecordingGap> gaps = {};  ///< in the order of the file; the first 64, of only_speech 1000
};

/// Whose recording it is, as far as that is known when it begins.
struct RecordedCall {
  std::string recording = {};   ///< its id
  std::string contact = {};     ///< of the call; "": it is no call's
  std::string customer = {};    ///< the address of who is on the left: "sip:+8613…@192.0.2.1"
  std::string party = {};       ///< of who is on the right: the agent's, or the number that was dialled
  std::string party_name = {};  ///< "Anna"; "" where nobody knows
};

/// Somebody who takes part in a recorded call besides its customer.
struct RecordedParty {
  std::string address = {};  ///< a URI: "sip:1001@192.0.2.1", "tel:+86…"
  std::string name = {};     ///< "Anna"; "" where nobody knows
  bool heard = true;         ///< by the customer, just now
  bool hears = true;         ///< her, just now

  bool operator==(const RecordedParty&) const = default;
};

/// How one recording is made.
struct RecordingOptions {
  bool leave_out_pauses = false;  ///< instead of silence of the same length
  /// Keeps audio only while somebody speaks, and 2 s more; the gaps are left out.
  bool only_speech = false;
  bool watch_silence = false;  ///< WavRecording::quiet() is asked for
  std::string rule = {};       ///< name of the rule that wants it; "" for none
  RecordedCall call = {};      ///< empty of what a caller leaves as a message
  /// On the loop, at most once: the file cannot be made, with its path and the system's words. Nothing is
  /// kept, and finish() tells the same.
  std::function<void(const std::string& why)> on_failed = {};
};

/// Takes a leg's audio into a stereo WAV file: left what the party said, right what it heard, in
/// the law in which it was carried. Made by RecordingWriter; the tap side runs on the driver's
/// media thread, the rest on the loop.
class VCSR_EXPORT WavRecording : public AudioTap {
 public:
  /// From now on nothing is kept, or until resume(). Another reason begins another gap.
  virtual void pause(std::string reason = {}) = 0;
  virtual void resume() = 0;
  /// How long the party has said nothing by now; zero unless RecordingOptions::watch_silence.
  virtual Duration quiet() const { return {}; }
  /// Who takes part by now, all of them; before that, the party of RecordedCall alone. The audio is the same.
  /// On the loop.
  virtual void on_parties(const std::vector<RecordedParty>& /*parties*/) {}
  /// Gives `ear` all that comes from now on, silence while it is paused, until it ends: then it lets go of
  /// it. Once. False when it has ended or gives nobody anything. On the loop.
  virtual bool give_to(std::shared_ptr<AudioTap> /*ear*/) { return false; }
  /// Writes what is left, closes the file and tells the result. Once; take the tap off the leg before.
  virtual Task<RecordingResult> finish() = 0;
};

/// Where the audio of one recording goes: a WAV file, or what an archive keeps instead. The writer's thread
/// makes it and calls it.
class VCSR_EXPORT RecordingSink {
 public:
  virtual ~RecordingSink();
  /// Adds all of the block, stereo samples of the law, or, failing, nothing: the system's error, or 0. The
  /// law is the same every time.
  virtual int append(Codec codec, std::span<const std::uint8_t> block) = 0;
  virtual void close() = 0;
};

/// What a killed process or a full disk may cost.
struct RecordingWriterOptions {
  /// Audio is handed over in blocks of this length; a `kill -9` loses at most one.
  Duration block = std::chrono::seconds(1);
  /// While the disk is full or slow, at most this much waits in memory; beyond it the oldest is lost.
  std::size_t backlog_bytes = 64u << 20;
  Log log = {};
  /// Makes the sink of a recording, on the writer's thread; throws Error(unavailable) when it cannot. Empty:
  /// a WAV file.
  std::function<std::unique_ptr<RecordingSink>(const std::string& path)> make_sink = {};
};

/// Where recordings are made: a RecordingWriter, or what stands in for it. Outlives its recordings.
class VCSR_EXPORT RecordingMaker {
 public:
  virtual ~RecordingMaker();

  /// Begins a recording. A file is created, missing folders too, never over one that exists; where a disk
  /// could keep the loop waiting that happens elsewhere, and RecordingOptions::on_failed tells when it fails.
  /// Throws Error(refused) where nothing may be recorded, and Error(unavailable) for what is known at once.
  virtual std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) = 0;
  std::shared_ptr<WavRecording> open(const std::string& path) { return open(path, {}); }
  /// The path of the recording once it is finished, where that is another: an archive seals and converts.
  virtual std::string kept_as(const std::string& path) const { return path; }
  /// What was made at `path`, finished, as a WAV file in memory, in whatever form it is kept by now. Any
  /// thread. Throws Error: not_found, unavailable, refused when no key opens it.
  virtual std::vector<std::uint8_t> read(const std::string& path) const;
  /// Whether anything was made at `path`, in whatever form it is kept by now. Any thread.
  virtual bool holds(const std::string& path) const;
  /// Takes away what was made at `path`; finished, and nobody's yet. Any thread. Throws
  /// Error(unavailable).
  virtual void discard(const std::string& path);
};

/// One thread that writes the blocks of all recordings. After every block the file is complete and
/// playable, whatever kills the process. A full disk is tried again every second.
class VCSR_EXPORT RecordingWriter final : public RecordingMaker {
 public:
  using RecordingMaker::open;

  explicit RecordingWriter(Loop& loop, RecordingWriterOptions options = {});
  ~RecordingWriter() override;

  std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr
