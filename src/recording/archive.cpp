// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording/archive.hpp"

#include <exception>
#include <filesystem>
#include <utility>

#include "recording/digest.hpp"
#include "recording/disk_guard.hpp"
#include "recording/left_over.hpp"
#include "recording/live_recording.hpp"
#include "recording/opus.hpp"
#include "recording/private_file.hpp"
#include "recording/sealed_file.hpp"
#include "recording/sealer.hpp"
#include "recording/story.hpp"
#include "recording/vault.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

using recording::Act;
using recording::Vault;

namespace {

constexpr std::size_t entries_at_once = 1000;
/// Recordings that end in so much time share the waits for the disk.
constexpr Duration gathering = std::chrono::milliseconds(500);
/// For the journal to tell what it was told before.
constexpr Duration hearing_limit = std::chrono::seconds(1), look_again = std::chrono::milliseconds(10);

/// Makes recordings that are then kept as the archive keeps them.
class ArchiveMaker final : public RecordingMaker {
 public:
  ArchiveMaker(std::shared_ptr<RecordingMaker> inner, RecordingFormat format,
               const recording::MasterKeys& keys)
      : inner_(std::move(inner)), format_(format), keys_(keys) {}

  std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) override {
    return inner_->open(path, std::move(options));
  }
  std::string kept_as(const std::string& path) const override {
    std::filesystem::path kept = path;
    if (format_ == RecordingFormat::opus) kept.replace_extension(".opus");
    return keys_.empty() ? kept.string() : recording::sealed_path(kept.string());
  }
  std::vector<std::uint8_t> read(const std::string& path) const override {
    try {
      return read_as_it_is(path);
    } catch (const Error& error) {
      // It may just have been sealed or converted: then it has another name by now.
      if (error.code() != Error::Code::not_found) throw;
      return read_as_it_is(path);
    }
  }
  bool holds(const std::string& path) const override { return recording::has_recording_beside(path); }
  void discard(const std::string& path) override {
    for (const std::string& made : {path, recording::sealed_path(path), recording::key_path(path)})
      inner_->discard(made);
  }

 private:
  std::vector<std::uint8_t> read_as_it_is(const std::string& path) const {
    std::vector<std::uint8_t> audio = recording::read_recording(recording::recording_beside(path), keys_);
    return recording::is_ogg(audio) ? recording::wav_of(audio) : audio;
  }

  std::shared_ptr<RecordingMaker> inner_;
  const RecordingFormat format_;
  const recording::MasterKeys& keys_;
};

}  // namespace

class Archive::Impl {
 public:
  Impl(Loop& on, ArchiveOptions options)
      : loop(on),
        log(options.log.component("archive")),
        vault(std::move(options)),
        sealer(vault, log),
        guard(on, worker, vault.options()),
        worker(on, vault.options().worker) {}
  ~Impl() {
    if (sweeping) loop.cancel(*sweeping);
    if (!ended.empty()) seal_ended();
  }

  /// Runs the work on the worker's thread; the journal then learns what it did.
  template <class Work>
  Task<std::invoke_result_t<Work, Vault&>> change(Work work) {
    return worker.run([this, work = std::move(work)] {
      if constexpr (std::is_void_v<std::invoke_result_t<Work, Vault&>>) {
        work(vault);
        tell();
      } else {
        auto result = work(vault);
        tell();
        return result;
      }
    });
  }
  template <class Work>
  Task<std::invoke_result_t<Work, Vault&>> ask(Work work) {
    return worker.run([this, work = std::move(work)] { return work(vault); });
  }

  /// Like ask() and change(), for what somebody may want of a recording that has ended just now.
  template <class Work>
  Task<std::invoke_result_t<Work, Vault&>> ask_of_all(Work work) {
    Task<> catching = catch_up();
    co_await std::move(catching);
    Task<std::invoke_result_t<Work, Vault&>> asking = ask(std::move(work));
    co_return co_await std::move(asking);
  }
  template <class Work>
  Task<std::invoke_result_t<Work, Vault&>> change_any(Work work) {
    Task<> catching = catch_up();
    co_await std::move(catching);
    Task<std::invoke_result_t<Work, Vault&>> changing = change(std::move(work));
    co_return co_await std::move(changing);
  }

  Task<> apply(void (Vault::*work)(const std::string&, const Act&), std::string id, std::string by,
               std::string reason = {}) {
    return change([work, id = std::move(id), act = act(std::move(by), std::move(reason))](Vault& here) {
      (here.*work)(id, act);
    });
  }

  Act act(std::string by, std::string reason = {}) const {
    return {.at = loop.wall_time(), .by = std::move(by), .reason = std::move(reason)};
  }

  Task<std::size_t> follow(Journal& told);
  void hear(const JournalEntry& entry);
  /// What has ended by now is taken over before any work that is given to the worker after this.
  Task<> catch_up();
  /// The recordings that ended since, in one go.
  void seal_ended();
  void tell();
  void sweep_later();
  std::shared_ptr<RecordingMaker> make_maker();

