// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording/verify.hpp"

#include <doctest/doctest.h>

#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::recording;

namespace {

using Faults = std::vector<std::string>;

/// Three recordings of 12 s and a note to the first.
struct Kept : TemporaryArchive {
  Kept() {
    Vault vault(options());
    for (const char* id : {"r1", "r2", "r3"}) keep(vault, make(id), noon);
    vault.note("r1", "a note", {.at = noon, .by = "anna"});
  }
  RecordingVerification verify() const { return verify_recordings(folder, public_key()); }
  void remove_line(std::size_t number) const {
    std::string content = text("ledger.jsonl");
    std::size_t begin = 0;
    for (std::size_t i = 1; i < number; ++i) begin = content.find('\n', begin) + 1;
    content.erase(begin, content.find('\n', begin) + 1 - begin);
    write("ledger.jsonl", content);
  }
};

}  // namespace

TEST_CASE("an archive nobody touched is whole") {
  const Kept kept;
  kept.record("2026-01-01/running.wav", 1);

  const RecordingVerification found = kept.verify();

  CHECK(found.faults == Faults{});
  CHECK(found.entries == 4);
  CHECK(found.recordings == 3);
  CHECK(found.pending == std::vector<std::string>{"2026-01-01/running.wav"});
}

TEST_CASE("a flipped bit shows in its segment, and nowhere else") {
  const Kept kept;
  kept.flip("2026-01-01/r2.wav", 58 + 16000 * 7);

  CHECK(kept.verify().faults ==
        Faults{"2026-01-01/r2.wav: segment 2 of 3 (5 s to 10 s) is not what was recorded"});
  CHECK(verify_recordings(kept / "2026-01-01/r2.wav", kept.public_key()).faults ==
        Faults{"r2.wav: segment 2 of 3 (5 s to 10 s) is not what was recorded"});
  CHECK(verify_recordings(kept / "2026-01-01/r1.wav", kept.public_key()).faults == Faults{});
}

