// SPDX-License-Identifier: Apache-2.0
#include "common/program.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <utility>

using namespace vcsr;

namespace {

const std::string& made(const std::string& folder) {
  std::filesystem::create_directories(folder);
  return folder;
}

PromptCatalog catalog_of(const std::string& folder) {
  PromptCatalog prompts;
  prompts.load(folder + "/../music");
  prompts.load(folder + "/prompts");
  return prompts;
}

}  // namespace

Program::Program(const std::string& folder, const std::string& data)
    : journal(open_sqlite_journal(loop, made(data) + "/journal.db", {.log = log})),
      customers(open_sqlite_customers(loop, data + "/center.db", {.log = log})),
      prompts(catalog_of(folder)),
      voice(loop, prompts, make_espeak_synthesizer(), {.cache_folder = data + "/speech", .log = log}),
      center(loop, *journal, *customers, {.recordings = data + "/recordings", .log = log}) {}

void Program::run(std::function<Task<>()> open) {
  std::exception_ptr failure;
  Scope scope(loop, [&](std::exception_ptr error) { failure = error, loop.stop(); });
  scope.spawn(begin(std::move(open)));
  loop.on_signal([&] { scope.spawn(end()); });
  loop.run();
  if (failure) std::rethrow_exception(failure);
}

Task<> Program::begin(std::function<Task<>()> open) {
  co_await center.recover();
  co_await open();
}

Task<> Program::end() {
  co_await center.stop();
  loop.stop();
}

int run_program(int argc, char** argv, const std::string& name,
                const std::function<void(const std::string&, const std::string&)>& run) {
  try {
    run(argc > 1 ? argv[1] : "examples/" + name, argc > 2 ? argv[2] : name + "-data");
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
    return 1;
  }
  return 0;
}
