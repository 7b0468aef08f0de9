// SPDX-License-Identifier: Apache-2.0
// The bank as a program of its own: bank [PROGRAM_FOLDER [DATA_FOLDER]]. Customers dial
// sip:6000@127.0.0.1, the agent's phone registers as 1001. `vcsr serve bank.toml` does the same
// from a configuration file.
#include <filesystem>

#include "bank.hpp"
#include "common/program.hpp"

using namespace vcsr;

namespace {

Task<> open_bank(Program& bank, Facts settings) {
  Queue service =
      bank.center.add_queue({.name = "service", .music = "music", .position = "position", .record = true});
  service.add(bank.center.add_agent(
      {.id = "1001", .name = "Wang Fang", .address = "sip:1001", .follows_phone = true}));
  co_await introduce_bank_customers(*bank.customers, bank.loop, settings);
  bank.center.serve("6000", make_bank(bank.center, bank.loop, settings));
  SipOptions sip{.accounts = {{"1001", Secret("river-bank")}}, .log = bank.log};
  bank.center.add(make_sip_driver(std::move(sip), bank.voice));
}

void run(const std::string& folder, const std::string& data) {
  Program bank(folder, data);
  const Facts settings = {{"folder", folder},
                          {"database", std::filesystem::absolute(data + "/bank.db").string()},
                          {"rules", "priority.dmn"},
                          {"queue", "service"}};
  bank.run([&] { return open_bank(bank, settings); });
}

}  // namespace

int main(int argc, char** argv) { return run_program(argc, argv, "bank", run); }