  Loop& loop;
  Log log;
  Vault vault;                              ///< the worker's after the constructor
  recording::Sealer sealer;                 ///< the worker's
  std::vector<RecordingDescription> ended;  ///< to be sealed together
  recording::DiskGuard guard;
  recording::LiveRecordings live;
  recording::Story story;
  Journal* journal = nullptr;
  std::uint64_t heard = 0;  ///< the last entry of the journal
  Journal::Subscription following;
  std::shared_ptr<RecordingMaker> maker;
  std::optional<Loop::TimerId> sweeping, sealing;
  std::shared_ptr<int> alive = std::make_shared<int>();
  Worker worker;
};

Task<std::size_t> Archive::Impl::follow(Journal& told) {
  std::vector<RecordingDescription> ended;
  Task<std::uint64_t> asking = ask([](Vault& here) { return here.journal_place(); });
  std::uint64_t next = co_await std::move(asking);
  const std::uint64_t last = told.last();
  for (++next; next <= last;) {
    Task<std::vector<JournalEntry>> reading = told.read(next, entries_at_once);
    const std::vector<JournalEntry> entries = co_await std::move(reading);
    if (entries.empty()) break;
    for (const JournalEntry& entry : entries)
      if (RecordingDescription recording = story.apply(entry); !recording.id.empty())
        ended.push_back(std::move(recording));
    next = entries.back().number + 1;
  }
  for (RecordingDescription& recording : story.unfinished()) ended.push_back(std::move(recording));
  journal = &told;
  heard = next - 1;
  Task<std::size_t> sealing = change([this, ended, at = loop.wall_time()](Vault& here) {
    const std::size_t sealed = sealer.seal(ended, at);
    return sealed + sealer.seal(here.left_over(), at);
  });
  const std::size_t sealed = co_await std::move(sealing);
  following = told.follow(next, [this](const JournalEntry& entry) { hear(entry); });
  if (vault.options().sweep_every > Duration::zero()) sweep_later();
  co_return sealed;
}

void Archive::Impl::hear(const JournalEntry& entry) {
  heard = entry.number;
  RecordingDescription recording = story.apply(entry);
  if (recording.id.empty()) return;
  ended.push_back(std::move(recording));
  if (!sealing) sealing = loop.at(loop.now() + gathering, [this] { seal_ended(); });
}

Task<> Archive::Impl::catch_up() {
  const std::uint64_t last = journal && journal->trouble().empty() ? journal->last() : 0;
  for (Duration waited{}; heard < last && waited < hearing_limit; waited += look_again)
    co_await loop.sleep(look_again);
  if (!ended.empty()) seal_ended();
}

void Archive::Impl::seal_ended() {
  if (sealing) loop.cancel(*sealing);
  sealing.reset();
  worker.submit([this, ended = std::exchange(ended, {}), place = story.done(), at = loop.wall_time()] {
    try {
      sealer.seal(ended, at);
      if (sealer.done()) vault.set_journal_place(place);
      tell();
    } catch (const Error& error) {
      log.warning("the archive cannot remember what it heard", {{"why", error.what()}});
    }
  });
}

void Archive::Impl::sweep_later() {
  sweeping = loop.at(loop.now() + vault.options().sweep_every, [this] {
    sweep_later();
    worker.submit([this, at = loop.wall_time()] {
      try {
        sealer.seal({}, at);
        const ArchiveSweep swept = vault.sweep(at);
        tell();
        if (swept.deleted + swept.destroyed > 0)
          log.info("recordings were swept", {{"deleted", swept.deleted}, {"destroyed", swept.destroyed}});
      } catch (const Error& error) {
        log.error("recordings cannot be swept", {{"why", error.what()}});
      }
    });
  });
}

std::shared_ptr<RecordingMaker> Archive::Impl::make_maker() {
  RecordingWriterOptions options{.log = log.component("recorder")};
  if (!vault.keys().empty())
    options.make_sink = [&keys = vault.keys()](const std::string& path) {
      return std::make_unique<recording::SealedFile>(path, keys);
    };
  auto writer = recording::guarded(std::make_shared<RecordingWriter>(loop, std::move(options)), guard);
  return std::make_shared<ArchiveMaker>(live.watching(std::move(writer)), vault.options().format,
                                        vault.keys());
}

void Archive::Impl::tell() {
  if (!journal) return;
  const std::vector<RecordingUse> uses = vault.untold();
  if (uses.empty()) return;
  loop.post([weak = std::weak_ptr<int>(alive), to = journal, uses] {
    if (weak.expired()) return;
    for (const RecordingUse& use : uses)
      to->append(events::recording_ledger, use.recording,
                 {{"number", use.number},
                  {"hash", use.hash},
                  {"kind", use.kind},
                  {"by", use.by},
                  {"details", use.details}});
  });
  vault.told(uses.back().number);
}

