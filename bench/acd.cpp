// SPDX-License-Identifier: Apache-2.0
// What one decision of the distributor costs: for a customer who comes, an agent who becomes free, a
// customer who leaves and a requirement that relaxes; first with all agents free and nobody waiting, then the
// other way round.
//     acd NAME AGENTS WAITING SKILLS
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <malloc.h>

#include "acd/distributor.hpp"

using namespace vcsr;
using namespace vcsr::acd;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t queues = 20, requirements_per_skill = 2;
constexpr std::uint32_t samples = 100'000;

std::size_t allocated() {
  const struct mallinfo2 now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

class Measured {
 public:
  template <class Work>
  void time(const std::string& kind, Work work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - began;
    took_[kind].push_back(took.count());
  }
  double worst(double part) {
    double worst = 0;
    for (auto& [kind, all] : took_) worst = std::max(worst, percentile(all, part));
    return worst;
  }
  void print() {
    for (auto& [kind, all] : took_)
      std::printf(", \"%s_p50_us\": %.3f, \"%s_p99_us\": %.3f", kind.c_str(), percentile(all, 0.5),
                  kind.c_str(), percentile(all, 0.99));
  }

 private:
  static double percentile(std::vector<double>& all, double part) {
    const auto at = all.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(all.size() - 1));
    std::nth_element(all.begin(), at, all.end());
    return *at;
  }
  std::map<std::string, std::vector<double>> took_;
};

class Floor {
 public:
  Floor(std::uint32_t agents, std::uint32_t waiting, std::uint32_t skills)
      : agents_(agents), target_(waiting), skills_(skills) {
    for (std::uint32_t i = 0; i < queues; ++i) distributor_.add_queue({.name = "q", .weight = 1.0 + i % 3});
    for (std::uint32_t i = 0; i < queues * skills_ / 10 * requirements_per_skill; ++i) add_ladder();
    const std::size_t before = allocated();
    for (std::uint32_t i = 0; i < agents_; ++i) add_agent(i);
    for (std::uint32_t i = 0; i < agents_; ++i) free(i);
    bytes_per_agent = (allocated() - before) / agents_;
  }

  void run() {
    for (std::uint32_t i = 0; i < samples; ++i) idle_round();
    std::vector<ContactNumber> line;
    occupy_all();
    const std::size_t before = allocated();
    while (line.size() < target_) line.push_back(enter());
    bytes_per_contact = (allocated() - before) / target_;
    line_ = std::move(line);
    now_ = std::max(now_, *distributor_.next_deadline());
    for (std::uint32_t i = 0; i < samples; ++i) busy_round();
  }

  Measured measured;
  std::size_t bytes_per_agent = 0, bytes_per_contact = 0;

 private:
  std::string skill() { return "s" + std::to_string(random_() % skills_); }

  void add_ladder() {
    const std::string first = skill();
    const Requirement strict = Requirement::parse(first + " >= 3 and (" + skill() + " or " + skill() + ")");
    ladders_.push_back(distributor_.ladder(static_cast<QueueNumber>(random_() % queues), Channel::voice,
                                           strict, {{60s, Requirement::parse(first)}}));
  }
  void add_agent(std::uint32_t i) {
    Skills skills;
    for (int k = 0; k < 5; ++k) skills[skill()] = 1 + static_cast<int>(random_() % 5);
    const AgentNumber agent = distributor_.add_agent(std::to_string(i), std::move(skills));
    for (int k = 0; k < 3; ++k)
      distributor_.join(agent, static_cast<QueueNumber>(random_() % queues), 0, now_);
  }
  void tick() { now_ += 20us; }
  void free(AgentNumber agent) {
    tick();
    distributor_.update(agent, {Standing::ready, {}, Channel::voice, 0, now_}, now_);
  }
  ContactNumber enter() {
    tick();
    return distributor_.enter({.ladder = ladders_[random_() % ladders_.size()]}, now_);
  }
  void occupy_all() {
    for (AgentNumber agent = 0; agent < agents_; ++agent)
      distributor_.update(agent, {Standing::engaged, {}, {}, 0, now_}, now_);
  }

  /// All agents are free: a contact comes, is offered and taken, and the agent is free again.
  void idle_round() {
    tick();
    const LadderNumber ladder = ladders_[random_() % ladders_.size()];
    ContactNumber contact = 0;
    measured.time("arrival", [&] { contact = distributor_.enter({.ladder = ladder}, now_); });
    const std::vector<Offer> offers = distributor_.take_offers();
    if (offers.empty()) {
      distributor_.withdraw(contact);
      return;
    }
    const AgentNumber agent = offers[0].agents[0];
    distributor_.accept(contact, agent);
    tick();
    measured.time("agent_ready", [&] { free(agent); });
  }

  /// The line is long: agents become free, customers come and leave, requirements relax.
  void busy_round() {
    const auto agent = static_cast<AgentNumber>(random_() % agents_);
    tick();
    measured.time("agent_ready_waited_for", [&] { free(agent); });
    for (const Offer& offer : distributor_.take_offers()) {
      distributor_.accept(offer.contact, agent);
      taken_.resize(std::max<std::size_t>(taken_.size(), offer.contact + 1));
      taken_[offer.contact] = true;
    }
    distributor_.update(agent, {Standing::engaged, {}, {}, 0, now_}, now_);
    const LadderNumber ladder = ladders_[random_() % ladders_.size()];
    tick();
    ContactNumber contact = 0;
    measured.time("arrival_to_line", [&] { contact = distributor_.enter({.ladder = ladder}, now_); });
    if (contact < taken_.size()) taken_[contact] = false;
    line_.push_back(contact);
    abandon();
    relax();
  }
  void abandon() {
    const std::size_t place = random_() % line_.size();
    const ContactNumber leaver = line_[place];
    if (leaver < taken_.size() && taken_[leaver]) return;
    measured.time("position", [&] { sum_ += distributor_.position(leaver); });
    measured.time("abandon", [&] { distributor_.withdraw(leaver); });
    taken_.resize(std::max<std::size_t>(taken_.size(), leaver + 1));
    taken_[leaver] = true;
  }
  void relax() {
    for (auto next = distributor_.next_deadline(); next && *next <= now_; next = distributor_.next_deadline())
      measured.time("relax", [&] { distributor_.advance(*next); });
  }

  Distributor distributor_;
  std::mt19937 random_{11};
  Timestamp now_{1h};
  std::uint32_t agents_, target_, skills_;
  std::vector<LadderNumber> ladders_;
  std::vector<ContactNumber> line_;
  std::vector<bool> taken_;
  std::size_t sum_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: acd NAME AGENTS WAITING SKILLS\n");
    return 2;
  }
  const auto number = [argv](int i) {
    return static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10));
  };
  Floor floor(number(2), number(3), number(4));
  floor.run();
  std::printf("{\"name\": \"%s\", \"value\": %.3f, \"worst_p50_us\": %.3f", argv[1],
              floor.measured.worst(0.99), floor.measured.worst(0.5));
  floor.measured.print();
  std::printf(", \"bytes_per_agent\": %zu, \"bytes_per_contact\": %zu}\n", floor.bytes_per_agent,
              floor.bytes_per_contact);
}
