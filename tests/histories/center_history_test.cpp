// SPDX-License-Identifier: Apache-2.0
// Random histories of a whole center: callers and writers, telephones that fail, agents and supervisors who
// do anything at any time, kills and restarts. After each step the journal and what the objects say of
// themselves must agree and break no rule. VCSR_HISTORIES in the environment says how many; the first that
// fails is shortened and printed.
#include <doctest/doctest.h>

#include <optional>

#include "checked_journal.hpp"
#include "histories/auditor.hpp"
#include "histories/center_life.hpp"
#include "histories/history.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

const char* const verbs[] = {
    "call",    "write",        "pass",   "pass",   "accept",    "finish",  "ready",      "pass",
    "hang up", "close",        "phone",  "call",   "not ready", "decline", "notes done", "order",
    "skills",  "vanish",       "remove", "join",   "leave",     "dispose", "ready",      "write",
    "log out", "phone leaves", "accept", "log in", "kill",      "stop",    "call back",  "customer"};

class Run {
 public:
  Run() : watching_(journal_->follow(1, [this](const JournalEntry& entry) { auditor_.apply(entry); })) {
    life_.emplace(loop_, *journal_, *customers_);
    for (std::size_t i = 0; i < CenterLife::agents; ++i) begin_shift(i);
  }

  std::string play(const History& history) {
    for (std::size_t i = 0; i < history.size() && wrong_.empty(); ++i) {
      step(history[i]);
      loop_.run_for(0s);
      check();
      if (!wrong_.empty()) wrong_ = "step " + std::to_string(i) + ": " + wrong_;
    }
    if (wrong_.empty()) conclude();
    return wrong_;
  }

 private:
  void begin_shift(std::size_t number) {
    life_->agent(number).log_in();
    life_->agent(number).set_ready();
  }

  void step(const Step& step) {
    const std::string verb = verbs[step.verb % std::size(verbs)];
    if (verb == "pass") return loop_.run_for(std::chrono::seconds(step.a % 40));
    if (verb == "kill" || verb == "stop") return step.a % 3 == 0 ? restart(verb == "stop") : void();
    try {
      if (verb == "call" || verb == "write" || verb == "hang up" || verb == "close" || verb == "vanish" ||
          verb == "call back" || verb == "customer")
        customer_step(verb, step);
      else if (verb == "phone" || verb == "remove" || verb == "phone leaves") telephone_step(verb, step);
      else if (verb == "order" || verb == "skills" || verb == "join" || verb == "leave")
        supervisor_step(verb, step);
      else agent_step(verb, step, life_->agent(step.a));
    } catch (const Error&) {
      // Refused: as it should be, or what follows shows that it should not.
    }
  }

  void customer_step(const std::string& verb, const Step& step) {
    const Channel channels[] = {Channel::chat, Channel::chat, Channel::email};
    if (verb == "call") return life_->call(step.a, std::chrono::seconds(5 + step.b % 120));
    if (verb == "write") return life_->write(step.a, channels[step.b % 3], static_cast<int>(step.c % 3));
    if (verb == "call back")
      return life_->ask_for_call(step.a, step.b, std::chrono::seconds(step.c % 3 * 40));
    if (verb == "customer")
      return life_->set_customer(step.a, static_cast<SimPhone::Reaction>(step.b % 5),
                                 std::chrono::seconds(1 + step.c % 20));
    if (verb == "close") {
      auto& writers = life_->writers();
      if (!writers.empty()) writers[step.a % writers.size()].close();
      return;
    }
    SimParty* const caller = life_->caller(step.a);
    if (!caller) return;
    if (verb == "vanish") caller->vanish();
    else caller->hang_up();
  }

  void telephone_step(const std::string& verb, const Step& step) {
    const auto reaction = static_cast<SimPhone::Reaction>(step.b % 5);
    SimParty* const phone = life_->telephone(step.a);
    if (verb == "phone") life_->set_telephone(step.a, reaction, std::chrono::seconds(1 + step.c % 30));
    else if (verb == "remove") life_->remove_telephone(step.a);
    else if (phone && step.b % 2 == 0) phone->hang_up();
    else if (phone) phone->vanish();
  }

  void supervisor_step(const std::string& verb, const Step& step) {
    Agent agent = life_->agent(step.a);
    if (verb == "order") agent.force(static_cast<AgentOrder>(step.b % 4), "carla", "says so");
    else if (verb == "skills") agent.set_skills({{"zh", static_cast<int>(step.b % 4)}});
    else if (verb == "join") life_->queue(step.b).add(agent, static_cast<int>(step.c % 2));
    else life_->queue(step.b).remove(agent);
  }

