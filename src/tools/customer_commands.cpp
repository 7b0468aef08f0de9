// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "tools/customers.hpp"

namespace vcsr {

namespace {

using What = CustomerRequest::What;

CLI::App* add_command(CLI::App& customers, What what, CustomerRequest& request) {
  const char* names[] = {"show", "matches", "merge", "unmerge", "export", "erase"};
  const char* words[] = {"Print a folder as JSON",
                         "Print folders that may be the same customer's",
                         "Join two folders",
                         "Take two folders apart again",
                         "Print everything that is kept of a customer",
                         "Remove a customer and destroy her key"};
  CLI::App* command = customers.add_subcommand(names[static_cast<int>(what)], words[static_cast<int>(what)]);
  command->add_option("config", request.config, "The center's configuration, a TOML file")->required();
  command->add_option("customer", request.customer, "The folder's id, or an identity: phone:+8613800138000")
      ->required();
  if (what == What::merge)
    command->add_option("other", request.other, "Id of the folder that goes into it")->required();
  command->add_option("--token", request.token, "Of a user of the configuration")->envname("VCSR_TOKEN");
  if (what == What::show || what == What::matches) return command;
  command->add_option("--by", request.by, "Who does it, where the configuration has no users");
  command->add_option("--reason", request.why, "Why, in words");
  return command;
}

}  // namespace

void add_customer_commands(CLI::App& app, CustomerRequest& request,
                           const std::function<void(std::function<int()>)>& choose) {
  CLI::App* customers =
      app.add_subcommand("customer", "The folders of a center's customers, while it does not run");
  customers->require_subcommand(1);
  for (const What what : {What::show, What::matches, What::merge, What::unmerge, What::take_out, What::erase})
    add_command(*customers, what, request)->callback([&request, what, choose] {
      request.what = what;
      choose([&request] { return run_customers(request); });
    });
}

}  // namespace vcsr
