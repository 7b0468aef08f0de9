// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate.hpp"

#include <cstdio>
#include <fstream>
#include <map>
#include <utility>
#include <vector>

#include "simulation/chart.hpp"
#include "simulation/report.hpp"
#include "simulation/simulated_day.hpp"
#include "tools/journal_lines.hpp"
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

Scenario scenario_of(const SimulateRequest& request, const std::string& path) {
  Scenario scenario = read_scenario(path);
  scenario.runs = request.runs.value_or(scenario.runs);
  scenario.seed = request.seed.value_or(scenario.seed);
  return scenario;
}

}  // namespace

int simulate(const SimulateRequest& request) {
  const Scenario scenario = scenario_of(request, request.scenario);
  std::optional<Scenario> other;
  if (!request.beside.empty()) {
    other = scenario_of(request, request.beside);
    // The same customers come on as many days.
    other->runs = scenario.runs;
    other->seed = scenario.seed;
  }
  std::ofstream journal;
  if (!request.journal.empty()) journal = opened(request.journal);
  const std::vector<QueueReportTable> tables =
      tables_of(request, scenario, journal.is_open() ? &journal : nullptr);
  const std::string report =
      other ? report_beside(tables, tables_of(request, *other, nullptr)) : report_text(tables, scenario.runs);
  std::fputs(report.c_str(), stdout);
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
  command->add_option("--journal", request.journal, "Write the first run's journal, JSON lines");
  command->add_flag("--quiet", request.quiet, "No progress");
  command->callback(
      [&request, choose = std::move(choose)] { choose([&request] { return simulate(request); }); });
}

}  // namespace vcsr
