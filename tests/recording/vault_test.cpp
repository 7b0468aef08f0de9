// SPDX-License-Identifier: Apache-2.0
#include "recording/vault.hpp"

#include <doctest/doctest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/verify.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

std::string fault(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return std::string(to_string(error.code())) + ": " + error.what();
  }
  return "";
}

std::vector<std::string> ids(const std::vector<ArchivedRecording>& recordings) {
  std::vector<std::string> found;
  for (const ArchivedRecording& recording : recordings) found.push_back(recording.facts.id);
  return found;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a finished recording is found with everything its call told") {
  const TemporaryArchive archive;
  Vault vault(archive.options());

  CHECK(keep(vault, archive.make("r1"), noon + 1min));

  const std::optional<ArchivedRecording> found = vault.find("r1");
  REQUIRE(found);
  CHECK(found->facts.file == "2026-01-01/r1.wav");
  CHECK(found->facts.from == "sip:+8613800000001@192.0.2.1");
  CHECK(found->facts.agent == "1001");
  CHECK(found->facts.queue == "cards");
  CHECK(found->facts.length == 12s);
  CHECK(found->bytes == 58 + 12 * 16000);
  CHECK(found->state == RecordingState::kept);
  CHECK(found->number == 1);
  CHECK_FALSE(keep(vault, archive.make("r1"), noon + 2min));
  CHECK(vault.history("", 10).size() == 1);
}

TEST_CASE("recordings are sought by number, agent, queue, contact, time and text") {
  const TemporaryArchive archive;
  Vault vault(archive.options());
  RecordingDescription other = archive.make("r2");
  other.from = "sip:+8613911111234@192.0.2.1";
  other.agent = "1002";
  other.queue = "loans";
  other.reason = "Interest RATE";
  other.label = "voicemail";
  other.began = noon + 1h;
  keep(vault, archive.make("r1"), noon);
  keep(vault, other, noon + 2h);

  CHECK(ids(vault.search({})) == Ids{"r2", "r1"});
  CHECK(ids(vault.search({.number = "+8613800000001"})) == Ids{"r1"});
  CHECK(ids(vault.search({.number = "sip:95566@elsewhere"})) == Ids{"r2", "r1"});
  CHECK(ids(vault.search({.number = "*1234"})) == Ids{"r2"});
  CHECK(ids(vault.search({.number = "1234"})).empty());
  CHECK(ids(vault.search({.number = "*[0-9]234"})).empty());
  CHECK(ids(vault.search({.agent = "1002"})) == Ids{"r2"});
  CHECK(ids(vault.search({.queue = "cards"})) == Ids{"r1"});
  CHECK(ids(vault.search({.agent = "1001", .queue = "loans"})).empty());
  CHECK(ids(vault.search({.contact = "c-r1"})) == Ids{"r1"});
  CHECK(ids(vault.search({.label = "voicemail"})) == Ids{"r2"});
  CHECK(ids(vault.search({.text = "interest rate"})) == Ids{"r2"});
  CHECK(ids(vault.search({.from = noon + 1h})) == Ids{"r2"});
  CHECK(ids(vault.search({.until = noon + 1h})) == Ids{"r1"});
}

TEST_CASE("pages follow one another, also where recordings began at the same moment") {
  const TemporaryArchive archive;
  Vault vault(archive.options());
  for (const char* id : {"a", "b", "c", "d", "e"}) keep(vault, archive.make(id, 1), noon);

  const auto first = vault.search({.limit = 2});
  const auto second = vault.search({.limit = 2, .after = first.back().facts.id});
  const auto third = vault.search({.limit = 2, .after = second.back().facts.id});

  CHECK(ids(first) == Ids{"e", "d"});
  CHECK(ids(second) == Ids{"c", "b"});
  CHECK(ids(third) == Ids{"a"});
}

TEST_CASE("a note is found, says who made it, and needs a recording") {
  const TemporaryArchive archive;
  Vault vault(archive.options());
  keep(vault, archive.make("r1"), noon);

  vault.note("r1", "caller promised to pay 客户承诺还款", {.at = noon + 1h, .by = "anna"});

  REQUIRE(ids(vault.search({.text = "承诺还款"})) == Ids{"r1"});
  const RecordingNote note = vault.find("r1")->notes.at(0);
  CHECK(note.by == "anna");
  CHECK(note.at == noon + 1h);
  CHECK(note.text == "caller promised to pay 客户承诺还款");
  CHECK(archive.text("ledger.jsonl").find("promised") == std::string::npos);
  CHECK(fault([&] { vault.note("r9", "x", {.at = noon, .by = "anna"}); }) ==
        "not_found: there is no recording r9 in " + archive.folder);
  CHECK(fault([&] { vault.note("r1", "", {.at = noon, .by = "anna"}); }) ==
        "invalid: a note to recording r1 says nothing");
}

