// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording/archive.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "media/file.hpp"
#include "recording/digest.hpp"
#include "recording/sealed_file.hpp"
#include "temporary_archive.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/recording/verify.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// A center's journal beside an archive, in virtual time.
struct World : TemporaryArchive {
  ArchiveOptions on_loop() const { return {.folder = folder, .worker = Worker::Mode::on_loop}; }

  void arrive(const std::string& contact) {
    journal->append(events::contact_arrived, contact,
                    {{"from", "sip:" + contact + "@x"}, {"to", "sip:95566@x"}});
    journal->append(events::contact_reason, contact, {{"reason", "lost card"}});
    journal->append(events::contact_queued, contact, {{"queue", "cards"}});
  }
  void begin(const std::string& contact, const std::string& recording) {
    journal->append(events::recording_decided, contact, {{"mode", "all"}, {"rule", "cards calls"}});
    journal->append(events::recording_started, contact,
                    {{"recording", recording}, {"file", record("2026-01-01/" + recording + ".wav", 3)}});
  }
  void connect(const std::string& contact, const std::string& agent) {
    journal->append(events::contact_connected, contact, {{"party", "sip:" + agent}, {"agent", agent}});
  }
  void end(const std::string& contact, const std::string& recording) {
    journal->append(
        events::recording_finished, contact,
        {{"recording", recording}, {"length", 3.0}, {"paused", 0.5}, {"lost", 0.0}, {"error", ""}});
  }
  std::size_t follow(Archive& archive) {
    std::size_t closed = 0;
    const auto wait = [&]() -> Task<> { closed = co_await archive.follow(*journal); };
    Task<> waiting = wait();
    waiting.start();
    loop.run();
    waiting.result();
    return closed;
  }
  std::optional<ArchivedRecording> find(Archive& archive, const std::string& id) {
    std::optional<ArchivedRecording> found;
    const auto wait = [&]() -> Task<> { found = co_await archive.find(id); };
    Task<> waiting = wait();
    waiting.start();
    loop.run();
    return found;
  }
  std::vector<JournalEntry> told() {
    std::vector<JournalEntry> found;
    const auto wait = [&]() -> Task<> {
      const std::vector<JournalEntry> entries = co_await journal->read(1, 1000);
      for (const JournalEntry& entry : entries)
        if (entry.type == events::recording_ledger) found.push_back(entry);
    };
    Task<> waiting = wait();
    waiting.start();
    loop.run();
    return found;
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
};

}  // namespace

TEST_CASE("a recording that ends while the center runs is archived with what its call learned") {
  World world;
  Archive archive(world.loop, world.on_loop());
  CHECK(world.follow(archive) == 0);

  world.arrive("c1");
  world.begin("c1", "r1");
  world.connect("c1", "1001");
  world.loop.run();
  CHECK_FALSE(world.find(archive, "r1"));
  world.end("c1", "r1");
  world.loop.run();

  const auto found = world.find(archive, "r1");
  REQUIRE(found);
  CHECK(found->facts.from == "sip:c1@x");
  CHECK(found->facts.agent == "1001");
  CHECK(found->facts.queue == "cards");
  CHECK(found->facts.reason == "lost card");
  CHECK(found->facts.label == "cards calls");
  CHECK(found->facts.length == 3s);
  CHECK(found->facts.paused == 500ms);
  CHECK(found->facts.error.empty());
}

TEST_CASE("a recording is found and heard as soon as it has ended") {
  World world;
  Archive archive(world.loop, world.on_loop());
  world.follow(archive);
  world.arrive("c1");
  world.begin("c1", "r1");
  world.loop.run();
  std::size_t found = 0, heard = 0;
  const auto look = [&]() -> Task<> {
    const RecordingQuery all;
    const std::vector<ArchivedRecording> list = co_await archive.search(all);
    found = list.size();
  };
  const auto listen = [&]() -> Task<> {
    const std::vector<std::uint8_t> sound = co_await archive.listen("r1", "anna");
    heard = sound.size();
  };

  world.end("c1", "r1");
  Task<> looking = look(), listening = listen();
  listening.start();
  looking.start();
  world.loop.run_for(100ms);

  listening.result();
  CHECK(heard > 3 * 16000);
  CHECK(found == 1);
}

TEST_CASE("the journal is told every entry of the ledger once, with its hash") {
  World world;
  Archive archive(world.loop, world.on_loop());
  world.follow(archive);
  world.arrive("c1");
  world.begin("c1", "r1");
  world.end("c1", "r1");
  world.loop.run();

  Task<> noting = archive.note("r1", "fine", "anna");
  noting.start();
  world.loop.run();

  const std::vector<JournalEntry> told = world.told();
  REQUIRE(told.size() == 2);
  CHECK(told.at(0).subject == "r1");
  CHECK(told.at(0).data.at("kind") == Value("recorded"));
  CHECK(told.at(1).data.at("kind") == Value("noted"));
  CHECK(told.at(1).data.at("by") == Value("anna"));
  LedgerWitness witness;
  for (const JournalEntry& entry : told)
    witness[static_cast<std::uint64_t>(*entry.data.at("number").get_if<std::int64_t>())] =
        entry.data.at("hash").text();
  CHECK(verify_recordings(world.folder, world.public_key(), witness).faults.empty());
}

