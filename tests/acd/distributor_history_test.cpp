// SPDX-License-Identifier: Apache-2.0
// Random histories, told to the distributor and to the naive one: both must decide alike at every step.
// VCSR_HISTORIES in the environment says how many; the first that fails is shortened and printed.
#include <sstream>

#include "acd/floor.hpp"
#include "acd/naive_distributor.hpp"
#include "histories/history.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

constexpr std::uint32_t agents = 6, queues = 6;
const char* const requirements[] = {
    "", "zh", "billing >= 2", "zh and billing", "not trainee", "zh or billing >= 3"};
const char* const verbs[] = {"enter", "withdraw", "accept", "decline", "wait_again", "update",  "skills",
                             "join",  "leave",    "pass",   "update",  "enter",      "service", "settle"};

/// One history on both; `wrong` says where they part.
class Run {
 public:
  Run() {
    const Strategy strategies[] = {Strategy::longest_idle, Strategy::fewest_contacts, Strategy::round_robin,
                                   Strategy::ring_all,     Strategy::longest_idle,    Strategy::longest_idle};
    for (std::uint32_t i = 0; i < queues; ++i) {
      const double weight = i == 1 ? 4 : 1;
      const std::optional<double> goal = i < 4 ? std::nullopt : std::optional(i == 4 ? 0.8 : 0.5);
      floor_.distributor.add_queue(
          {.name = "q", .strategy = strategies[i], .weight = weight, .group = 2, .goal = goal});
      naive_.queues.push_back({.strategy = strategies[i], .weight = weight, .group = 2, .goal = goal});
    }
    naive_.now = floor_.now;
    for (std::uint32_t i = 0; i < agents; ++i) {
      floor_.agent(std::to_string(i), {}, {});
      naive_.agents.emplace_back();
    }
  }

  std::string play(const History& history) {
    for (std::size_t i = 0; i < history.size() && wrong_.empty(); ++i) {
      step(history[i]);
      compare();
      if (!wrong_.empty()) wrong_ = "step " + std::to_string(i) + ": " + wrong_;
    }
    return wrong_;
  }

 private:
  using State = NaiveDistributor::Contact::State;

  void step(const Step& step) {
    const std::string verb = verbs[step.verb % std::size(verbs)];
    if (verb == "enter") enter(step);
    else if (verb == "update") update(step);
    else if (verb == "skills") set_skills(step);
    else if (verb == "join") join(step);
    else if (verb == "leave") leave(step);
    else if (verb == "pass") pass(step);
    else if (verb == "service") service(step);
    else contact_step(verb, step);
  }

  NaiveDistributor::Steps steps_of(const Step& step) {
    const QueueNumber queue = step.a % queues;
    const Channel channel = step.a / queues % 3 == 0 ? Channel::chat : Channel::voice;
    Requirement requirement = Requirement::parse(requirements[step.b % std::size(requirements)]);
    NaiveDistributor::Steps steps{queue, channel, {{0s, requirement}}};
    if (step.c % 3 == 0) steps.requirements.emplace_back(10s, requirement.or_else(Requirement::parse("zh")));
    if (step.c % 6 == 0) steps.requirements.emplace_back(25s, Requirement());
    return steps;
  }

  void enter(const Step& step) {
    NaiveDistributor::Steps steps = steps_of(step);
    std::vector<RequirementStep> later;
    for (std::size_t i = 1; i < steps.requirements.size(); ++i)
      later.push_back({steps.requirements[i].first, i == 1 ? Requirement::parse("zh") : Requirement()});
    const AgentNumber preferred = step.b % 4 == 0 ? step.c % agents : nobody;
    const int priority = static_cast<int>(step.c / 6 % 4) - 1;
    const Entry entry{
        .ladder = floor_.distributor.ladder(steps.queue, steps.channel, steps.requirements[0].second, later),
        .priority = priority,
        .preferred = preferred,
        .preferred_for = 15s};
    const ContactNumber number = floor_.distributor.enter(entry, floor_.now);
    naive_.contacts[number] = {.steps = std::move(steps),
                               .place = {naive_.now - priority * 1min, ++naive_.entered},
                               .joined = naive_.now,
                               .preferred_until = naive_.now + 15s,
                               .preferred = preferred};
    naive_.put(number);
  }

  void update(const Step& step) {
    const AgentNumber number = step.a % agents;
    const Channels open[] = {Channel::voice, Channel::chat, Channels(Channel::voice) | Channel::chat};
    const Standing standing = step.b % 2 == 0 ? Standing::ready : static_cast<Standing>(step.b / 2 % 5);
    const Availability availability{standing, "", standing == Standing::ready ? open[step.c % 3] : Channels(),
                                    static_cast<int>(step.c / 3 % 2), naive_.now};
    NaiveDistributor::Agent& agent = naive_.agents[number];
    floor_.distributor.update(number, availability, floor_.now);
    agent.availability.open = {};
    agent.availability.standing = standing;
    if (standing == Standing::logged_out) naive_.release_held(number, {});
    agent.availability = availability;
    agent.measures.load = availability.load;
    agent.measures.since = availability.since;
    naive_.serve(number);
  }

