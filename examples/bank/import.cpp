// SPDX-License-Identifier: Apache-2.0
// Tells the customer store of a center whom the bank knows: bank_customers DATA_FOLDER [PROGRAM_FOLDER].
// `vcsr serve` then greets them by name and shows agents their earlier contacts.
#include <cstdio>
#include <exception>
#include <filesystem>

#include <vcsr/vcsr.hpp>

#include "bank.hpp"

using namespace vcsr;

namespace {

Task<> introduce(CustomerStore& customers, AsioLoop& loop, Facts settings) {
  co_await introduce_bank_customers(customers, loop, settings);
  loop.stop();
}

void run(const std::string& data, const std::string& folder) {
  AsioLoop loop;
  std::filesystem::create_directories(data);
  const auto customers = open_sqlite_customers(loop, data + "/center.db");
  std::exception_ptr failure;
  Scope scope(loop, [&](std::exception_ptr error) { failure = error, loop.stop(); });
  const Facts settings = {{"folder", folder},
                          {"database", std::filesystem::absolute(data + "/bank.db").string()}};
  scope.spawn(introduce(*customers, loop, settings));
  loop.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: bank_customers DATA_FOLDER [PROGRAM_FOLDER]\n"), 2;
  try {
    run(argv[1], argc > 2 ? argv[2] : "examples/bank");
  } catch (const Error& error) {
    std::fprintf(stderr, "bank_customers: %s\n", error.what());
    return 1;
  }
}