TEST_CASE("what was cut off or added shows") {
  const Kept kept;
  kept.write("2026-01-01/r1.wav", kept.text("2026-01-01/r1.wav").substr(0, 58 + 16000 * 11));
  kept.write("2026-01-01/r2.wav", kept.text("2026-01-01/r2.wav") + std::string(200'000, 'x'));

  CHECK(kept.verify().faults ==
        Faults{
            "2026-01-01/r1.wav: segment 3 of 3 (10 s to 12 s) is not what was recorded",
            "2026-01-01/r2.wav: segment 3 of 3 (10 s to 12 s) is not what was recorded",
        });
}

TEST_CASE("bytes added after a whole last segment show") {
  const TemporaryArchive archive;
  Vault vault(archive.options());
  RecordingDescription recording = archive.make("r1", 10);
  archive.write("2026-01-01/r1.wav", archive.text("2026-01-01/r1.wav").substr(0, 160'000));
  archive.change("2026-01-01/r1.wav", archive.text("2026-01-01/r1.wav").substr(54, 4),
                 {'\xc6', '\x70', '\x02', 0});
  keep(vault, recording, noon);
  REQUIRE(archive.text("2026-01-01/r1.wav").size() == 160'000);
  archive.write("2026-01-01/r1.wav", archive.text("2026-01-01/r1.wav") + "x");

  CHECK(verify_recordings(archive.folder, archive.public_key()).faults ==
        Faults{"2026-01-01/r1.wav: something was added at its end"});
}

TEST_CASE("a recording that was taken away shows") {
  const Kept kept;
  std::filesystem::remove(kept / "2026-01-01/r2.wav");
  std::filesystem::remove(kept / "2026-01-01/r3.wav");
  std::filesystem::remove(kept / "2026-01-01/r3.json");

  CHECK(kept.verify().faults ==
        Faults{"2026-01-01/r2.wav: is missing, and no entry says that it was destroyed",
               "2026-01-01/r3.wav: its manifest cannot be used: " + (kept / "2026-01-01/r3.json") +
                   ": there is no such file",
               "2026-01-01/r3.wav: is missing, and no entry says that it was destroyed"});
}

TEST_CASE("a recording that was taken away with its entry leaves a gap in the chain") {
  const Kept kept;
  std::filesystem::remove(kept / "2026-01-01/r2.wav");
  std::filesystem::remove(kept / "2026-01-01/r2.json");
  kept.remove_line(2);

  CHECK(kept.verify().faults == Faults{"ledger.jsonl:2: entry 2 is missing before entry 3"});
}

TEST_CASE("an entry that was changed names itself") {
  const Kept kept;
  kept.change("ledger.jsonl", R"("recording":"r2")", R"("recording":"r7")");

  const Faults faults = kept.verify().faults;

  REQUIRE(faults.size() >= 2);
  CHECK(faults.at(0) == "ledger.jsonl:2: entry 2 was changed: it is not what this key signed");
  CHECK(faults.at(1) ==
        "ledger.jsonl:3: entry 3 names another entry before it than entry 2 as it stands here");
}

TEST_CASE("a damaged line is named") {
  const Kept kept;
  kept.change("ledger.jsonl", R"({"entry")", R"({"entry)");

  CHECK(kept.verify().faults.at(0) == "ledger.jsonl:1: is no entry: the line was changed or damaged");
}

TEST_CASE("a manifest that says something else shows") {
  const Kept kept;
  kept.change("2026-01-01/r1.json", "lost card", "lost cart");
  kept.change("2026-01-01/r1.json", "a note", "b note");
  kept.change("2026-01-01/r2.json", R"("length_us":12000000)", R"("length_us":11000000)");
  const std::string last = kept.text("2026-01-01/r3.json");
  kept.change("2026-01-01/r3.json", last.substr(last.find("segments\":[") + 12, 8), "00000000");

  const Faults faults = kept.verify().faults;

  CHECK(faults == Faults{"2026-01-01/r1.wav: what its manifest says of the call was changed",
                         "2026-01-01/r1.wav: what entry 4 noted was changed in its manifest",
                         "2026-01-01/r2.wav: its manifest is not entry 2 of the ledger",
                         "2026-01-01/r2.wav: its manifest was changed: it is not what this key signed",
                         "2026-01-01/r3.wav: segment 1 of 3 (0 s to 5 s) is not what was recorded",
                         "2026-01-01/r3.wav: segment 2 of 3 (5 s to 10 s) is not what was recorded"});
}

TEST_CASE("a ledger that was cut at its end shows against the journal") {
  const Kept kept;
  Vault vault(kept.options());
  LedgerWitness witness;
  for (const RecordingUse& use : vault.untold()) witness[use.number] = use.hash;
  CHECK(verify_recordings(kept.folder, kept.public_key(), witness).faults == Faults{});

  kept.remove_line(4);

  CHECK(kept.verify().faults == Faults{});
  CHECK(verify_recordings(kept.folder, kept.public_key(), witness).faults ==
        Faults{"ledger.jsonl: entry 4 is missing: the journal tells of it"});
}

TEST_CASE("another key signs nothing of this archive, and what is no key is refused") {
  const Kept kept, other;

  const Faults faults = verify_recordings(kept.folder, other.public_key()).faults;

  CHECK(faults.size() == 7);
  CHECK(faults.at(0) == "ledger.jsonl:1: entry 1 was changed: it is not what this key signed");
  CHECK_THROWS_WITH_AS(verify_recordings(kept.folder, kept / "ledger.jsonl"),
                       doctest::Contains("expected the public Ed25519 key of the archive in PEM form"),
                       Error);
  CHECK_THROWS_WITH_AS(verify_recordings(kept / "nothing", kept.public_key()),
                       doctest::Contains("there is no such file or folder"), Error);
}
