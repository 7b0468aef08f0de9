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
