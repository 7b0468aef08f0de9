// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <CLI/CLI.hpp>

#include "app/duration.hpp"
#include "tools/caller_lists.hpp"

namespace vcsr {

namespace {

using What = CallerListRequest::What;

void add_end(CLI::App& command, CallerListRequest& request) {
  CLI::Option* until = command.add_option("--until", request.until, "When it ends: 2027-01-01T00:00:00.000Z");
  command
      .add_option_function<std::string>(
          "--for",
          [&request](const std::string& text) {
            request.lasts = parse_duration(text);
            if (!request.lasts || *request.lasts <= Duration::zero())
              throw CLI::ValidationError("--for", "expected a duration such as 24h, got " + text);
          },
          "How long it holds: 24h")
      ->excludes(until);
}

CLI::App* add_command(CLI::App& lists, What what, CallerListRequest& request) {
  const char* names[] = {"show", "add", "remove"};
  const char* words[] = {"Print what is on the lists", "Put a number on a list", "Take a number off a list"};
  CLI::App* command = lists.add_subcommand(names[static_cast<int>(what)], words[static_cast<int>(what)]);
  command->add_option("config", request.config, "The center's configuration, a TOML file")->required();
  command->add_option("list", request.list, "The list's name")->required(what != What::show);
  command->add_option("--token", request.token, "Of a user of the configuration")->envname("VCSR_TOKEN");
  if (what == What::show) {
    command->add_flag("--json", request.json, "JSON lines");
    return command;
  }
  command->add_option("number", request.number, "+8613800138000, or +86138* for all that begin so")
      ->required();
  command->add_option("--reason", request.reason, "Why, in words");
  command->add_option("--by", request.by, "Who does it, where the configuration has no users");
  if (what == What::add) add_end(*command, request);
  return command;
}

}  // namespace

void add_list_commands(CLI::App& app, CallerListRequest& request,
                       const std::function<void(std::function<int()>)>& choose) {
  CLI::App* lists =
      app.add_subcommand("list", "A center's lists of callers (blocked, favored), also while it runs");
  lists->require_subcommand(1);
  for (const What what : {What::show, What::add, What::remove})
    add_command(*lists, what, request)->callback([&request, what, choose] {
      request.what = what;
      choose([&request] { return run_caller_lists(request); });
    });
}

}  // namespace vcsr
