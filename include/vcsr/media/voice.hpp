// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/media/prompt_catalog.hpp"
#include "vcsr/media/speech.hpp"

namespace vcsr {

/// Where speech is kept and who makes it.
struct VoiceOptions {
  /// Synthesized speech is kept here by content (SHA-256 of engine, language and text) and found
  /// again by later runs; empty: in memory only.
  std::string cache_folder = {};
  /// What of it stays in memory; what was not used for longest goes first.
  std::size_t memory_bytes = 64u << 20;
  /// Brings recordings to the level of synthesized speech, so that both can stand in one sentence.
  bool level_recordings = false;
  Worker::Mode worker = Worker::Mode::thread;  ///< on_loop for simulations
  Log log = {};
};

/// What a driver speaks with: turns prompts into sounds. Recordings are read and words are
/// synthesized once, on a worker, and then shared by every call. Belongs to one loop; outlives the tasks it
/// returned.
class VCSR_EXPORT Voice {
 public:
  /// Without a synthesizer prompts that have no recording throw Error(unsupported).
  Voice(Loop& loop, PromptCatalog catalog, std::unique_ptr<Synthesizer> synthesizer,
        VoiceOptions options = {});
  ~Voice();

  /// `language` counts where the prompt names none. Throws Error: not_found for a prompt no
  /// folder holds, and what the synthesizer throws.
  Task<SoundPtr> render(Prompt prompt, std::string language);

  /// The same without waiting when everything needed is in memory; null otherwise.
  SoundPtr ready(const Prompt& prompt, const std::string& language) const;

  const PromptCatalog& catalog() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
