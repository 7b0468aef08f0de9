// SPDX-License-Identifier: Apache-2.0
#include "simulation/profile.hpp"

#include "temporary_folder.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// Why a profile is refused, without the folder's name.
std::string refusal(const std::string& content) {
  const TemporaryFolder folder;
  const std::string path = folder.write("day.csv", content);
  const std::string words = thrown(Error::Code::invalid, [&] { read_profile(path); });
  return words.substr(words.find("day.csv"));
}

}  // namespace

TEST_CASE("a profile has an interval per line, each until the next begins") {
  const TemporaryFolder folder;
  const std::string path = folder.write(
      "day.csv", "begins,contacts,handling,agents\n09:00,60,240s,12\n09:30,90,,\n\n10:30,20,5min,\n");

  const std::vector<ProfileInterval> day = read_profile(path);

  REQUIRE(day.size() == 3);
  CHECK(day[0].begins == 9h);
  CHECK(day[0].length == 30min);
  CHECK(day[0].per_hour() == 120);
  CHECK(day[0].handling == 240s);
  CHECK(day[0].agents == 12u);
  CHECK(day[1].per_hour() == 90);
  CHECK_FALSE(day[1].handling.has_value());
  CHECK_FALSE(day[1].agents.has_value());
  CHECK(day[2].length == 1h);
  CHECK(time_of_day(day[2].begins) == "10:30");
}

TEST_CASE("a profile is read as spreadsheets write it") {
  const TemporaryFolder folder;
  const std::string path = folder.write("day.csv", "\xef\xbb\xbf\"contacts\", \"begins\"\r\n12.5, 08:00\r\n");

  const std::vector<ProfileInterval> day = read_profile(path);

  REQUIRE(day.size() == 1);
  CHECK(day[0].begins == 8h);
  CHECK(day[0].contacts == 12.5);
  CHECK(day[0].length == 30min);
}

TEST_CASE("a profile that is none is refused with file, line, column and what was expected") {
  CHECK(refusal("") == "day.csv: begins: the first line names the columns, and this one is missing");
  CHECK(refusal("begins,calls\n") ==
        "day.csv:1: calls: unknown column; known: begins, contacts, handling, agents");
  CHECK(refusal("begins,contacts\n") == "day.csv:1: there is no interval below the line of names");
  CHECK(refusal("begins,contacts\n9 o'clock,3\n") ==
        "day.csv:2: begins: expected a time such as \"09:30\", got \"9o'clock\"");
  CHECK(refusal("begins,contacts\n24:00,3\n") == "day.csv:2: begins: expected a time before 24:00");
  CHECK(refusal("begins,contacts\n24:01,3\n").find("got \"24:01\"") != std::string::npos);
  CHECK(refusal("begins,contacts\n09:00,3\n09:00,4\n") == "day.csv:3: begins: expected a time after 09:00");
  CHECK(refusal("begins,contacts\n09:00,many\n") == "day.csv:2: contacts: expected a number, got \"many\"");
  CHECK(refusal("begins,contacts\n09:00,-1\n") == "day.csv:2: contacts: expected 0 to 1000000000, got -1");
  CHECK(refusal("begins,contacts\n09:00\n") == "day.csv:2: expected 2 columns, got 1");
  CHECK(refusal("begins,contacts,handling\n09:00,1,4\n") ==
        "day.csv:2: handling: expected a duration such as \"240s\", got \"4\"");
  CHECK(refusal("begins,contacts,agents\n09:00,1,-4\n") ==
        "day.csv:2: agents: expected a whole number, got \"-4\"");
  CHECK(thrown(Error::Code::not_found, [] { read_profile("/nowhere/day.csv"); }) ==
        "cannot read the profile /nowhere/day.csv");
}
