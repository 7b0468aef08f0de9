// SPDX-License-Identifier: Apache-2.0
// The bank as a program of its own: bank [PROGRAM_FOLDER [DATA_FOLDER]]. Customers dial
// sip:6000@127.0.0.1, the agent's phone registers as 1001. `vcsr serve bank.toml` does the same
// from a configuration file.
#include <cstdio>
#include <filesystem>

#include <vcsr/vcsr.hpp>

#include "bank.hpp"

using namespace vcsr;

namespace {

Task<> open_bank(Center& center, CustomerStore& customers, Loop& loop, Voice& voice, Facts settings,
                 Log log) {
  co_await center.recover();
  co_await introduce_bank_customers(customers, loop, settings);
  center.serve("6000", make_bank(center, loop, settings));
  SipOptions sip{.accounts = {{"1001", Secret("river-bank")}}, .log = log};
  center.add(make_sip_driver(std::move(sip), voice));
  log.info("the bank is open", {{"dial", "sip:6000@127.0.0.1"}});
}

Task<> close_bank(Center& center, AsioLoop& loop) {
  co_await center.stop();
  loop.stop();
}

void run(const std::string& folder, const std::string& data) {
  std::filesystem::create_directories(data);
  AsioLoop loop;
  const Log log(loop, {});
  const auto journal = open_sqlite_journal(loop, data + "/journal.db", {.log = log});
  const auto customers = open_sqlite_customers(loop, data + "/center.db", {.log = log});
  PromptCatalog prompts;
  prompts.load(folder + "/../music");
  prompts.load(folder + "/prompts");
  Voice voice(loop, prompts, make_espeak_synthesizer(), {.cache_folder = data + "/speech", .log = log});

  Center center(loop, *journal, *customers, {.recordings = data + "/recordings", .log = log});
  Queue service =
      center.add_queue({.name = "service", .music = "music", .position = "position", .record = true});
  service.add(
      center.add_agent({.id = "1001", .name = "Wang Fang", .address = "sip:1001", .follows_phone = true}));

  std::exception_ptr failure;
  Scope scope(loop, [&](std::exception_ptr error) { failure = error, loop.stop(); });
  const Facts settings = {{"folder", folder},
                          {"database", std::filesystem::absolute(data + "/bank.db").string()},
                          {"rules", "priority.dmn"},
                          {"queue", "service"}};
  scope.spawn(open_bank(center, *customers, loop, voice, settings, log));
  loop.on_signal([&] { scope.spawn(close_bank(center, loop)); });
  loop.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc > 1 ? argv[1] : "examples/bank", argc > 2 ? argv[2] : "bank-data");
  } catch (const Error& error) {
    std::fprintf(stderr, "bank: %s\n", error.what());
    return 1;
  }
}
