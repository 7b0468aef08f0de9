// SPDX-License-Identifier: Apache-2.0
#include "tools/staff_command.hpp"

#include <charconv>
#include <cstdio>
#include <map>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/duration.hpp"

namespace vcsr {

namespace {

CLI::Option* add_share(CLI::App& command, const std::string& name, double& share, const std::string& text) {
  return command.add_option_function<std::string>(
      name,
      [&share, name](const std::string& given) {
        const std::optional<double> value = parse_share(given);
        if (!value) throw CLI::ValidationError(name, "expected a share such as 80%, got " + given);
        share = *value;
      },
      text);
}

CLI::Option* add_time(CLI::App& command, const std::string& name, Duration& time, const std::string& text) {
  return command.add_option_function<std::string>(
      name,
      [&time, name](const std::string& given) {
        const std::optional<Duration> value = parse_duration(given);
        if (!value) throw CLI::ValidationError(name, "expected a duration such as 240s, got " + given);
        time = *value;
      },
      text);
}

}  // namespace

std::optional<double> parse_share(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return {};
  const std::string unit(end, text.data() + text.size());
  if (!unit.empty() && unit != "%") return {};
  const double share = unit.empty() ? number : number / 100;
  if (!(share >= 0 && share <= 1)) return {};
  return share;
}

void add_staff_command(CLI::App& app, StaffRequest& request,
                       std::function<void(std::function<int()>)> choose) {
  CLI::App* command = app.add_subcommand("staff", "Tell how many agents a load needs: docs/staffing.md");
  CLI::Option* profile =
      command->add_option("profile", request.profile, "A CSV file: begins, contacts, handling, agents");
  CLI::Option* calls =
      command->add_option("--calls", request.load.per_hour, "Contacts per hour")->excludes(profile);
  CLI::Option* handling =
      add_time(*command, "--aht", request.load.handling, "Mean handling time: talk, hold and wrap-up");
  add_time(*command, "--target", request.load.target, "An answer within it is in time (20s)");
  add_share(*command, "--level", request.goal.service_level, "Share of contacts to answer in time (80%)");
  CLI::Option* patience =
      add_time(*command, "--patience", request.load.patience, "Mean patience; chooses Erlang A");
  static const std::map<std::string, StaffingModel> models{
      {"b", StaffingModel::erlang_b}, {"c", StaffingModel::erlang_c}, {"a", StaffingModel::erlang_a}};
  CLI::Option* model =
      command->add_option("--model", request.model, "Erlang b, c or a")
          ->transform(CLI::CheckedTransformer(models, CLI::ignore_case).description("b, c, a"));
  add_share(*command, "--occupancy", request.goal.occupancy, "The most an agent may be busy (100%)");
  add_share(*command, "--lost", request.goal.lost, "The most that may abandon (100%)");
  add_share(*command, "--shrinkage", request.shrinkage, "Share of paid time that is not worked (0%)");
  command->add_option("--agents", request.agents, "Tell what so many reach")->check(CLI::PositiveNumber);
  command->add_flag("--csv", request.csv, "CSV with all digits");
  command->callback([=, &request] {
    if (profile->empty() && calls->empty())
      throw CLI::ValidationError("staff", "expected --calls with --aht, or a profile");
    if (profile->empty() && handling->empty()) throw CLI::ValidationError("--aht", "is missing");
    if (model->empty() && !patience->empty()) request.model = StaffingModel::erlang_a;
    choose([&request] {
      std::fputs(staff_plan(request).c_str(), stdout);
      return 0;
    });
  });
}

}  // namespace vcsr
