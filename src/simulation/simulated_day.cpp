// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulated_day.hpp"

#include <algorithm>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "simulation/forgetful_customers.hpp"
#include "simulation/people.hpp"
#include "simulation/told_journal.hpp"
#include "simulation/visitors.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/center.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;

/// Those who are being served. Tasks like a Scope's, of which there are too many to be told to the loop.
class Servings {
 public:
  void begin(Queue queue, Contact contact, ServeOptions options) {
    for (const Place over : std::exchange(over_, {})) {
      (*over)->result();
      tasks_.erase(over);
    }
    const Place place = tasks_.emplace(tasks_.end());
    place->emplace(serve(std::move(queue), std::move(contact), options, place));
    (*place)->start();
  }

 private:
  using Tasks = std::list<std::optional<Task<>>>;
  using Place = Tasks::iterator;

  /// A contact's whole way; People do what it needs.
  Task<> serve(Queue queue, Contact contact, ServeOptions options, Place place) {
    std::exception_ptr error;
    try {
      Task<Served> serving = queue.serve(contact, options);
      co_await std::move(serving);
    } catch (const Hangup&) {
      // The customer has closed it.
    } catch (...) {
      error = std::current_exception();
    }
    contact.close();
    over_.push_back(place);
    if (error) std::rethrow_exception(error);
  }

  Tasks tasks_;
  std::vector<Place> over_;
};

class Day {
 public:
  Day(const Scenario& scenario, const RunTerms& terms)
      : scenario_(scenario),
        terms_(terms),
        loop_(terms.seed, simulated_midnight() + begin_of(scenario)),
        journal_(loop_, [this](const JournalEntry& entry) { hear(entry); }),
        figures_(figure_options_of(scenario)),
        people_(loop_),
        center_(loop_, journal_, customers_, {.explains_choices = terms.journal != nullptr}) {
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
    while (people_.busy() && loop_.now() < ends + 4h) loop_.run_for(1s);
    figures_.advance(loop_.wall_time());
    over_ = true;
    return std::move(figures_);
  }

 private:
  struct Stream {
    const ContactStream& what;
    Address from, to;
    Queue queue;
    Visitors visitors;
    Visitor next = {};
  };

  static std::string agent_id(std::size_t index) { return std::to_string(1001 + index); }

  static FigureOptions figure_options_of(const Scenario& scenario) {
    FigureOptions options = figure_options(scenario);
    std::size_t agents = 0;
    for (const AgentGroup& group : scenario.agents) {
      std::vector<ScheduledTime> schedule;
      for (const Shift& shift : group.shifts)
        schedule.push_back({simulated_midnight() + shift.begins, simulated_midnight() + shift.ends});
      for (std::size_t i = 0; i < group.count; ++i, ++agents)
        if (!schedule.empty()) options.schedules[agent_id(agents)] = schedule;
    }
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

  void hear(const JournalEntry& entry) {
    if (over_) return;
    figures_.apply(entry);
    people_.hear(entry);
    if (terms_.journal) terms_.journal(entry);
  }

  void add_agents(const AgentGroup& group) {
    for (std::size_t i = 0; i < group.count; ++i) {
      const std::string id = agent_id(agents_++);
      Agent agent = center_.add_agent({.id = id,
                                       .name = "Agent " + id,
                                       .address = Address("sim:" + id),
                                       .skills = group.skills,
                                       .capacity = group.capacity});
      people_.add(agent, group.rings);
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
    const std::string number = std::to_string(index + 1);
    Visitors visitors(what, Draws(terms_.seed, index), scenario_.begins, scenario_.ends);
    streams_.push_back(std::make_unique<Stream>(Stream{what, Address("sim:customer" + number),
                                                       Address("sim:stream" + number),
                                                       center_.queue(what.queue), visitors}));
    expect_next(*streams_.back());
  }

  void expect_next(Stream& stream) {
    const std::optional<Visitor> next = stream.visitors.next();
    if (!next) return;
    stream.next = *next;
    loop_.at(moment(next->at), [this, &stream] {
      receive(stream, stream.next);
      expect_next(stream);
    });
  }

  void receive(const Stream& stream, const Visitor& visitor) {
    Contact contact = center_.open({.channel = stream.what.channel, .from = stream.from, .to = stream.to});
    if (!stream.what.requirement.anybody()) contact.require(stream.what.requirement);
    people_.add(contact, visitor.talk, visitor.patience);
    servings_.begin(stream.queue, contact, {.priority = stream.what.priority, .patience = stream.what.limit});
  }

  const Scenario& scenario_;
  const RunTerms& terms_;
  SimLoop loop_;
  ToldJournal journal_;
  ForgetfulCustomers customers_;
  KeyFigures figures_;
  People people_;
  bool over_ = false;
  Center center_;
  std::size_t agents_ = 0;
  std::vector<std::unique_ptr<Stream>> streams_;
  Servings servings_;
};

}  // namespace

KeyFigures simulate_day(const Scenario& scenario, const RunTerms& terms) {
  return Day(scenario, terms).run();
}

FigureOptions figure_options(const Scenario& scenario) {
  FigureOptions options{.interval = scenario.interval, .short_abandon = scenario.short_abandon};
  for (const QueueOptions& queue : scenario.queues) options.targets[queue.name] = queue.service_level;
  return options;
}

WallTime simulated_midnight() { return parse_wall_time("2026-01-05T00:00:00.000Z"); }

}  // namespace vcsr
