// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulated_day.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "simulation/told_journal.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/center.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;

/// Who calls: waits as long as the patience lasts, and talks as long as the matter takes.
Task<> customer(SimParty party, Loop& loop, std::optional<Duration> patience, Duration talk) {
  Task<> connecting = party.connected();
  if (patience) {
    Task<std::optional<std::monostate>> limited = within(loop, *patience, std::move(connecting));
    const auto connected = co_await std::move(limited);
    if (!connected) co_return;
  } else {
    co_await std::move(connecting);
  }
  co_await party.wait(talk);
}

Task<> reception(Call call, Queue queue, ServeOptions options) {
  co_await call.answer();
  co_await queue.serve(std::move(call), Reason("simulated"), options);
}

/// The moments at which the contacts of a stream come: a Poisson process whose rate is the profile's.
class Arrivals {
 public:
  Arrivals(const ContactStream& stream, Draws draws, Duration begins, Duration ends)
      : stream_(stream), draws_(draws), begins_(begins), ends_(ends) {}

  /// Since midnight; nothing when no more come.
  std::optional<Duration> next() {
    double left = draws_.exponential(Draws::Purpose::arrival, count_++);
    while (interval_ < stream_.profile.size()) {
      const ProfileInterval& interval = stream_.profile[interval_];
      const double part = (1 - within_) * interval.contacts;
      if (left < part) {
        within_ += left / interval.contacts;
        const auto length = static_cast<double>(interval.length.count());
        const Duration at = interval.begins + Duration(static_cast<Duration::rep>(within_ * length));
        if (at >= ends_) return {};
        if (at >= begins_) return at;
        left = draws_.exponential(Draws::Purpose::arrival, count_++);
        continue;
      }
      left -= part;
      within_ = 0;
      ++interval_;
    }
    return {};
  }

 private:
  const ContactStream& stream_;
  Draws draws_;
  Duration begins_, ends_;
  std::uint64_t count_ = 0;
  std::size_t interval_ = 0;
  double within_ = 0;  ///< share of the interval that is over
};

class Day {
 public:
  Day(const Scenario& scenario, const RunTerms& terms)
      : scenario_(scenario),
        terms_(terms),
        loop_(terms.seed, simulated_midnight() + begin_of(scenario)),
        journal_(loop_, [this](const JournalEntry& entry) { hear(entry); }),
        customers_(make_memory_customers(loop_)),
        figures_(figure_options(scenario)),
        center_(loop_, journal_, *customers_, {}),
        lines_(static_cast<SimDriver&>(center_.add(std::make_unique<SimDriver>()))) {
    for (const QueueOptions& queue : scenario.queues) center_.add_queue(queue);
    for (const AgentGroup& group : scenario.agents) add_agents(group);
    for (std::size_t i = 0; i < scenario.contacts.size(); ++i) add_stream(i);
  }

  KeyFigures run() {
    const Timestamp begins = moment(scenario_.begins), ends = moment(scenario_.ends);
    const Duration step = std::max<Duration>((ends - begins) / 100, 1s);
    for (Timestamp now = begins; now < ends; now += step) {
      loop_.run_until(std::min(now + step, ends));
      if (terms_.progress)
        terms_.progress(static_cast<double>((loop_.now() - begins).count()) /
                        static_cast<double>((ends - begins).count()));
    }
    while (busy() && loop_.now() < ends + 4h) loop_.run_for(1s);
    figures_.advance(loop_.wall_time());
    over_ = true;
    return std::move(figures_);
  }

 private:
  /// Of a stream: who comes next.
  struct Stream {
    const ContactStream& what;
    std::string number;
    Draws draws;
    Arrivals arrivals;
    std::uint64_t count = 0;
  };

  static FigureOptions figure_options(const Scenario& scenario) {
    FigureOptions options{.interval = scenario.interval, .short_abandon = scenario.short_abandon};
    for (const QueueOptions& queue : scenario.queues) options.targets[queue.name] = queue.service_level;
    return options;
  }