  static void agent_step(const std::string& verb, const Step& step, Agent agent) {
    if (verb == "ready") return agent.set_ready();
    if (verb == "not ready") return agent.set_not_ready("break");
    if (verb == "log in") return agent.log_in();
    if (verb == "log out") return agent.log_out();
    if (verb == "notes done") return agent.finish_wrap_up();
    const std::vector<ContactInHand> hand = agent.contacts();
    if (hand.empty()) return;
    const std::string contact = hand[step.b % hand.size()].contact;
    if (verb == "accept") agent.accept(contact);
    else if (verb == "decline") agent.decline(contact);
    else if (verb == "finish") agent.finish(contact);
    else agent.dispose(contact, step.c % 2 == 0 ? "settled" : "later");
  }

  void restart(bool in_good_order) {
    if (in_good_order) life_->stop();
    life_.reset();
    loop_.run_for(0s);
    auditor_.restart();
    loop_.run_for(5s);
    life_.emplace(loop_, *journal_, *customers_);
  }

  void check() {
    wrong_ = auditor_.wrong();
    for (std::size_t i = 0; i < CenterLife::queues && wrong_.empty(); ++i) check(life_->queue(i));
    for (std::size_t i = 0; i < CenterLife::agents && wrong_.empty(); ++i) check(life_->agent(i));
  }

  void check(const Queue& queue) {
    const QueueReport report = queue.report();
    const std::size_t left = report.answered + report.abandoned + report.timed_out + report.left_by_key +
                             report.deserted + report.callbacks + report.unreached;
    if (report.entered != left + report.waiting) wrong_ = queue.name() + ": the report does not add up";
    if (report.waiting != auditor_.in(queue.name()))
      wrong_ = queue.name() + ": " + std::to_string(report.waiting) +
               " wait, says the report; the journal: " + std::to_string(auditor_.in(queue.name()));
    if (wrong_.empty()) check_waiting(queue);
  }

  void check(const Agent& agent) {
    const std::string state = to_string(agent.state());
    const auto& known = auditor_.agents();
    const auto found = known.find(agent.id());
    const std::string journalled = found == known.end() ? "logged_out" : found->second.state;
    const bool idle = state == "ready" || state == "not_ready" || state == "logged_out";
    if (journalled != state) wrong_ = agent.id() + " is " + state + ", says the journal: " + journalled;
    if (idle != agent.contacts().empty()) wrong_ = agent.id() + " is " + state + " with contacts in hand";
    if (state == "reserved" && loop_.now() - agent.since() > CenterLife::longest_reserved)
      wrong_ = agent.id() + " is reserved for too long";
  }

  /// Nobody waits whom one of the queue's agents could take.
  void check_waiting(const Queue& queue) {
    for (const std::string& contact : queue.waiting()) {
      const Explanation why = queue.explain(contact);
      if (why.state != Explanation::State::waiting) continue;
      for (const ConsideredAgent& agent : why.agents)
        if (agent.refusal == Refusal::none)
          wrong_ =
              "contact " + contact + " waits in " + queue.name() + ", and " + agent.agent + " could take it";
    }
  }

  /// Everybody leaves, and everything must come to its end.
  void conclude() {
    for (const auto& [id, known] : auditor_.contacts()) {
      std::optional<Contact> open = life_->center().find_contact(id);
      if (open) open->close();
    }
    while (SimParty* const caller = life_->caller(0)) caller->hang_up();
    loop_.run_for(10min);
    check();
    if (life_->center().calls() > 0) wrong_ = "calls are left";
    for (std::size_t i = 0; i < CenterLife::agents && wrong_.empty(); ++i) {
      const AgentState state = life_->agent(i).state();
      if (state > AgentState::ready) wrong_ = CenterLife::id_of(i) + " is stuck in " + to_string(state);
    }
    auditor_.conclude();
    if (wrong_.empty()) wrong_ = auditor_.wrong();
  }

  SimLoop loop_{1};
  std::unique_ptr<Journal> journal_ = make_checked_journal(loop_);
  std::unique_ptr<CustomerStore> customers_ = make_memory_customers(loop_);
  Auditor auditor_{CenterLife::longest_offer, CenterLife::callback_rings, "crowd"};
  Journal::Subscription watching_;
  std::optional<CenterLife> life_;
  std::string wrong_;
};

}  // namespace

TEST_CASE("whatever happens in a center, every offer ends and every contact has one outcome") {
  CHECK(first_failure(histories_asked(2'000), 30, 200, verbs,
                      [](const History& history) { return Run().play(history); }) == "");
}

TEST_CASE(
    "a group that misses a contact in the very moment in which the center stops leaves it to the next run") {
  const History history{{23, 8458439, 13682246, 12806577}, {23, 10843639, 8034897, 12087168},
                        {1, 13290651, 8099980, 10509304},  {9, 13136509, 14080056, 6577228},
                        {4, 12838193, 9537970, 16131453},  {29, 1537797, 4302433, 1703825},
                        {7, 12116129, 12667586, 1361584},  {29, 16123473, 8590632, 4597781}};

  CHECK(Run().play(history) == "");
}
