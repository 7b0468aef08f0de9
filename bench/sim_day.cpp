// SPDX-License-Identifier: Apache-2.0
// A day of 500,000 callers and 1,000 agents in virtual time, as `vcsr simulate` runs it: virtual telephones,
// the real center with its queue, agents and journal, and the key figures counted.
#include <cstdlib>

#include "figure.hpp"
#include "simulation/simulated_day.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

constexpr double contacts_in_all = 500'000;

Scenario big_day() {
  Scenario scenario;
  scenario.ends = 24h;
  QueueOptions queue;
  queue.name = "service";
  queue.announce_every = 24h;
  queue.limit = 1'000'000;
  queue.wrap_up = 15s;
  scenario.queues.push_back(queue);
  ContactStream stream;
  stream.queue = "service";
  stream.profile = {{.length = 24h, .contacts = contacts_in_all}};
  stream.handling = {.shape = Distribution::Shape::lognormal, .mean = 145s, .deviation = 100s};
  stream.patience = Distribution{.mean = 120s};
  scenario.contacts.push_back(stream);
  AgentGroup group;
  group.count = 1'000;
  group.queues = {"service"};
  group.rings = 2s;
  scenario.agents.push_back(group);
  return scenario;
}

}  // namespace

int main() {
  const Stopwatch watch;
  const QueueFigures day = simulate_day(big_day(), {.seed = 1}).queue_total("service");
  if (!day.conserved() || day.waiting_at_end > 0 || day.answered == 0) {
    std::fprintf(stderr, "sim_day: of %zu callers %zu were answered and %zu abandoned\n", day.offered,
                 day.answered, day.abandoned);
    return EXIT_FAILURE;
  }
  std::printf(
      "{\"name\": \"sim_day_s\", \"value\": %.2f, \"offered\": %zu, \"answered\": %zu, \"abandoned\": %zu}\n",
      watch.cpu_seconds(), day.offered, day.answered, day.abandoned);
}