  /// Virtual second 0: early enough for whoever is on shift when the first contact comes.
  static Duration begin_of(const Scenario& scenario) {
    Duration begins = scenario.begins;
    for (const AgentGroup& group : scenario.agents)
      for (const Shift& shift : group.shifts) begins = std::min(begins, shift.begins);
    return begins;
  }

  Timestamp moment(Duration since_midnight) const { return Timestamp(since_midnight - begin_of(scenario_)); }

  /// Somebody waits, talks or makes notes.
  bool busy() const {
    if (center_.calls() > 0) return true;
    const std::vector<Agent> agents = center_.agents();
    return std::any_of(agents.begin(), agents.end(),
                       [](const Agent& agent) { return agent.state() > AgentState::ready; });
  }

  void hear(const JournalEntry& entry) {
    if (over_) return;
    figures_.apply(entry);
    if (terms_.journal) terms_.journal(entry);
  }

  void add_agents(const AgentGroup& group) {
    for (std::size_t i = 0; i < group.count; ++i) {
      const std::string id = std::to_string(1001 + agents_++);
      lines_.set_phone(id, {.rings = group.rings});
      Agent agent = center_.add_agent({.id = id, .name = "Agent " + id, .address = Address("sim:" + id)});
      for (const std::string& queue : group.queues) center_.queue(queue).add(agent);
      if (group.shifts.empty()) begin_shift(agent);
      for (const Shift& shift : group.shifts) {
        loop_.at(moment(shift.begins), [agent]() { begin_shift(agent); });
        loop_.at(moment(shift.ends), [agent]() mutable { agent.log_out(); });
      }
    }
  }

  static void begin_shift(Agent agent) {
    agent.log_in();
    agent.set_ready();
  }

  void add_stream(std::size_t index) {
    const ContactStream& what = scenario_.contacts[index];
    const Draws draws(terms_.seed, index);
    streams_.push_back(std::make_unique<Stream>(Stream{
        what, "8" + std::to_string(index), draws, Arrivals(what, draws, scenario_.begins, scenario_.ends)}));
    const ServeOptions options{.priority = what.priority, .patience = what.limit};
    Queue queue = center_.queue(what.queue);
    center_.serve(streams_.back()->number,
                  [queue, options](Call call) { return reception(std::move(call), queue, options); });
    expect_next(*streams_.back());
  }

  void expect_next(Stream& stream) {
    const std::optional<Duration> next = stream.arrivals.next();
    if (!next) return;
    loop_.at(moment(*next), [this, &stream] {
      call(stream);
      expect_next(stream);
    });
  }

  void call(Stream& stream) {
    const std::uint64_t number = stream.count++;
    const Duration talk = stream.what.handling.draw(stream.draws, Draws::Purpose::handling, number);
    std::optional<Duration> patience;
    if (stream.what.patience)
      patience = stream.what.patience->draw(stream.draws, Draws::Purpose::patience, number);
    const Address from("sim:c" + stream.number + "-" + std::to_string(number));
    lines_.call(from, Address("sim:" + stream.number),
                [this, patience, talk](SimParty party) { return customer(party, loop_, patience, talk); });
  }

  const Scenario& scenario_;
  const RunTerms& terms_;
  SimLoop loop_;
  ToldJournal journal_;
  std::unique_ptr<CustomerStore> customers_;
  KeyFigures figures_;
  bool over_ = false;
  Center center_;
  SimDriver& lines_;
  std::size_t agents_ = 0;
  std::vector<std::unique_ptr<Stream>> streams_;
};

}  // namespace

KeyFigures simulate_day(const Scenario& scenario, const RunTerms& terms) {
  return Day(scenario, terms).run();
}

WallTime simulated_midnight() { return parse_wall_time("2026-01-05T00:00:00.000Z"); }

}  // namespace vcsr