void make_master_key(const std::string& path) {
  recording::create_private_file(path, Secret(recording::hexadecimal(recording::random_bytes(32)) + "\n"));
}

Archive::Archive(Loop& loop, ArchiveOptions options)
    : impl_(std::make_unique<Impl>(loop, std::move(options))) {}
Archive::~Archive() = default;

Task<std::size_t> Archive::follow(Journal& journal) { return impl_->follow(journal); }

Task<> Archive::add(RecordingDescription recording) {
  return impl_->change([recording = std::move(recording), at = impl_->loop.wall_time()](Vault& vault) {
    if (std::optional<recording::SettledRecording> settled = vault.settle(recording))
      vault.seal({*std::move(settled)}, at);
  });
}

Task<std::vector<ArchivedRecording>> Archive::search(RecordingQuery query) {
  return impl_->ask_of_all([query = std::move(query)](Vault& vault) { return vault.search(query); });
}

Task<std::optional<ArchivedRecording>> Archive::find(std::string id) {
  return impl_->ask_of_all([id = std::move(id)](Vault& vault) { return vault.find(id); });
}

Task<std::vector<RecordingUse>> Archive::history(std::string id, std::size_t limit) {
  return impl_->ask([id = std::move(id), limit](Vault& vault) { return vault.history(id, limit); });
}

Task<> Archive::note(std::string id, std::string text, std::string by) {
  return impl_->change([id = std::move(id), text = std::move(text),
                        act = impl_->act(std::move(by))](Vault& vault) { vault.note(id, text, act); });
}

Task<std::vector<std::uint8_t>> Archive::listen(std::string id, std::string by) {
  return impl_->change_any([id = std::move(id), act = impl_->act(std::move(by))](Vault& vault) {
    return vault.audio(id, "listened", {}, act);
  });
}

Task<LiveListening> Archive::overhear(std::string id, std::string file, std::string by) {
  LiveListening listening = impl_->live.listen(file);
  Task<> entering = impl_->change([id = std::move(id), act = impl_->act(std::move(by))](Vault& vault) {
    vault.record_use(id, "overheard", {}, act);
  });
  co_await std::move(entering);
  co_return listening;
}

Task<std::vector<std::uint8_t>> Archive::take_out(std::string id, std::string to, std::string by) {
  return impl_->change_any(
      [id = std::move(id), to = std::move(to), act = impl_->act(std::move(by))](Vault& vault) {
        return vault.audio(id, "exported", {{"to", to}}, act);
      });
}

Task<> Archive::deny(std::string id, std::string right, std::string by) {
  return impl_->change(
      [id = std::move(id), right = std::move(right), act = impl_->act(std::move(by))](Vault& vault) {
        vault.record_use(id, "denied", {{"right", right}}, act);
      });
}

Task<> Archive::export_to(std::string id, std::string path, std::string by) {
  return impl_->change(
      [id = std::move(id), path = std::move(path), act = impl_->act(std::move(by))](Vault& vault) {
        std::vector<std::uint8_t> audio = vault.audio(id, "exported", {{"to", path}}, act);
        if (path.ends_with(".wav") && recording::is_ogg(audio)) audio = recording::wav_of(audio);
        recording::create_private_file(path, audio);
      });
}

Task<> Archive::hold(std::string id, std::string reason, std::string by) {
  return impl_->apply(&Vault::hold, std::move(id), std::move(by), std::move(reason));
}
Task<> Archive::release(std::string id, std::string by) {
  return impl_->apply(&Vault::release, std::move(id), std::move(by));
}
Task<> Archive::remove(std::string id, std::string reason, std::string by) {
  return impl_->apply(&Vault::remove, std::move(id), std::move(by), std::move(reason));
}
Task<> Archive::restore(std::string id, std::string by) {
  return impl_->apply(&Vault::restore, std::move(id), std::move(by));
}
Task<> Archive::destroy(std::string id, std::string reason, std::string by) {
  return impl_->apply(&Vault::destroy, std::move(id), std::move(by), std::move(reason));
}

Task<ArchiveSweep> Archive::sweep() {
  return impl_->change([at = impl_->loop.wall_time()](Vault& vault) { return vault.sweep(at); });
}

Task<std::size_t> Archive::rekey(std::string by) {
  return impl_->change([act = impl_->act(std::move(by))](Vault& vault) { return vault.rekey(act); });
}

std::shared_ptr<RecordingMaker> Archive::maker() {
  if (!impl_->maker) impl_->maker = impl_->make_maker();
  return impl_->maker;
}

std::string Archive::trouble() { return impl_->guard.trouble(); }
DiskSpace Archive::space() { return impl_->guard.look(); }

Task<> Archive::rebuild() {
  return impl_->change([](Vault& vault) { vault.rebuild(); });
}

}  // namespace vcsr
