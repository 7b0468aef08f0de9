// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate.hpp"

#include <sstream>

#include "temporary_folder.hpp"
#include "thrown.hpp"

using namespace vcsr;

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* scenario = R"(
[day]
ends = "01:00"
[[queue]]
name = "service"
[[contacts]]
queue = "service"
per_hour = 60
handling = { mean = "60s" }
[[agents]]
count = 2
queues = ["service"]
)";

}  // namespace

TEST_CASE("a simulated day leaves its intervals, its picture and the first run's journal in files") {
  const TemporaryFolder folder;
  SimulateRequest request{.scenario = folder.write("day.toml", scenario),
                          .runs = 2,
                          .csv = folder / "day.csv",
                          .svg = folder / "day.svg",
                          .journal = folder / "day.jsonl",
                          .quiet = true};

  CHECK(simulate(request) == 0);

  CHECK(content(request.csv).find("\nservice,00:30,") != std::string::npos);
  CHECK(content(request.svg).find("</svg>") != std::string::npos);
  const std::string journal = content(request.journal);
  CHECK(journal.starts_with(R"({"at":"2026-01-05T00:00:00.000Z",)"));
  CHECK(journal.find(R"("number":1,)") == journal.rfind(R"("number":1,)"));
}

TEST_CASE("a file that cannot be written is named") {
  const TemporaryFolder folder;
  SimulateRequest request{
      .scenario = folder.write("day.toml", scenario), .csv = folder / "no/day.csv", .quiet = true};

  const std::string words = thrown(Error::Code::unavailable, [&] { simulate(request); });

  CHECK(words == "cannot write " + request.csv);
}

TEST_CASE("a second scenario is read and run before anything is written") {
  const TemporaryFolder folder;
  SimulateRequest request{.scenario = folder.write("day.toml", scenario),
                          .beside = folder.write("other.toml", scenario),
                          .csv = folder / "day.csv",
                          .quiet = true};

  CHECK(simulate(request) == 0);
  CHECK(content(request.csv).find("\nservice,00:30,") != std::string::npos);

  request.beside = folder / "none.toml";
  request.csv = folder / "second.csv";
  const std::string words = thrown(Error::Code::not_found, [&] { simulate(request); });

  CHECK(words == "there is no scenario " + request.beside);
  CHECK(content(request.csv).empty());
}

TEST_CASE("the customers of a recorded day come again under another scenario's rules") {
  const TemporaryFolder folder;
  SimulateRequest first{.scenario = folder.write("day.toml", scenario),
                        .csv = folder / "first.csv",
                        .journal = folder / "day.jsonl",
                        .quiet = true};
  simulate(first);
  SimulateRequest again{.scenario = folder.write("rules.toml", R"(
[[queue]]
name = "service"
[[agents]]
count = 2
queues = ["service"]
)"),
                        .seed = 77,
                        .recorded = first.journal,
                        .csv = folder / "again.csv",
                        .quiet = true};

  CHECK(simulate(again) == 0);

  // The same rules make the same day of them, whatever the seed: so many came and were answered.
  for (const char* begins : {"\nservice,00:00,", "\nservice,00:30,"}) {
    const auto offered = [begins](const std::string& csv) {
      const std::size_t at = csv.find(begins);
      REQUIRE(at != csv.npos);
      return csv.substr(at, 42);
    };
    CHECK(offered(content(again.csv)) == offered(content(first.csv)));
  }
}

TEST_CASE("a file that is no journal is refused with its line, and a day needs a journal") {
  const TemporaryFolder folder;
  SimulateRequest request{.scenario = folder.write("day.toml", scenario), .quiet = true};

  request.day = "2026-01-05";
  CHECK(thrown(Error::Code::invalid, [&] { simulate(request); }) ==
        "--day chooses a day of a recorded journal: add --journal FILE");

  request.recorded = folder.write("day.jsonl", "{\"at\":\"2026-01-05T00:00:00.000Z\",\"type\":\"x\"}\n");
  CHECK(thrown(Error::Code::invalid, [&] { simulate(request); }) ==
        request.recorded +
            ":1: expected an entry as \"vcsr journal show --json\" prints it: subject is missing");

  request.recorded = folder / "none.jsonl";
  CHECK(thrown(Error::Code::not_found, [&] { simulate(request); }) ==
        "there is no journal " + request.recorded);
}