  void set_skills(const Step& step) {
    const Skills skills{{"zh", step.b % 3}, {"billing", step.c % 4}, {"trainee", step.c / 4 % 2}};
    floor_.distributor.set_skills(step.a % agents, skills, floor_.now);
    naive_.agents[step.a % agents].skills = skills;
    naive_.serve(step.a % agents);
  }
  void join(const Step& step) {
    const QueueNumber queue = step.b % queues;
    const int level = static_cast<int>(step.c % 2);
    floor_.distributor.join(step.a % agents, queue, level, floor_.now);
    auto& joined = naive_.agents[step.a % agents].queues;
    if (joined.count(queue) == 1) joined[queue].first = level;
    else joined[queue] = {level, naive_.queues[queue].joined++};
    naive_.serve(step.a % agents);
  }
  void leave(const Step& step) {
    const QueueNumber queue = step.b % queues;
    NaiveDistributor::Agent& agent = naive_.agents[step.a % agents];
    floor_.distributor.leave(step.a % agents, queue, floor_.now);
    if (agent.queues.erase(queue) == 0) return;
    const Channels open = std::exchange(agent.availability.open, {});
    naive_.release_held(step.a % agents, queue);
    agent.availability.open = open;
    naive_.serve(step.a % agents);
  }
  void pass(const Step& step) {
    const Duration time = std::chrono::seconds(step.a % 12);
    floor_.pass(time);
    naive_.pass(time);
  }

  void service(const Step& step) {
    for (std::uint32_t i = 0; i < 1 + step.c % 60; ++i) {
      floor_.distributor.note_service(step.a % queues, step.b % 2 == 0);
      naive_.note_service(step.a % queues, step.b % 2 == 0);
    }
  }

  void contact_step(const std::string& verb, const Step& step) {
    if (naive_.contacts.empty()) return;
    auto found = naive_.contacts.begin();
    std::advance(found, step.a % naive_.contacts.size());
    auto& [number, contact] = *found;
    if (verb == "withdraw") {
      floor_.distributor.withdraw(number);
      naive_.contacts.erase(found);
    } else if (verb == "wait_again") {
      if (contact.state != State::aside) return;
      floor_.distributor.wait_again(number, floor_.now);
      naive_.put(number);
    } else if (contact.state == State::offered) {
      const AgentNumber agent = contact.offered_to[step.b % contact.offered_to.size()];
      if (verb == "accept") {
        floor_.distributor.accept(number, agent);
        ++naive_.agents[agent].measures.contacts;
        naive_.contacts.erase(found);
        return;
      }
      if (verb == "settle") {
        const bool agreed = step.c % 2 == 0;
        floor_.distributor.settle_on(number, agreed ? agent : nobody);
        contact.joinable = false;
        if (agreed) contact.offered_to = {agent};
        return;
      }
      floor_.distributor.decline(number, agent);
      contact.passed.push_back(agent);
      std::erase(contact.offered_to, agent);
      if (contact.offered_to.empty()) contact.state = State::aside;
    }
  }

  void compare() {
    std::vector<NaiveDistributor::Given> given;
    for (Offer& offer : floor_.distributor.take_offers())
      given.push_back({offer.contact, std::move(offer.agents)});
    const std::vector<NaiveDistributor::Given> expected = std::exchange(naive_.given, {});
    if (given != expected) wrong_ = "offers " + words(given) + " instead of " + words(expected);
    if (naive_.idle_beside_waiting()) wrong_ += " somebody waits beside a free agent";
    for (QueueNumber queue = 0; queue < queues; ++queue) compare_line(queue);
    const auto next = naive_.next();
    if (floor_.distributor.next_deadline() != (next ? std::optional(next->first) : std::nullopt))
      wrong_ += " another deadline";
  }

  void compare_line(QueueNumber queue) {
    std::vector<std::pair<std::pair<Timestamp, std::uint64_t>, ContactNumber>> places;
    for (const auto& [number, contact] : naive_.contacts)
      if (contact.steps.queue == queue && (contact.state == State::waiting || contact.state == State::held))
        places.emplace_back(contact.place, number);
    std::sort(places.begin(), places.end());
    std::vector<ContactNumber> line;
    for (const auto& [place, number] : places) {
      line.push_back(number);
      if (floor_.distributor.position(number) != line.size()) wrong_ += " another position";
    }
    if (floor_.distributor.line(queue) != line) wrong_ += " another line";
  }

  static std::string words(const std::vector<NaiveDistributor::Given>& given) {
    std::ostringstream words;
    for (const auto& [contact, to] : given) {
      words << contact << "→";
      for (const AgentNumber agent : to) words << agent << ",";
    }
    return words.str() + ";";
  }

  Floor floor_;
  NaiveDistributor naive_;
  std::string wrong_;
};

}  // namespace

TEST_CASE("the distributor decides as if it looked at everybody, in every random history") {
  CHECK(first_failure(histories_asked(2'000), 40, 159, verbs,
                      [](const History& history) { return Run().play(history); }) == "");
}
