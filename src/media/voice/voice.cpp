// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/voice.hpp"

#include <map>
#include <vector>

#include "media/voice/sound_memory.hpp"
#include "media/voice/speech_cache.hpp"
#include "media/voice/speech_level.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/media/wav.hpp"

namespace vcsr {

namespace {

using Utterance = PromptCatalog::Utterance;

std::string key_of(const Utterance& utterance) {
  return utterance.file.empty() ? "words " + utterance.language + " " + utterance.text
                                : "file " + utterance.file;
}

SoundPtr joined(const std::vector<SoundPtr>& sounds) {
  if (sounds.size() == 1) return sounds.front();
  std::vector<std::int16_t> samples;
  for (const SoundPtr& sound : sounds)
    samples.insert(samples.end(), sound->samples().begin(), sound->samples().end());
  return std::make_shared<Sound>(std::move(samples));
}

}  // namespace

class Voice::Impl {
 public:
  Impl(Loop& loop, PromptCatalog catalog, std::unique_ptr<Synthesizer> synthesizer,
       const VoiceOptions& options)
      : loop_(loop),
        catalog_(std::move(catalog)),
        synthesizer_(std::move(synthesizer)),
        memory_(options.memory_bytes),
        level_recordings_(options.level_recordings),
        worker_(loop, options.worker),
        making_(loop) {
    if (synthesizer_ && !options.cache_folder.empty())
      synthesizer_ = make_cached_synthesizer(std::move(synthesizer_), options.cache_folder, options.log);
  }

  const PromptCatalog& catalog() const { return catalog_; }

  Task<SoundPtr> render(Prompt prompt, std::string language) {
    const std::string spoken = catalog_.language_of(prompt, language);
    std::vector<SoundPtr> sounds;
    for (const Prompt::Part& part : prompt.parts()) {
      Task<SoundPtr> work = fetch(catalog_.resolve(part, spoken));
      SoundPtr sound = co_await std::move(work);
      sounds.push_back(std::move(sound));
    }
    co_return joined(sounds);
  }

  SoundPtr ready(const Prompt& prompt, const std::string& language) {
    const std::string spoken = catalog_.language_of(prompt, language);
    std::vector<SoundPtr> sounds;
    for (const Prompt::Part& part : prompt.parts()) {
      const Utterance utterance = catalog_.resolve(part, spoken);
      SoundPtr sound = utterance.sound ? utterance.sound : memory_.find(key_of(utterance));
      if (!sound) return {};
      sounds.push_back(std::move(sound));
    }
    return joined(sounds);
  }

 private:
  using Made = Event<SoundPtr>;

  Task<SoundPtr> fetch(Utterance utterance) {
    if (utterance.sound) co_return utterance.sound;
    const std::string key = key_of(utterance);
    SoundPtr kept = memory_.find(key);
    if (kept) co_return kept;
    const auto made = std::make_shared<Made>(loop_);
    const auto [waiting, is_first] = waiting_.try_emplace(key);
    waiting->second.push_back(made);
    if (is_first) making_.spawn(make(key, std::move(utterance)));
    SoundPtr sound = co_await *made;
    co_return sound;
  }

  /// Belongs to nobody who waits, so that one who leaves takes nothing from the others.
  Task<> make(std::string key, Utterance utterance) {
    SoundPtr sound;
    std::exception_ptr error;
    try {
      auto job = [this, utterance = std::move(utterance)] { return sound_of(utterance); };
      Task<SoundPtr> work = worker_.run(std::move(job));
      sound = co_await std::move(work);
      memory_.add(key, sound);
    } catch (...) {
      error = std::current_exception();
    }
    const auto waiting = waiting_.extract(key);
    for (const std::weak_ptr<Made>& waiter : waiting.mapped()) {
      const std::shared_ptr<Made> made = waiter.lock();
      if (made && error) made->fail(error);
      else if (made) made->set(sound);
    }
  }

  SoundPtr recording(const std::string& file) const {
    SoundPtr sound = read_sound(file);
    if (!level_recordings_) return sound;
    return std::make_shared<Sound>(level_recording({sound->samples().begin(), sound->samples().end()}));
  }

  /// On the worker.
  SoundPtr sound_of(const Utterance& utterance) const {
    if (!utterance.file.empty()) return recording(utterance.file);
    if (!synthesizer_)
      throw Error(Error::Code::unsupported,
                  "\"" + utterance.text + "\" (" + utterance.language +
                      "): there is no recording of it, and no synthesizer to say it");
    return std::make_shared<Sound>(synthesizer_->speak(utterance.text, utterance.language));
  }

  Loop& loop_;
  PromptCatalog catalog_;
  std::unique_ptr<Synthesizer> synthesizer_;
  SoundMemory memory_;
  const bool level_recordings_;
  std::map<std::string, std::vector<std::weak_ptr<Made>>> waiting_;
  Worker worker_;
  Scope making_;
};

Voice::Voice(Loop& loop, PromptCatalog catalog, std::unique_ptr<Synthesizer> synthesizer,
             VoiceOptions options)
    : impl_(std::make_unique<Impl>(loop, std::move(catalog), std::move(synthesizer), options)) {}
Voice::~Voice() = default;

Task<SoundPtr> Voice::render(Prompt prompt, std::string language) {
  return impl_->render(std::move(prompt), std::move(language));
}

SoundPtr Voice::ready(const Prompt& prompt, const std::string& language) const {
  try {
    return impl_->ready(prompt, language);
  } catch (const Error&) {
    return {};  // render() throws it
  }
}

const PromptCatalog& Voice::catalog() const { return impl_->catalog(); }

}  // namespace vcsr
