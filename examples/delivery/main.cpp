// SPDX-License-Identifier: Apache-2.0
// Shipments by telephone as a program of its own: delivery [PROGRAM_FOLDER [DATA_FOLDER]]. Customers
// dial sip:7000@127.0.0.1, the agent's phone registers as 2001. `vcsr serve delivery.toml` does the
// same from a configuration file.
#include <filesystem>

#include "common/program.hpp"
#include "delivery.hpp"

using namespace vcsr;

namespace {

Task<> open_service(Program& delivery, Facts settings) {
  Queue shipments = delivery.center.add_queue(
      {.name = "shipments", .music = "music", .position = "position", .record = true});
  shipments.add(delivery.center.add_agent(
      {.id = "2001", .name = "Chen Jie", .address = "sip:2001", .follows_phone = true}));
  delivery.center.serve("7000", make_delivery(delivery.center, delivery.loop, settings));
  SipOptions sip{.accounts = {{"2001", Secret("swift-air")}}, .log = delivery.log};
  delivery.center.add(make_sip_driver(std::move(sip), delivery.voice));
  co_return;
}

void run(const std::string& folder, const std::string& data) {
  Program delivery(folder, data);
  const Facts settings = {{"folder", folder},
                          {"database", std::filesystem::absolute(data + "/delivery.db").string()},
                          {"queue", "shipments"}};
  delivery.run([&] { return open_service(delivery, settings); });
}

}  // namespace

int main(int argc, char** argv) { return run_program(argc, argv, "delivery", run); }
