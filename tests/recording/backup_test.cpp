// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording/backup.hpp"

#include <atomic>
#include <map>

#include <doctest/doctest.h>

#include "recording/backup_round.hpp"
#include "temporary_archive.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/recording/verify.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

const Act by_anna{.at = noon + 1h, .by = "anna", .reason = "asked by the customer"};
const std::atomic<bool> never = false;

/// Another place, of which one sees what it is asked and which may fail.
struct Place final : BackupStore {
  void put(const std::string& name, Bytes content) override {
    if (puts_left-- == 0) throw BackupFailure(Error::Code::unavailable, "the line is cut");
    ++puts[name];
    files[name].assign(content.begin(), content.end());
    if (damages && name.ends_with(".wav")) files[name].back() ^= 1;
  }
  std::optional<std::vector<std::uint8_t>> get(const std::string& name) override {
    const auto found = files.find(name);
    if (found == files.end()) return {};
    return found->second;
  }
  void remove(const std::string& name) override { files.erase(name); }

  std::map<std::string, std::vector<std::uint8_t>> files;
  std::map<std::string, int> puts;
  int puts_left = -1;
  bool damages = false;
};

struct Copying : TemporaryArchive {
  BackupRound round() { return {vault, list, place, "there", true}; }
  void run(WallTime at = noon) { round().run(at, never); }
  std::string failure(WallTime at = noon) {
    try {
      run(at);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  Vault vault{options()};
  BackupList list{folder, "there"};
  Place place;
};

std::string kinds(Vault& vault, const std::string& id) {
  std::string found;
  for (const RecordingUse& use : vault.history(id, 100)) found += use.kind + " ";
  return found;
}

}  // namespace

TEST_CASE("every recording is copied once, with its manifest, its notes and the ledger") {
  Copying archive;
  keep(archive.vault, archive.make("r1"), noon);
  keep(archive.vault, archive.make("r2"), noon);

  archive.run();
  archive.vault.note("r1", "promised to pay", by_anna);
  archive.run();
  archive.run();

  CHECK(archive.place.puts["2026-01-01/r1.wav"] == 1);
  CHECK(archive.place.puts["2026-01-01/r2.wav"] == 1);
  CHECK(archive.place.puts["2026-01-01/r1.json"] == 2);
  CHECK(archive.place.puts["2026-01-01/r2.json"] == 1);
  const auto& ledger = archive.place.files["ledger/000000000000000.jsonl"];
  CHECK(std::string(ledger.begin(), ledger.end()) == archive.text("ledger.jsonl"));
  const BackupStatus status = archive.list.status();
  CHECK(status.copied == 2);
  CHECK(status.bytes == 2 * fs::file_size(archive / "2026-01-01/r1.wav"));
  CHECK(status.waiting == 0);
  CHECK(status.last == noon);
}

TEST_CASE("what was not copied when the line was cut is copied by another program later, and only that") {
  Copying archive;
  for (const char* id : {"r1", "r2", "r3"}) keep(archive.vault, archive.make(id), noon);
  archive.place.puts_left = 5;  // key, ledger, the first recording and the audio of the second

  CHECK(archive.failure() == "the line is cut");
  CHECK(archive.list.status().copied == 1);
  CHECK(archive.list.status().waiting == 2);
  BackupList list(archive.folder, "there");
  BackupRound(archive.vault, list, archive.place, "there", true).run(noon, never);

  CHECK(list.status().copied == 3);
  CHECK(list.status().waiting == 0);
  CHECK(archive.place.puts["2026-01-01/r1.wav"] == 1);
  CHECK(archive.place.puts["2026-01-01/r3.json"] == 1);
}

TEST_CASE("a place that changes what it is given is found out") {
  Copying archive;
  keep(archive.vault, archive.make("r1"), noon);
  archive.place.damages = true;

  CHECK(archive.failure() == "there: 2026-01-01/r1.wav does not come back as it was written");
  CHECK(archive.list.status().copied == 0);
}

TEST_CASE("a damaged recording is not copied, holds up no other, and is tried after growing pauses") {
  Copying archive;
  keep(archive.vault, archive.make("r1"), noon);
  keep(archive.vault, archive.make("r2"), noon);
  archive.flip("2026-01-01/r1.wav", 100);

  archive.run();

  BackupStatus status = archive.list.status();
  CHECK(status.copied == 1);
  CHECK(status.waiting == 1);
  CHECK(status.last == WallTime{});
  CHECK(status.trouble == "recording r1 is not in the backup there: " + archive.folder +
                              "/2026-01-01/r1.wav: is not what was recorded; see vcsr recording verify");
  archive.run(noon + 1min);
  archive.flip("2026-01-01/r1.wav", 100);
  archive.run(noon + 2min);
  CHECK(archive.list.status().copied == 1);
  archive.run(noon + 3min);
  status = archive.list.status();
  CHECK(status.copied == 2);
  CHECK(status.trouble.empty());
}

TEST_CASE("a destroyed recording goes from the backup as well, with proof, also when it was copied half") {
  Copying archive;
  keep(archive.vault, archive.make("r1"), noon);
  archive.run();
  archive.vault.remove("r1", by_anna);
  archive.run();
  CHECK(archive.place.files.contains("2026-01-01/r1.wav"));
  archive.vault.destroy("r1", by_anna);

  archive.run();

  CHECK_FALSE(archive.place.files.contains("2026-01-01/r1.wav"));
  const auto& manifest = archive.place.files["2026-01-01/r1.json"];
  CHECK(std::string(manifest.begin(), manifest.end()).find("13800000001") == std::string::npos);
  CHECK(kinds(archive.vault, "r1") == "recorded deleted destroyed destroyed_in_backup ");
  CHECK(archive.list.status().copied == 0);
  CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
  archive.run();
  CHECK(kinds(archive.vault, "r1") == "recorded deleted destroyed destroyed_in_backup ");
}

TEST_CASE("keys that change are copied anew, the audio is not") {
  Copying archive;
  archive.write("master", std::string(64, '1'));
  archive.write("next", std::string(64, '2'));
  Vault before({.folder = archive.folder, .master_key = archive / "master"});
  keep(before, archive.make("r1"), noon);
  archive.run();
  Vault after(
      {.folder = archive.folder, .master_key = archive / "next", .old_master_keys = {archive / "master"}});
  after.rekey(by_anna);

  archive.run();

  CHECK(archive.place.puts["2026-01-01/r1.wav.sealed"] == 1);
  const auto& key = archive.place.files["2026-01-01/r1.key"];
  CHECK(std::string(key.begin(), key.end()) == archive.text("2026-01-01/r1.key"));
}

TEST_CASE("a recording whose file is gone or damaged comes back from the backup") {
  Copying archive;
  keep(archive.vault, archive.make("r1"), noon);
  archive.run();
  archive.vault.note("r1", "after the copy", by_anna);
  const std::string audio = archive.text("2026-01-01/r1.wav");
  const auto message = [&] {
    try {
      archive.round().recover("r1", by_anna);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(message() == "recording r1 is whole: there is nothing to recover");

  archive.flip("2026-01-01/r1.wav", 100'000);
  CHECK(message().empty());
  CHECK(archive.text("2026-01-01/r1.wav") == audio);
  CHECK(archive.vault.find("r1")->notes.size() == 1);
  fs::remove(archive / "2026-01-01/r1.wav");
  archive.place.files["2026-01-01/r1.wav"][70] ^= 1;
  CHECK(message() == "there: 2026-01-01/r1.wav is not what was recorded");
  archive.place.files["2026-01-01/r1.wav"][70] ^= 1;
  CHECK(message().empty());

  CHECK(kinds(archive.vault, "r1") == "recorded noted recovered recovered ");
  CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
}

TEST_CASE("a place that holds another archive's backup, or is empty all at once, is not written to") {
  Copying archive;
  keep(archive.vault, archive.make("r1"), noon);
  archive.place.files["keys/public.pem"] = {'x'};
  CHECK(archive.failure() == "there: holds the backup of another archive");

  archive.place.files.clear();
  archive.run();
  archive.place.files.clear();

  CHECK(archive.failure() == "there: is not what was copied to before; is it mounted?");
}

TEST_CASE("a long ledger lies in pieces that no longer change") {
  Copying archive;
  keep(archive.vault, archive.make("r1", 1), noon);
  const Act act{.at = noon, .by = std::string(5000, 'a')};
  for (int i = 0; i < 300; ++i) archive.vault.record_use("r1", "listened", {}, act);
  archive.run();
  archive.vault.record_use("r1", "listened", {}, act);
  archive.run();

  std::string ledger;
  for (const auto& [name, content] : archive.place.files)
    if (name.starts_with("ledger/")) ledger.append(content.begin(), content.end());
  CHECK(ledger == archive.text("ledger.jsonl"));
  CHECK(archive.place.puts["ledger/000000000000000.jsonl"] == 1);
}

TEST_CASE(
    "a backup by itself copies in time, tells the journal of trouble once, and tries again less often") {
  const TemporaryArchive archive, other;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = make_memory_journal(loop);
  Vault vault(archive.options());
  keep(vault, archive.make("r1"), noon);
  const std::string target = other / "mounted";
  std::vector<std::string> states;
  const auto following = journal->follow(1, [&](const JournalEntry& entry) {
    if (entry.type == events::recording_backup) states.push_back(entry.data.at("state").text());
  });
  ArchiveOptions options = archive.options();
  options.worker = Worker::Mode::on_loop;
  RecordingBackup backup(loop, options, {.directory = target});
  backup.start(*journal);

  loop.run_for(5min);
  CHECK(backup.last_status().trouble == target + ": there is no such folder; is it mounted?");
  CHECK(states == std::vector<std::string>{"failing"});
  fs::create_directory(target);
  loop.run_for(1h);

  CHECK(backup.last_status().trouble.empty());
  CHECK(backup.last_status().copied == 1);
  CHECK(states == std::vector<std::string>{"failing", "well"});
  CHECK(fs::file_size(target + "/2026-01-01/r1.wav") == fs::file_size(archive / "2026-01-01/r1.wav"));
}

TEST_CASE("options of a backup that cannot be are refused") {
  const auto message = [](const BackupOptions& options) {
    try {
      target_of(options);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };

  CHECK(message({}) == "a backup of recordings goes to a directory or to an S3 endpoint");
  CHECK(message({.s3 = {.endpoint = "ftp://x"}}) ==
        "a backup's endpoint begins with https:// or http://, got ftp://x");
  CHECK(message({.s3 = {.endpoint = "https://x", .bucket = "b", .access_key = "a"}}) ==
        "a backup to S3 has no secret key");
  CHECK(target_of({.s3 = {.endpoint = "https://x/",
                          .bucket = "b",
                          .prefix = "p/",
                          .access_key = "a",
                          .secret_key = Secret("s")}}) == "https://x/b/p/");
}
