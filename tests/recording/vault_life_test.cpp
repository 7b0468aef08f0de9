// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "recording/sealed_file.hpp"
#include "recording/vault.hpp"
#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/verify.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

const Act by_anna{.at = noon + 1h, .by = "anna", .reason = "asked by the customer"};
using Ids = std::vector<std::string>;

struct Keeping : TemporaryArchive {
  Keeping() {
    write("master", std::string(64, '1'));
    write("next", std::string(64, '2'));
  }
  ArchiveOptions encrypted() const { return {.folder = folder, .master_key = *this / "master"}; }
  std::string message(const std::function<void()>& work) const {
    try {
      work();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  RecordingVerification verify() const { return verify_recordings(folder, public_key()); }
};

Ids kinds(Vault& vault, const std::string& id) {
  Ids found;
  for (const RecordingUse& use : vault.history(id, 100)) found.push_back(use.kind);
  return found;
}

}  // namespace

TEST_CASE("a deleted recording can come back until it is destroyed with proof") {
  const Keeping archive;
  Vault vault(archive.options());
  keep(vault, archive.make("r1"), noon);
  keep(vault, archive.make("r2"), noon);
  vault.note("r1", "secret note", by_anna);

  vault.remove("r1", by_anna);
  CHECK(vault.search({}).size() == 1);
  CHECK(vault.search({.deleted = true}).size() == 2);
  CHECK(archive.message([&] { vault.audio("r1", "listened", {}, by_anna); }) ==
        "recording r1 cannot be heard: it is deleted");
  vault.restore("r1", by_anna);
  CHECK(vault.search({}).size() == 2);
  vault.remove("r1", by_anna);
  vault.destroy("r1", by_anna);

  CHECK_FALSE(std::filesystem::exists(archive / "2026-01-01/r1.wav"));
  CHECK(archive.text("2026-01-01/r1.json").find("secret note") == std::string::npos);
  CHECK(archive.text("2026-01-01/r1.json").find("13800000001") == std::string::npos);
  CHECK(vault.find("r1")->state == RecordingState::destroyed);
  CHECK(vault.find("r1")->facts.from.empty());
  CHECK(vault.find("r1")->notes.empty());
  CHECK(kinds(vault, "r1") == Ids{"recorded", "noted", "deleted", "restored", "deleted", "destroyed"});
  CHECK(archive.verify().faults.empty());
  CHECK(archive.verify().destroyed == 1);
  CHECK(archive.message([&] { vault.restore("r1", by_anna); }) ==
        "recording r1 cannot be brought back: it is destroyed");
  CHECK(archive.message([&] { vault.note("r1", "x", by_anna); }) ==
        "recording r1 is destroyed: no note can be made to it");
}

TEST_CASE("what was destroyed stays destroyed in a catalog that is made anew") {
  const Keeping archive;
  Vault vault(archive.options());
  keep(vault, archive.make("r1"), noon);
  vault.remove("r1", by_anna);
  vault.destroy("r1", by_anna);

  vault.rebuild();

  CHECK(vault.find("r1")->state == RecordingState::destroyed);
  CHECK(vault.find("r1")->facts.length == 12s);
  CHECK(vault.left_over().empty());
}

TEST_CASE("nobody destroys what is kept, and every deletion has a reason") {
  const Keeping archive;
  Vault vault(archive.options());
  keep(vault, archive.make("r1"), noon);

  CHECK(archive.message([&] { vault.destroy("r1", by_anna); }) ==
        "recording r1 cannot be destroyed before it is deleted: it is kept");
  CHECK(archive.message([&] { vault.remove("r1", {.at = noon, .by = "anna"}); }) ==
        "who deletes a recording says why");
  CHECK(archive.message([&] { vault.restore("r1", by_anna); }) ==
        "recording r1 cannot be brought back: it is kept");
  CHECK(archive.message([&] { vault.remove("r9", by_anna); }) ==
        "there is no recording r9 in " + archive.folder);
}

TEST_CASE("a recording that is held is neither deleted nor destroyed nor swept") {
  const Keeping archive;
  ArchiveOptions options = archive.options();
  options.retention = {{.keep = std::chrono::days(1)}};
  Vault vault(options);
  keep(vault, archive.make("r1"), noon);
  keep(vault, archive.make("r2"), noon);
  vault.remove("r2", by_anna);
  vault.hold("r1", {.at = noon, .by = "legal", .reason = "lawsuit 12"});
  vault.hold("r2", {.at = noon, .by = "legal", .reason = "lawsuit 12"});

  CHECK(archive.message([&] { vault.remove("r1", by_anna); }) ==
        "recording r1 is held (lawsuit 12): release it first");
  CHECK(archive.message([&] { vault.destroy("r2", by_anna); }) ==
        "recording r2 is held (lawsuit 12): release it first");
  const ArchiveSweep swept = vault.sweep(noon + std::chrono::days(1000));
  CHECK(swept.deleted == 0);
  CHECK(swept.destroyed == 0);

  vault.release("r1", by_anna);
  CHECK(vault.sweep(noon + std::chrono::days(1000)).deleted == 1);
  CHECK(archive.message([&] { vault.release("r1", by_anna); }) == "recording r1 is not held");
}

TEST_CASE("retention goes by the first rule that fits, then grace") {
  const Keeping archive;
  ArchiveOptions options = archive.options();
  options.retention = {{.queue = "loans", .keep = std::chrono::days(0)},
                       {.label = "voicemail", .keep = std::chrono::days(10)},
                       {.queue = "cards", .keep = std::chrono::days(100)}};
  options.grace = std::chrono::days(5);
  Vault vault(options);
  RecordingDescription loan = archive.make("loan"), mail = archive.make("mail"),
                       other = archive.make("other");
  loan.queue = "loans";
  mail.label = "voicemail";
  other.queue = "other";
  for (const RecordingDescription& recording : {loan, mail, other, archive.make("card")})
    keep(vault, recording, noon);

  const auto day = [](int number) { return noon + std::chrono::days(number); };
  CHECK(vault.sweep(day(9)).deleted == 0);
  CHECK(vault.sweep(day(11)).deleted == 1);
  CHECK(vault.find("mail")->state == RecordingState::deleted);
  CHECK(vault.sweep(day(15)).destroyed == 0);
  CHECK(vault.sweep(day(17)).destroyed == 1);
  CHECK(vault.sweep(day(101)).deleted == 1);
  CHECK(vault.find("card")->state == RecordingState::deleted);
  CHECK(vault.sweep(day(10'000)).deleted == 0);
  CHECK(vault.find("loan")->state == RecordingState::kept);
  CHECK(vault.find("other")->state == RecordingState::kept);
  CHECK(archive.verify().faults.empty());
}

TEST_CASE("an archive with a master key keeps no plain text, and gives it out with an entry in the ledger") {
  const Keeping archive;
  Vault vault(archive.encrypted());
  keep(vault, archive.make("r1"), noon);

  CHECK(vault.find("r1")->facts.file == "2026-01-01/r1.wav.sealed");
  CHECK(vault.find("r1")->key == vault.keys().present());
  CHECK_FALSE(std::filesystem::exists(archive / "2026-01-01/r1.wav"));
  const std::vector<std::uint8_t> audio = vault.audio("r1", "listened", {}, by_anna);
  archive.write("out.wav", {audio.begin(), audio.end()});
  CHECK(read_wav(archive / "out.wav").duration() == 12s);
  CHECK(kinds(vault, "r1") == Ids{"recorded", "listened"});
  CHECK(archive.verify().faults.empty());
  archive.flip("2026-01-01/r1.wav.sealed", 100'000);
  CHECK(archive.verify().faults ==
        Ids{"2026-01-01/r1.wav.sealed: segment 2 of 3 (5 s to 10 s) is not what was recorded"});
}

TEST_CASE("a recording sealed while it was written is archived, also when it was left over") {
  const Keeping archive;
  Vault vault(archive.encrypted());
  const std::vector<std::uint8_t> second(16000, 0x55);
  for (const char* name : {"2026-01-01/r1.wav", "2026-01-01/r2.wav"}) {
    SealedFile file(archive / name, vault.keys());
    for (int i = 0; i < 7; ++i) file.append(Codec::pcma, second);
    file.close();
  }
  keep(vault, {.id = "r1", .file = archive / "2026-01-01/r1.wav", .began = noon, .length = 7s}, noon);

  for (const RecordingDescription& left : vault.left_over()) keep(vault, left, noon);

  CHECK(vault.find("r1")->facts.file == "2026-01-01/r1.wav.sealed");
  REQUIRE(vault.find("r2"));
  CHECK(vault.find("r2")->facts.length == 7s);
  CHECK(archive.verify().faults.empty());
  CHECK(archive.verify().recordings == 2);
}

TEST_CASE("a destroyed recording cannot be opened by anybody who kept a copy of its audio") {
  const Keeping archive;
  Vault vault(archive.encrypted());
  keep(vault, archive.make("r1"), noon);
  std::filesystem::copy(archive / "2026-01-01/r1.wav.sealed", archive / "copy.wav.sealed");

  vault.remove("r1", by_anna);
  vault.destroy("r1", by_anna);

  CHECK_FALSE(std::filesystem::exists(archive / "2026-01-01/r1.key"));
  CHECK_THROWS_AS(read_recording(archive / "copy.wav.sealed", vault.keys()), Error);
}

TEST_CASE("a change of the master key leaves the audio as it is") {
  const Keeping archive;
  {
    Vault vault(archive.encrypted());
    keep(vault, archive.make("r1"), noon);
  }
  const std::string audio = archive.text("2026-01-01/r1.wav.sealed");
  ArchiveOptions options = archive.encrypted();
  options.master_key = archive / "next";

  CHECK(archive.message([&] { Vault(options).audio("r1", "listened", {}, by_anna); })
            .find("which was not given") != std::string::npos);
  CHECK(archive.message([&] { Vault(options).rekey(by_anna); }).find("which was not given") !=
        std::string::npos);
  options.old_master_keys = {archive / "master"};
  Vault vault(options);
  CHECK(vault.rekey(by_anna) == 1);
  CHECK(vault.rekey(by_anna) == 0);

  options.old_master_keys = {};
  Vault after(options);
  CHECK(after.find("r1")->key == after.keys().present());
  CHECK(after.audio("r1", "listened", {}, by_anna).size() == 58 + 12 * 16000);
  CHECK(archive.text("2026-01-01/r1.wav.sealed") == audio);
  CHECK(archive.verify().faults.empty());
  after.rebuild();
  CHECK(after.find("r1")->key == after.keys().present());
}
