// SPDX-License-Identifier: Apache-2.0
#include "simulation/report.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "simulation/simulated_day.hpp"
#include "simulation/text_table.hpp"

namespace vcsr {

namespace {

using Figure = std::optional<double>;

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }
Figure seconds(std::optional<Duration> time) { return time ? Figure(seconds(*time)) : Figure(); }

/// How many of something there were on average.
double level(Duration sum, Duration length) {
  return length > Duration::zero() ? seconds(sum) / seconds(length) : 0;
}

template <std::size_t QueueFigures::*count>
Figure counted(const QueueFigures& queue, const AgentFigures&) {
  return static_cast<double>(queue.*count);
}

template <ServiceLevel formula>
Figure service_level(const QueueFigures& queue, const AgentFigures&) {
  return queue.service_level(formula);
}

using In = const QueueFigures&;
using Of = const AgentFigures&;

/// The half width of a 95 % interval around the mean of n values is this times s/√n.
double student(std::size_t runs) {
  constexpr double quantiles[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                  2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                  2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
  const std::size_t freedom = runs - 1;
  return freedom <= std::size(quantiles) ? quantiles[freedom - 1] : 1.96;
}

/// The figures of one interval in each run.
struct Sample {
  std::vector<QueueFigures> queue;
  std::vector<AgentFigures> agents;
};

ReportRow row_of(WallTime begins, const Sample& sample, const std::vector<ReportColumn>& columns) {
  ReportRow row{begins, {}};
  for (const ReportColumn& column : columns) {
    std::vector<Figure> values;
    for (std::size_t run = 0; run < sample.queue.size(); ++run)
      values.push_back(column.of(sample.queue[run], sample.agents[run]));
    row.figures.push_back(estimate(values));
  }
  return row;
}

QueueReportTable tabulate_queue(const std::string& name, const std::vector<KeyFigures>& runs,
                                Attribution by) {
  std::map<WallTime, Sample> intervals;
  Sample total;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    QueueFigures day;
    for (const QueueFigures& figures : runs[run].queue(name, by)) {
      day += figures;
      Sample& sample = intervals[figures.begins];
      sample.queue.resize(runs.size());
      sample.agents.resize(runs.size());
      sample.queue[run] = figures;
    }
    AgentFigures staff;
    for (const AgentFigures& figures : runs[run].agents_together()) {
      staff += figures;
      const auto found = intervals.find(figures.begins);
      if (found != intervals.end()) found->second.agents[run] = figures;
    }
    total.queue.push_back(std::move(day));
    total.agents.push_back(staff);
  }
  QueueReportTable table{name, {}, row_of({}, total, day_columns())};
  for (const auto& [begins, sample] : intervals)
    table.intervals.push_back(row_of(begins, sample, interval_columns()));
  return table;
}

std::string shown(const ReportColumn& column, const std::optional<Estimate>& figure) {
  if (!figure) return "-";
  return column.share ? percent(figure->mean, column.digits) : fixed(figure->mean, column.digits);
}

std::string margin(const ReportColumn& column, const std::optional<Estimate>& figure, std::size_t runs) {
  if (!figure || runs < 2) return "";
  return "± " + fixed(figure->margin * (column.share ? 100 : 1), std::max(column.digits, 1));
}

}  // namespace

std::optional<Estimate> estimate(const std::vector<std::optional<double>>& runs) {
  double sum = 0, squares = 0, count = 0;
  for (const auto& run : runs) {
    if (!run) continue;
    sum += *run;
    ++count;
  }
  if (count == 0) return {};
  const double mean = sum / count;
  for (const auto& run : runs)
    if (run) squares += (*run - mean) * (*run - mean);
  if (count == 1) return Estimate{mean, 0};
  const double error = std::sqrt(squares / (count - 1) / count);
  return Estimate{mean, student(static_cast<std::size_t>(count)) * error};
}

const std::vector<ReportColumn>& interval_columns() {
  static const std::vector<ReportColumn> columns{
      {"offered", "offered", 1, false, counted<&QueueFigures::offered>},
      {"answered", "answered", 1, false, counted<&QueueFigures::answered>},
      {"abandoned", "abandoned", 1, false, counted<&QueueFigures::abandoned>},
      {"SL offered", "sl_offered", 1, true, service_level<ServiceLevel::offered>},
      {"ASA s", "asa", 1, false, [](In queue, Of) { return seconds(queue.speed_of_answer()); }},
      {"p90 s", "wait_p90", 1, false, [](In queue, Of) { return seconds(queue.wait_percentile(0.9)); }},
      {"longest s", "longest_wait", 0, false,
       [](In queue, Of) { return Figure(seconds(queue.longest_wait)); }},
      {"waiting", "waiting", 2, false,
       [](In queue, Of) { return Figure(level(queue.waiting_time, queue.length)); }},
      {"AHT s", "aht", 1, false, [](In queue, Of) { return seconds(queue.handling_time()); }},
      {"agents", "agents", 1, false,
       [](In queue, Of agents) { return Figure(level(agents.logged_in(), queue.length)); }},
      {"occupancy", "occupancy", 1, true, [](In, Of agents) { return agents.occupancy(); }}};
  return columns;
}

