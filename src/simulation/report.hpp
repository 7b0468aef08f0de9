// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "simulation/scenario.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// What several runs say of a figure: its mean, which the true one is from by at most `margin` in 19 of 20
/// cases (Student's t; 0 for a single run, which says nothing of that).
struct Estimate {
  double mean = 0, margin = 0;
};

/// Nothing when no run has the figure.
std::optional<Estimate> estimate(const std::vector<std::optional<double>>& runs);

/// A figure of the report.
struct ReportColumn {
  const char* name;  ///< for people
  const char* key;   ///< for programs
  int digits;        ///< behind the point; of a share in percent
  bool share;        ///< 0 to 1, shown in percent
  std::optional<double> (*of)(const QueueFigures&, const AgentFigures&);
};

/// One interval, or the whole day: an estimate per column.
struct ReportRow {
  WallTime begins{};
  std::vector<std::optional<Estimate>> figures;
};

/// One queue over all runs. The agents are those of the whole center.
struct QueueReportTable {
  std::string queue;
  std::vector<ReportRow> intervals;
  ReportRow total;
};

/// What goes into the table of intervals; of the day as a whole there is more.
const std::vector<ReportColumn>& interval_columns();
const std::vector<ReportColumn>& day_columns();

/// Per queue of the scenario, in its order. At least one run.
std::vector<QueueReportTable> tabulate(const Scenario& scenario, const std::vector<KeyFigures>& runs,
                                       Attribution by);

/// For people: of each queue the day with its margins, and the intervals.
std::string report_text(const std::vector<QueueReportTable>& tables, std::size_t runs);
/// What two days are called that are printed side by side.
struct DayNames {
  const char* first = "first";
  const char* second = "second";
};
/// Two days side by side, for people: of each queue that both have the figures of the day and what the second
/// has more.
std::string report_beside(const std::vector<QueueReportTable>& first,
                          const std::vector<QueueReportTable>& second, const DayNames& names = {});
/// For programs: a line per queue and interval.
std::string report_csv(const std::vector<QueueReportTable>& tables);

}  // namespace vcsr
