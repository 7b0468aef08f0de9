// SPDX-License-Identifier: Apache-2.0
// Shipments by telephone as a program of its own: delivery [PROGRAM_FOLDER [DATA_FOLDER]]. Customers
// dial sip:7000@127.0.0.1, the agent's phone registers as 2001. `vcsr serve delivery.toml` does the
// same from a configuration file.
#include <cstdio>
#include <filesystem>

#include <vcsr/vcsr.hpp>

#include "delivery.hpp"

using namespace vcsr;

namespace {

Task<> close_service(Center& center, AsioLoop& loop) {
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
      center.add_queue({.name = "shipments", .music = "music", .position = "position", .record = true});
  service.add(
      center.add_agent({.id = "2001", .name = "Chen Jie", .address = "sip:2001", .follows_phone = true}));
  const Facts settings = {{"folder", folder},
                          {"database", std::filesystem::absolute(data + "/delivery.db").string()},
                          {"queue", "shipments"}};
  center.serve("7000", make_delivery(center, loop, settings));
  SipOptions sip{.accounts = {{"2001", Secret("swift-air")}}, .log = log};
  center.add(make_sip_driver(std::move(sip), voice));

  Scope scope(loop);
  loop.on_signal([&] { scope.spawn(close_service(center, loop)); });
  loop.run();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc > 1 ? argv[1] : "examples/delivery", argc > 2 ? argv[2] : "delivery-data");
  } catch (const Error& error) {
    std::fprintf(stderr, "delivery: %s\n", error.what());
    return 1;
  }
}