TEST_CASE("what a killed center left open is closed and found after the next start") {
  World world;
  world.arrive("c1");
  world.begin("c1", "r1");
  world.connect("c1", "1001");
  world.record("2026-01-01/unheard.wav", 2);
  const std::string torn = world / "2026-01-01/r1.wav";
  std::ofstream(torn, std::ios::app | std::ios::binary) << std::string(500, 'x');
  Archive archive(world.loop, world.on_loop());

  CHECK(world.follow(archive) == 2);

  const auto found = world.find(archive, "r1");
  REQUIRE(found);
  CHECK(found->facts.agent == "1001");
  CHECK(found->facts.length == 3s);
  CHECK(found->bytes == 58 + 3 * 16000);
  CHECK(found->facts.error == "the program ended while it was recorded");
  CHECK(world.find(archive, "unheard")->facts.length == 2s);
}

TEST_CASE("what ended between two archives is taken over once") {
  World world;
  {
    Archive archive(world.loop, world.on_loop());
    world.follow(archive);
    world.arrive("c1");
    world.begin("c1", "r1");
    world.end("c1", "r1");
    world.arrive("c2");
    world.loop.run();
  }
  world.begin("c2", "r2");
  world.end("c2", "r2");

  Archive archive(world.loop, world.on_loop());
  CHECK(world.follow(archive) == 1);

  CHECK(world.find(archive, "r2")->facts.from == "sip:c2@x");
  CHECK(world.told().size() == 2);
}

TEST_CASE("a recording that cannot be taken over now is taken over with the next one") {
  World world;
  Archive archive(world.loop, world.on_loop());
  world.follow(archive);
  world.arrive("c1");
  world.begin("c1", "r1");
  std::filesystem::create_directory(world / "2026-01-01/r1.json");
  world.end("c1", "r1");
  world.loop.run();
  CHECK_FALSE(world.find(archive, "r1"));

  std::filesystem::remove(world / "2026-01-01/r1.json");
  world.arrive("c2");
  world.begin("c2", "r2");
  world.end("c2", "r2");
  world.loop.run();

  CHECK(world.find(archive, "r1"));
  CHECK(world.find(archive, "r2"));
}

TEST_CASE("work for the disk is done on a thread of its own") {
  const TemporaryArchive temporary;
  AsioLoop loop;
  Archive archive(loop, temporary.options());
  std::vector<ArchivedRecording> found;
  const RecordingDescription recording = temporary.make("r1");
  const RecordingQuery fine{.text = "fine"};
  const auto work = [&]() -> Task<> {
    co_await archive.add(recording);
    co_await archive.note("r1", "fine", "anna");
    found = co_await archive.search(fine);
    loop.stop();
  };

  Task<> working = work();
  working.start();
  loop.run();
  working.result();

  REQUIRE(found.size() == 1);
  CHECK(found.at(0).notes.at(0).by == "anna");
}

TEST_CASE("a center knows beforehand under which name a recording is kept") {
  for (const RecordingFormat format : {RecordingFormat::wav, RecordingFormat::opus}) {
    for (const bool sealed : {false, true}) {
      World world;
      ArchiveOptions options = world.on_loop();
      options.format = format;
      if (sealed) make_master_key(options.master_key = world / "master.key");
      Archive archive(world.loop, options);
      REQUIRE(world.follow(archive) == 0);
      world.arrive("c1");
      world.begin("c1", "r1");
      world.end("c1", "r1");
      world.loop.run();

      const std::string kept = archive.maker()->kept_as(world / "2026-01-01/r1.wav");

      CAPTURE(kept);
      CHECK(std::filesystem::exists(kept));
      CHECK_FALSE(std::filesystem::exists(kept + ".sealed"));
      CHECK(world.folder + "/" + world.find(archive, "r1")->facts.file == kept);
    }
  }
}

TEST_CASE("what is made and discarded is not archived, nor is anything of it left") {
  World world;
  ArchiveOptions options = world.on_loop();
  make_master_key(options.master_key = world / "master.key");
  Archive archive(world.loop, options);
  REQUIRE(world.follow(archive) == 0);
  world.arrive("c1");
  const std::string path = world / "2026-01-01/r1.wav";
  for (const std::string& part : {recording::sealed_path(path), recording::key_path(path)}) {
    create_folders_of(part);
    write_file(part, recording::bytes_of("what was said"));
  }
  world.journal->append(events::recording_started, "c1", {{"recording", "r1"}, {"file", path}});
  REQUIRE_FALSE(std::filesystem::is_empty(world / "2026-01-01"));

  world.journal->append(events::recording_withdrawn, "c1", {{"recording", "r1"}, {"kept", false}});
  archive.maker()->discard(path);
  world.journal->append(events::recording_finished, "c1", {{"recording", "r1"}, {"file", ""}});
  world.loop.run();

  CHECK(std::filesystem::is_empty(world / "2026-01-01"));
  CHECK_FALSE(world.find(archive, "r1"));
}

TEST_CASE("what an archive has sealed and converted is read back as a WAV file under its first name") {
  for (const bool sealed : {false, true}) {
    for (const RecordingFormat format : {RecordingFormat::wav, RecordingFormat::opus}) {
      World world;
      ArchiveOptions options = world.on_loop();
      options.format = format;
      if (sealed) {
        world.write("master", std::string(64, '1'));
        options.master_key = world / "master";
      }
      Archive archive(world.loop, options);
      Task<> adding = archive.add(world.make("r1", 3));
      adding.start();
      world.loop.run();

      const std::vector<std::uint8_t> audio = archive.maker()->read(world / "2026-01-01/r1.wav");

      world.write("out.wav", {audio.begin(), audio.end()});
      const WavAudio heard = read_wav(world / "out.wav");
      CHECK(heard.channels == 2);
      CHECK(heard.duration() >= 2900ms);
      CHECK(std::filesystem::exists(world / "2026-01-01/r1.wav") ==
            (!sealed && format == RecordingFormat::wav));
    }
  }
}
