// SPDX-License-Identifier: Apache-2.0
#include "recording/archive_restore.hpp"

#include <atomic>

#include <doctest/doctest.h>

#include "media/file.hpp"
#include "recording/backup_round.hpp"
#include "temporary_archive.hpp"
#include "vcsr/recording/verify.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

const Act by_anna{.at = noon + 1h, .by = "anna", .reason = "asked by the customer"};

/// A sealed archive of three recordings with a note, its backup, and an empty folder.
struct Disaster : TemporaryArchive {
  Disaster() {
    fs::create_directory(backup.directory);
    for (const char* id : {"r1", "r2", "r3"}) keep(vault, make(id), noon);
    vault.note("r1", "promised to pay", by_anna);
    back_up();
  }

  void back_up() {
    const auto store = make_backup_store(backup, never);
    BackupRound(vault, list, *store, backup.directory, true).run(noon, never);
  }
  ArchiveRestored restore() const { return restore_archive(backup, into); }
  std::string fault() const {
    try {
      restore();
    } catch (const Error& error) {
      return error.what();
    }
    return "no fault";
  }
  std::vector<std::string> faults() const {
    return verify_recordings(into, into + "/keys/public.pem").faults;
  }
  std::string restored(const std::string& name) const {
    const std::vector<std::uint8_t> bytes = read_file(into + "/" + name);
    return {bytes.begin(), bytes.end()};
  }

  const std::atomic<bool> never = false;
  TemporaryFolder place;
  const std::string master = place.write("master.key", std::string(64, '1')), into = place / "into";
  const BackupOptions backup{.directory = place / "backup"};
  Vault vault{{.folder = folder, .master_key = master}};
  BackupList list{folder, backup.directory};
};

}  // namespace

TEST_CASE("an archive that was lost comes back whole: it is good, found by its notes, and goes on") {
  Disaster disaster;

  const ArchiveRestored found = disaster.restore();

  CHECK(found.target == disaster.backup.directory);
  CHECK(found.entries == 4);
  CHECK(found.recordings == 3);
  CHECK(found.missing.empty());
  CHECK(disaster.faults().empty());
  for (const char* file : {"ledger.jsonl", "keys/public.pem", "2026-01-01/r1.wav.sealed", "2026-01-01/r1.key",
                           "2026-01-01/r1.json"})
    CHECK(disaster.restored(file) == disaster.text(file));
  fs::copy(disaster / "keys/signing.pem", disaster.into + "/keys/signing.pem");
  Vault vault({.folder = disaster.into, .master_key = disaster.master});
  CHECK(vault.search({.text = "promised"}).size() == 1);
  CHECK(vault.audio("r2", "listened", {}, by_anna) == disaster.vault.audio("r2", "listened", {}, by_anna));
  CHECK(disaster.faults().empty());
}

TEST_CASE("a restore that was broken off goes on, and one that is done finds all there") {
  Disaster disaster;
  disaster.restore();
  fs::remove(disaster.into + "/ledger.jsonl");
  fs::remove(disaster.into + "/2026-01-01/r2.wav.sealed");
  fs::remove(disaster.into + "/2026-01-01/r3.json");

  const ArchiveRestored on = disaster.restore(), again = disaster.restore();

  CHECK(on.recordings == 1);
  CHECK(on.there == 2);
  CHECK(again.recordings == 0);
  CHECK(again.there == 3);
  CHECK(disaster.faults().empty());
}

TEST_CASE("what is there and differs is not overwritten") {
  Disaster disaster;
  TemporaryFolder& place = disaster.place;
  std::string name, content = "somebody else's";
  SUBCASE("the key of another archive") { name = "keys/public.pem"; }
  SUBCASE("the ledger of another archive") { name = "ledger.jsonl"; }
  SUBCASE("a recording that was changed") { name = "2026-01-01/r2.wav.sealed"; }
  SUBCASE("a key of a recording") { name = "2026-01-01/r2.key"; }
  place.write("into/" + name, content);

  CHECK(disaster.fault() == disaster.into + "/" + name +
                                ": is there already and is another one than the backup's; restore into an "
                                "empty folder");
  CHECK(disaster.restored(name) == content);
}

TEST_CASE("what the backup has lost or damaged is named, and everything else comes back") {
  Disaster disaster;
  const std::string there = disaster.backup.directory;
  disaster.place.write("backup/2026-01-01/r1.wav.sealed", "noise");
  fs::remove(there + "/2026-01-01/r3.key");

  const ArchiveRestored found = disaster.restore();

  CHECK(found.recordings == 1);
  CHECK(found.missing ==
        std::vector<std::string>{there + ": 2026-01-01/r1.wav.sealed is not what was recorded",
                                 there + ": there is no 2026-01-01/r3.key"});
  CHECK_FALSE(fs::exists(disaster.into + "/2026-01-01/r1.wav.sealed"));
  CHECK_FALSE(disaster.faults().empty());
}

TEST_CASE("what was destroyed does not come back, wherever the backup still has it") {
  Disaster disaster;
  disaster.vault.remove("r1", by_anna);
  disaster.vault.destroy("r1", by_anna);
  SUBCASE("and the backup has forgotten it") { disaster.back_up(); }
  SUBCASE("and the backup was not reached since") {
    const std::string ledger = disaster.text("ledger.jsonl");
    disaster.place.write("backup/ledger/000000000000000.jsonl", ledger);
  }

  const ArchiveRestored found = disaster.restore();

  CHECK(found.destroyed == 1);
  CHECK(found.recordings == 2);
  CHECK_FALSE(fs::exists(disaster.into + "/2026-01-01/r1.wav.sealed"));
  CHECK_FALSE(fs::exists(disaster.into + "/2026-01-01/r1.key"));
  CHECK(disaster.faults().empty());
}

TEST_CASE("a backup whose ledger was changed, and a folder that is no backup, are refused") {
  Disaster disaster;
  const std::string there = disaster.backup.directory;
  SUBCASE("changed") {
    std::string ledger = disaster.text("ledger.jsonl");
    ledger.replace(ledger.find("r2.wav"), 6, "r9.wav");
    disaster.place.write("backup/ledger/000000000000000.jsonl", ledger);

    CHECK(disaster.fault() == there + ": entry 2 of the ledger is not what the archive's key signed");
    CHECK_FALSE(fs::exists(disaster.into + "/ledger.jsonl"));
  }
  SUBCASE("no ledger") {
    fs::remove_all(there + "/ledger");

    CHECK(disaster.fault() == there + ": there is no ledger; is it the backup of an archive?");
  }
  SUBCASE("nothing") {
    fs::remove_all(there + "/keys");

    CHECK(disaster.fault() == there + ": there is no keys/public.pem");
  }
}

TEST_CASE("an archive that came back without its private key is not given another one") {
  Disaster disaster;
  disaster.restore();

  CHECK_THROWS_WITH_AS(Vault({.folder = disaster.into, .master_key = disaster.master}),
                       (disaster.into + "/keys/signing.pem: is missing, but " + disaster.into +
                        "/keys/public.pem is there: bring the archive's own key back")
                           .c_str(),
                       Error);
}