TEST_CASE("the catalog can be made anew from ledger and manifests") {
  const TemporaryArchive archive;
  {
    Vault vault(archive.options());
    keep(vault, archive.make("r1"), noon);
    vault.note("r1", "important", {.at = noon, .by = "anna"});
  }
  for (const char* name : {"catalog.db", "catalog.db-wal", "catalog.db-shm"})
    std::filesystem::remove(archive / name);

  Vault vault(archive.options());

  REQUIRE(vault.find("r1"));
  CHECK(vault.find("r1")->facts.reason == "lost card");
  CHECK(vault.find("r1")->notes.at(0).text == "important");
  vault.rebuild();
  CHECK(vault.find("r1")->notes.size() == 1);
  CHECK(vault.history("r1", 10).size() == 2);
}

TEST_CASE("two programs on one archive keep one chain and one catalog") {
  const TemporaryArchive archive;
  Vault here(archive.options()), there(archive.options());

  keep(here, archive.make("r1"), noon);
  keep(there, archive.make("r2"), noon);
  here.note("r2", "from here", {.at = noon, .by = "anna"});
  there.note("r1", "from there", {.at = noon, .by = "bob"});

  CHECK(there.find("r2")->notes.size() == 1);
  CHECK(here.find("r1")->notes.size() == 1);
  CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
  CHECK(verify_recordings(archive.folder, archive.public_key()).entries == 4);
}

TEST_CASE("a file that a crash left open ends with its last whole block") {
  const TemporaryArchive archive;
  const std::string path = archive.record("2026-01-01/c1.wav", 3);
  archive.write("2026-01-01/c1.wav", archive.text("2026-01-01/c1.wav") + std::string(777, 'x'));
  Vault vault(archive.options());

  const std::vector<RecordingDescription> left = vault.left_over();
  REQUIRE(left.size() == 1);
  keep(vault, left.at(0), noon);

  CHECK(left.at(0).id == "c1");
  CHECK(vault.find("c1")->facts.length == 3s);
  CHECK(vault.find("c1")->bytes == 58 + 3 * 16000);
  CHECK(read_wav(path).duration() == 3s);
  CHECK(vault.left_over().empty());
}

TEST_CASE("a file that is still written is left alone") {
  const TemporaryArchive archive;
  Vault vault(archive.options());
  const RecordingDescription recording = archive.make("r1");
  const int file = open(recording.file.c_str(), O_RDWR);
  REQUIRE(flock(file, LOCK_EX) == 0);

  CHECK(fault([&] { keep(vault, recording, noon); }) ==
        "unavailable: " + recording.file + ": is still written");
  CHECK(vault.left_over().empty());

  close(file);
  CHECK(keep(vault, recording, noon));
}

TEST_CASE("a program killed between manifest and ledger leaves a recording that is taken over again") {
  const TemporaryArchive archive;
  {
    Vault vault(archive.options());
    keep(vault, archive.make("r1"), noon);
    keep(vault, archive.make("r2"), noon);
  }
  const std::string ledger = archive.text("ledger.jsonl");
  archive.write("ledger.jsonl", ledger.substr(0, ledger.find('\n') + 20));
  for (const char* name : {"catalog.db", "catalog.db-wal", "catalog.db-shm"})
    std::filesystem::remove(archive / name);
  Vault vault(archive.options());
  CHECK_FALSE(vault.find("r2"));

  for (const RecordingDescription& recording : vault.left_over()) keep(vault, recording, noon);

  CHECK(vault.find("r2")->facts.queue == "cards");
  CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
}

TEST_CASE("a catalog that lies behind its ledger catches up") {
  const TemporaryArchive archive;
  Vault vault(archive.options());
  keep(vault, archive.make("r1"), noon);
  std::filesystem::copy(archive / "catalog.db", archive / "old.db");
  keep(vault, archive.make("r2"), noon);

  std::filesystem::remove(archive / "catalog.db-wal");
  std::filesystem::rename(archive / "old.db", archive / "catalog.db");
  Vault later(archive.options());

  CHECK(later.find("r2"));
}

TEST_CASE("a recording outside of the archive is refused") {
  const TemporaryArchive archive, other;
  Vault vault(archive.options());
  const RecordingDescription stranger = other.make("r1");

  CHECK(fault([&] { keep(vault, stranger, noon); }) ==
        "invalid: " + stranger.file + ": is not in the archive's folder " + archive.folder);
}

TEST_CASE("the signing key is made once, for its owner only") {
  const TemporaryArchive archive;
  { Vault vault(archive.options()); }
  struct stat status {};
  REQUIRE(stat((archive / "keys/signing.pem").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const std::string key = archive.text("keys/signing.pem");

  { Vault vault(archive.options()); }
  CHECK(archive.text("keys/signing.pem") == key);

  archive.write("keys/signing.pem", "no key");
  CHECK(fault([&] { Vault vault(archive.options()); })
            .starts_with("invalid: " + (archive / "keys/signing.pem") +
                         ": expected an Ed25519 private key in PEM form"));
}

TEST_CASE("a ledger that was cut is not written to") {
  const TemporaryArchive archive;
  {
    Vault vault(archive.options());
    keep(vault, archive.make("r1"), noon);
  }
  archive.write("ledger.jsonl", "");

  CHECK(fault([&] { Vault vault(archive.options()); }) ==
        "invalid: " + (archive / "ledger.jsonl") +
            " is shorter than it was: somebody cut or replaced it; bring it back from the backup");
}