const std::vector<ReportColumn>& day_columns() {
  static const std::vector<ReportColumn> columns{
      {"offered", "offered", 1, false, counted<&QueueFigures::offered>},
      {"answered", "answered", 1, false, counted<&QueueFigures::answered>},
      {"abandoned", "abandoned", 1, false, counted<&QueueFigures::abandoned>},
      {"left by rule", "flowed", 1, false, counted<&QueueFigures::flowed>},
      {"waiting at the end", "waiting_at_end", 1, false, counted<&QueueFigures::waiting_at_end>},
      {"SL_OFFERED", "sl_offered", 2, true, service_level<ServiceLevel::offered>},
      {"SL_ANSWERED", "sl_answered", 2, true, service_level<ServiceLevel::answered>},
      {"SL_INCL_AB", "sl_incl_ab", 2, true, service_level<ServiceLevel::including_abandoned>},
      {"SL_ANS_PLUS_LATE_AB", "sl_ans_plus_late_ab", 2, true,
       service_level<ServiceLevel::plus_late_abandoned>},
      {"SL_GENESYS", "sl_genesys", 2, true, service_level<ServiceLevel::genesys>},
      {"abandonment", "abandonment", 2, true, [](In queue, Of) { return queue.abandonment(); }},
      {"ASA s", "asa", 2, false, [](In queue, Of) { return seconds(queue.speed_of_answer()); }},
      {"mean wait s", "mean_wait", 2, false, [](In queue, Of) { return seconds(queue.mean_wait()); }},
      {"half waited s", "wait_p50", 2, false,
       [](In queue, Of) { return seconds(queue.wait_percentile(0.5)); }},
      {"nine in ten s", "wait_p90", 2, false,
       [](In queue, Of) { return seconds(queue.wait_percentile(0.9)); }},
      {"longest wait s", "longest_wait", 1, false,
       [](In queue, Of) { return Figure(seconds(queue.longest_wait)); }},
      {"time to abandon s", "time_to_abandon", 2, false,
       [](In queue, Of) { return seconds(queue.time_to_abandon()); }},
      {"AHT s", "aht", 2, false, [](In queue, Of) { return seconds(queue.handling_time()); }},
      {"transfer rate", "transfer_rate", 2, true, [](In queue, Of) { return queue.transfer_rate(); }},
      {"estimates off s", "estimate_error", 2, false,
       [](In queue, Of) { return seconds(queue.estimate_error()); }},
      {"estimates within 20 %", "close_estimates", 2, true,
       [](In queue, Of) { return queue.close_estimates_share(); }},
      {"agent hours", "agent_hours", 1, false,
       [](In, Of agents) { return Figure(seconds(agents.logged_in()) / 3600); }},
      {"occupancy", "occupancy", 2, true, [](In, Of agents) { return agents.occupancy(); }},
      {"adherence", "adherence", 2, true, [](In, Of agents) { return agents.adherence(); }},
      {"conformance", "conformance", 2, true, [](In, Of agents) { return agents.conformance(); }}};
  return columns;
}

std::vector<QueueReportTable> tabulate(const Scenario& scenario, const std::vector<KeyFigures>& runs,
                                       Attribution by) {
  std::vector<QueueReportTable> tables;
  for (const QueueOptions& queue : scenario.queues) tables.push_back(tabulate_queue(queue.name, runs, by));
  return tables;
}

std::string report_text(const std::vector<QueueReportTable>& tables, std::size_t runs) {
  std::string text;
  for (const QueueReportTable& queue : tables) {
    TextTable day({queue.queue, "the day", runs > 1 ? "95 %" : ""});
    for (std::size_t i = 0; i < day_columns().size(); ++i) {
      const ReportColumn& column = day_columns()[i];
      day.add(
          {column.name, shown(column, queue.total.figures[i]), margin(column, queue.total.figures[i], runs)});
    }
    std::vector<std::string> names{"begins"};
    for (const ReportColumn& column : interval_columns()) names.emplace_back(column.name);
    TextTable intervals(std::move(names));
    for (const ReportRow& row : queue.intervals) {
      std::vector<std::string> cells{time_of_day(row.begins - simulated_midnight())};
      for (std::size_t i = 0; i < row.figures.size(); ++i)
        cells.push_back(shown(interval_columns()[i], row.figures[i]));
      intervals.add(std::move(cells));
    }
    text += (text.empty() ? "" : "\n") + day.text() + "\n" + intervals.text();
  }
  return text;
}

std::string report_beside(const std::vector<QueueReportTable>& first,
                          const std::vector<QueueReportTable>& second, const DayNames& names) {
  std::string text;
  for (const QueueReportTable& one : first) {
    const auto other = std::find_if(second.begin(), second.end(), [&one](const QueueReportTable& table) {
      return table.queue == one.queue;
    });
    if (other == second.end()) continue;
    TextTable table({one.queue, names.first, names.second, "difference"});
    for (std::size_t i = 0; i < day_columns().size(); ++i) {
      const ReportColumn& column = day_columns()[i];
      const auto &before = one.total.figures[i], &after = other->total.figures[i];
      std::optional<Estimate> difference;
      if (before && after) difference = Estimate{after->mean - before->mean, 0};
      const std::string sign = difference && difference->mean > 0 ? "+" : "";
      table.add({column.name, shown(column, before), shown(column, after), sign + shown(column, difference)});
    }
    text += (text.empty() ? "" : "\n") + table.text();
  }
  return text;
}

std::string report_csv(const std::vector<QueueReportTable>& tables) {
  std::vector<std::string> names{"queue", "begins"};
  for (const ReportColumn& column : interval_columns()) {
    names.emplace_back(column.key);
    names.push_back(std::string(column.key) + "_margin");
  }
  TextTable table(std::move(names));
  for (const QueueReportTable& queue : tables)
    for (const ReportRow& row : queue.intervals) {
      std::vector<std::string> cells{queue.queue, time_of_day(row.begins - simulated_midnight())};
      for (const auto& figure : row.figures) {
        cells.push_back(figure ? fixed(figure->mean, 6) : "");
        cells.push_back(figure ? fixed(figure->margin, 6) : "");
      }
      table.add(std::move(cells));
    }
  return table.csv();
}

}  // namespace vcsr
