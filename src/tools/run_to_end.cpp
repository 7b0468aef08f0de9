// SPDX-License-Identifier: Apache-2.0
#include "tools/run_to_end.hpp"

#include <exception>
#include <utility>

#include "tools/tool.hpp"

namespace vcsr {

namespace {

struct End {
  int status = failed;  ///< also of a run that was stopped
  std::exception_ptr error;
};

Task<> run(AsioLoop& loop, Task<int> task, End& end) {
  try {
    const int status = co_await std::move(task);
    end.status = status;
  } catch (...) {
    end.error = std::current_exception();
  }
  loop.stop();
}

}  // namespace

int run_to_end(AsioLoop& loop, Task<int> task) {
  End end;
  Task<> running = run(loop, std::move(task), end);
  // On the loop, so that stop() never comes before run().
  loop.post([&running] { running.start(); });
  loop.run();
  if (end.error) std::rethrow_exception(end.error);
  return end.status;
}

}  // namespace vcsr
