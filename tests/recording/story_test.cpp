// SPDX-License-Identifier: Apache-2.0
#include "recording/story.hpp"

#include <doctest/doctest.h>

#include "vcsr/journal_events.hpp"

namespace vcsr::recording {

namespace {

JournalEntry entry(std::uint64_t number, const char* contact, const char* type, Facts data = {}) {
  JournalEntry made;
  made.number = number;
  made.type = type;
  made.subject = contact;
  made.data = std::move(data);
  return made;
}

}  // namespace

TEST_CASE("a recording's story has what the call told until the recording ended") {
  Story story;
  story.apply(
      entry(1, "c1", events::contact_arrived, {{"from", "sip:+8613800000000@a"}, {"to", "sip:95500@b"}}));
  story.apply(entry(2, "c1", events::recording_started, {{"recording", "r1"}, {"file", "2026/r1.wav"}}));
  story.apply(entry(3, "c1", events::contact_queued, {{"queue", "cards"}}));

  const RecordingDescription over =
      story.apply(entry(4, "c1", events::recording_finished, {{"recording", "r1"}, {"length", 2.5}}));

  CHECK(over.id == "r1");
  CHECK(over.file == "2026/r1.wav");
  CHECK(over.contact == "c1");
  CHECK(over.from == "sip:+8613800000000@a");
  CHECK(over.queue == "cards");
  CHECK(over.length == std::chrono::milliseconds(2500));
}

TEST_CASE("a recording whose file could not be made is nothing to archive") {
  Story story;
  story.apply(entry(1, "c1", events::contact_arrived));
  story.apply(entry(2, "c1", events::recording_started, {{"recording", "r1"}, {"file", "r1.wav"}}));

  const RecordingDescription over = story.apply(
      entry(3, "c1", events::recording_finished, {{"recording", "r1"}, {"file", ""}, {"error", "no space"}}));

  CHECK(over.id.empty());
  CHECK(story.unfinished().empty());
}

TEST_CASE("what is done ends before the first contact that is still open") {
  Story story;
  story.apply(entry(1, "queue-cards", "queue.opened"));
  CHECK(story.done() == 1);

  story.apply(entry(2, "c1", events::contact_arrived));
  story.apply(entry(3, "c2", events::contact_arrived));
  CHECK(story.done() == 1);

  story.apply(entry(4, "c1", events::contact_closed));
  CHECK(story.done() == 2);

  story.apply(entry(5, "c2", events::contact_closed));
  CHECK(story.done() == 5);
}

TEST_CASE("a recording whose end is missing is left unfinished, once") {
  Story story;
  story.apply(entry(1, "c1", events::contact_arrived));
  story.apply(entry(2, "c1", events::recording_started, {{"recording", "r1"}, {"file", "r1.wav"}}));

  const std::vector<RecordingDescription> left = story.unfinished();

  REQUIRE(left.size() == 1);
  CHECK(left[0].id == "r1");
  CHECK(left[0].error == "the program ended while it was recorded");
  CHECK(story.unfinished().empty());
}

}  // namespace vcsr::recording
