// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate.hpp"

#include <cstdio>
#include <fstream>
#include <map>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "simulation/chart.hpp"
#include "simulation/recorded_day.hpp"
#include "simulation/report.hpp"
#include "simulation/simulated_day.hpp"
#include "tools/journal_lines.hpp"
#include "tools/journal_source.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::ofstream opened(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  if (!file) throw Error(Error::Code::unavailable, "cannot write " + path);
  return file;
}

void write(const std::string& path, const std::string& text) {
  if (path.empty()) return;
  std::ofstream file = opened(path);
  file << text << std::flush;
  if (!file) throw Error(Error::Code::unavailable, "cannot write " + path + ": the disk may be full");
}

/// A bar on standard error that grows over all runs.
class Progress {
 public:
  Progress(std::size_t runs, bool quiet) : runs_(runs), quiet_(quiet) {}

  void tell(std::size_t run, double share) {
    const auto done = static_cast<int>(100 * (static_cast<double>(run) + share) / static_cast<double>(runs_));
    if (quiet_ || done == told_) return;
    told_ = done;
    const std::string bar(static_cast<std::size_t>(done) / 2, '#');
    std::fprintf(stderr, "\r[%-50s] %3d %%, run %zu of %zu%s", bar.c_str(), done, run + 1, runs_,
                 done == 100 ? "\n" : "");
    std::fflush(stderr);
  }

 private:
  std::size_t runs_;
  bool quiet_;
  int told_ = -1;
};

}  // namespace

namespace {

/// The scenario's days, told to a journal file where there is one.
std::vector<QueueReportTable> tables_of(const SimulateRequest& request, const Scenario& scenario,
                                        std::ofstream* journal) {
  Progress progress(scenario.runs, request.quiet);
  std::vector<KeyFigures> runs;
  for (std::size_t run = 0; run < scenario.runs; ++run) {
    RunTerms terms{.seed = scenario.seed + run};
    terms.progress = [&progress, run](double share) { progress.tell(run, share); };
    if (run == 0 && journal)
      terms.journal = [journal](const JournalEntry& entry) { *journal << json_of(entry) << '\n'; };
    runs.push_back(simulate_day(scenario, terms));
  }
  return tabulate(scenario, runs, request.by);
}

/// What is to be simulated, and the day as it was where one was recorded.
struct Plan {
  Scenario scenario;
  std::optional<KeyFigures> recorded = {};
};

Plan plan_of(const SimulateRequest& request, const std::string& path) {
  const bool recorded = !request.recorded.empty();
  Plan plan{read_scenario(path, recorded ? Comers::recorded : Comers::scenario)};
  plan.scenario.runs = request.runs.value_or(plan.scenario.runs);
  plan.scenario.seed = request.seed.value_or(plan.scenario.seed);
  if (!recorded) return plan;
  const Scenario rules = plan.scenario;
  RecordedDay day(rules, request.recorded, request.day);
  read_whole_journal(request.recorded, [&day](const JournalEntry& entry) { day.apply(entry); });
  plan.scenario = day.again();
  plan.recorded = day.figures();
  return plan;
}

/// Beside another scenario, beside the recorded day, or alone.
std::string report_of(const SimulateRequest& request, const Plan& plan,
                      const std::vector<QueueReportTable>& tables, const std::optional<Plan>& other) {
  if (other) return report_beside(tables, tables_of(request, other->scenario, nullptr));
  if (plan.recorded)
    return report_beside(tabulate(plan.scenario, {*plan.recorded}, request.by), tables,
                         {"recorded", "simulated"});
  return report_text(tables, plan.scenario.runs);
}

}  // namespace

int simulate(const SimulateRequest& request) {
  if (request.recorded.empty() && !request.day.empty())
    throw Error(Error::Code::invalid, "--day chooses a day of a recorded journal: add --journal FILE");
  const Plan plan = plan_of(request, request.scenario);
  std::optional<Plan> other;
  if (!request.beside.empty()) {
    other = plan_of(request, request.beside);
    // The same customers come on as many days.
    other->scenario.runs = plan.scenario.runs;
    other->scenario.seed = plan.scenario.seed;
  }
  std::ofstream journal;
  if (!request.journal.empty()) journal = opened(request.journal);
  const std::vector<QueueReportTable> tables =
      tables_of(request, plan.scenario, journal.is_open() ? &journal : nullptr);
  std::fputs(report_of(request, plan, tables, other).c_str(), stdout);
  write(request.csv, report_csv(tables));
  write(request.svg, report_chart(tables));
  if (journal.is_open() && !journal.flush())
    throw Error(Error::Code::unavailable, "cannot write " + request.journal + ": the disk may be full");
  return 0;
}

void add_simulate_command(CLI::App& app, SimulateRequest& request,
                          std::function<void(std::function<int()>)> choose) {
  CLI::App* command = app.add_subcommand("simulate", "Let a day happen in virtual time: docs/simulation.md");
  command->add_option("scenario", request.scenario, "A TOML file")->required();
  command->add_option("--beside", request.beside, "Another scenario: the same customers, side by side");
  command->add_option("--runs", request.runs, "How many days, each with the next seed")
      ->check(CLI::Range(1, 1000));
  command->add_option("--seed", request.seed, "The same seed gives the same day");
  static const std::map<std::string, Attribution> views{{"enqueue", Attribution::by_enqueue},
                                                        {"end", Attribution::by_end}};
  command->add_option("--by", request.by, "A contact belongs to the interval in which it entered or ended")
      ->transform(CLI::CheckedTransformer(views).description("enqueue, end"));
  command->add_option("--csv", request.csv, "Write the intervals to this file");
  command->add_option("--svg", request.svg, "Draw them into this file");
  command->add_option(
      "--journal", request.recorded,
      "A recorded day's journal: its customers come, and it is printed beside the simulation");
  command->add_option("--day", request.day, "Of a journal of several days, such as 2026-11-22");
  command->add_option("--write-journal", request.journal, "Write the first run's journal, JSON lines");
  command->add_flag("--quiet", request.quiet, "No progress");
  command->callback(
      [&request, choose = std::move(choose)] { choose([&request] { return simulate(request); }); });
}

}  // namespace vcsr
