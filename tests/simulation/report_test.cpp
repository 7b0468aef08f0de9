// SPDX-License-Identifier: Apache-2.0
#include "simulation/report.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "simulation/chart.hpp"
#include "simulation/simulated_day.hpp"
#include "vcsr/journal_events.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// A run in which so many were answered at 09:00, and one abandoned at 09:30.
KeyFigures run_with(int answered) {
  KeyFigures figures;
  std::uint64_t number = 0;
  const auto contact = [&](Duration at, const std::string& id, const char* result) {
    const WallTime when = simulated_midnight() + at;
    figures.apply({++number, when, events::contact_queued, id, {{"queue", "service"}}});
    figures.apply({++number,
                   when + 10s,
                   events::contact_left_queue,
                   id,
                   {{"queue", "service"}, {"result", result}, {"waited", 10.0}}});
  };
  for (int i = 0; i < answered; ++i)
    contact(9h + std::chrono::minutes(i), "c" + std::to_string(i), "answered");
  contact(9h + 30min, "last", "abandoned");
  return figures;
}

std::vector<QueueReportTable> tables() {
  Scenario scenario;
  QueueOptions queue;
  queue.name = "service";
  scenario.queues.push_back(queue);
  return tabulate(scenario, {run_with(10), run_with(12), run_with(14)}, Attribution::by_end);
}

}  // namespace

TEST_CASE("several runs give a mean and the margin of its error") {
  const auto three = estimate({10.0, 12.0, 14.0});
  REQUIRE(three.has_value());
  CHECK(three->mean == 12);
  CHECK(three->margin == doctest::Approx(4.303 * 2 / std::sqrt(3.0)));

  CHECK(estimate({5.0})->margin == 0);
  CHECK(estimate({5.0, std::nullopt})->mean == 5);
  CHECK_FALSE(estimate({std::nullopt}).has_value());
  CHECK_FALSE(estimate({}).has_value());
}

TEST_CASE("the report has the day with its margins, and a line per interval") {
  const std::string text = report_text(tables(), 3);
  CAPTURE(text);

  CHECK(text.find("answered      12.0   ± 5.0") != std::string::npos);
  CHECK(text.find("SL_ANSWERED  100.00 %") != std::string::npos);
  CHECK(text.find(" 09:00     12.0      12.0        0.0     100.0 %") != std::string::npos);
  CHECK(text.find(" 09:30      1.0       0.0        1.0       0.0 %      -") != std::string::npos);
}

TEST_CASE("two days stand side by side with their difference") {
  std::vector<QueueReportTable> other = tables();
  other[0].total.figures[1]->mean = 20;
  QueueReportTable more = other[0];
  more.queue = "sales";
  other.push_back(more);

  const std::string text = report_beside(tables(), other);
  CAPTURE(text);

  CHECK(text.find("answered      12.0      20.0        +8.0\n") != std::string::npos);
  CHECK(text.find("abandoned       1.0       1.0         0.0\n") != std::string::npos);
  CHECK(text.find("AHT s         -         -           -\n") != std::string::npos);
  CHECK(text.find("sales") == std::string::npos);
}

TEST_CASE("in CSV what a run does not have is left out") {
  const std::string csv = report_csv(tables());

  CHECK(csv.starts_with("queue,begins,offered,offered_margin,answered,"));
  CHECK(csv.find("\nservice,09:00,12.000000,4.968") != std::string::npos);
  CHECK(csv.find(
            "\nservice,09:30,1.000000,0.000000,0.000000,0.000000,1.000000,0.000000,0.000000,0.000000,,,") !=
        std::string::npos);
}

TEST_CASE("the chart has a picture per queue with its lines") {
  const std::string svg = report_chart(tables());

  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(svg.ends_with("</svg>\n"));
  for (const char* part : {">service<", ">offered<", ">SL offered<", ">ASA s<", ">09:00<", ">09:30<"})
    CHECK(svg.find(part) != std::string::npos);
  CHECK(svg.find("nan") == std::string::npos);
}
