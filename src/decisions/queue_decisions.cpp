// SPDX-License-Identifier: Apache-2.0
#include "vcsr/queue_decisions.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "base/facts.hpp"
#include "base/named.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/requirement.hpp"

namespace vcsr {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// How an agent was when the decision was made.
struct AgentThen {
  std::string state = "logged_out", reason = {};
  Skills skills = {};
  std::map<std::string, int> queues = {};  ///< levels by name
};

Refusal refusal_in(const std::string& state) {
  if (state == "ready") return Refusal::none;
  if (state == "not_ready") return Refusal::not_ready;
  if (state == "wrap_up") return Refusal::wrap_up;
  if (state == "reserved") return Refusal::reserved;
  return state == "logged_out" ? Refusal::logged_out : Refusal::engaged;
}

double score_in(const Facts& facts) {
  const auto score = facts.find("score");
  if (score == facts.end()) return unknown;
  const double* fraction = score->second.get_if<double>();
  return fraction ? *fraction : static_cast<double>(number_in(facts, "score"));
}

Strategy strategy_of(const std::string& name) {
  return named(name, Strategy::custom).value_or(Strategy::longest_idle);
}

/// Scores of those who were the best, the chosen one first.
std::vector<std::pair<std::string, double>> best_in(const Facts& facts) {
  std::vector<std::pair<std::string, double>> best = {{text_in(facts, "agent"), score_in(facts)}};
  const auto next = facts.find("next");
  if (next == facts.end()) return best;
  if (const auto* others = next->second.get_if<Value::List>())
    for (const Value& other : *others)
      if (const auto* one = other.get_if<Value::Map>())
        best.emplace_back(text_in(*one, "agent"), score_in(*one));
  return best;
}

}  // namespace

struct QueueDecisions::Impl {
  void apply_to_agent(const JournalEntry& entry) {
    AgentThen& agent = agents[entry.subject];
    const std::string queue = text_in(entry.data, "queue");
    if (entry.type == events::agent_joined) {
      agent.queues[queue] = static_cast<int>(number_in(entry.data, "level"));
    } else if (entry.type == events::agent_left) {
      agent.queues.erase(queue);
    } else if (entry.type == events::agent_state) {
      agent.state = text_in(entry.data, "state");
      agent.reason = text_in(entry.data, "reason");
    } else if (entry.type == events::agent_skills) {
      learn(agent, entry.data);
    }
  }

  static void learn(AgentThen& agent, const Facts& facts) {
    agent.skills.clear();
    const auto skills = facts.find("skills");
    if (skills == facts.end()) return;
    if (const auto* levels = skills->second.get_if<Value::Map>())
      for (const auto& [skill, level] : *levels)
        agent.skills[skill] = static_cast<int>(number_in(*levels, skill));
  }

  void join(const JournalEntry& entry) {
    queued = entry.at - duration_in(entry.data, "waited");
    add(entry, Explanation::State::waiting);
  }

  void assign(const JournalEntry& entry) {
    if (join_group(entry)) return;
    // Where somebody was free at once, that nobody was would be wrong.
    if (!all.empty() && all.back().at == entry.at && all.back().why.state == Explanation::State::waiting)
      all.pop_back();
    add(entry, Explanation::State::offered);
  }

  /// Whether it was put before others in the same moment.
  bool join_group(const JournalEntry& entry) {
    if (all.empty() || all.back().at != entry.at) return false;
    Explanation& why = all.back().why;
    if (why.state != Explanation::State::offered || why.strategy != Strategy::ring_all) return false;
    const std::string agent = text_in(entry.data, "agent");
    why.offered_to.push_back(agent);
    for (ConsideredAgent& one : why.agents)
      if (one.agent == agent) one.score = score_in(entry.data);
    return true;
  }

  void add(const JournalEntry& entry, Explanation::State state) {
    Explanation why{.contact = contact,
                    .queue = text_in(entry.data, "queue"),
                    .state = state,
                    .strategy = strategy_of(text_in(entry.data, "strategy")),
                    .requirement = text_in(entry.data, "requirement"),
                    .position = static_cast<std::size_t>(number_in(entry.data, "position")),
                    .waited = entry.at - queued};
    if (state == Explanation::State::offered) {
      for (const auto& [id, score] : best_in(entry.data)) why.agents.push_back({.agent = id, .score = score});
      why.offered_to = {why.agents.front().agent};
    }
    add_others(why);
    all.push_back({.at = entry.at, .why = std::move(why)});
  }

  void add_others(Explanation& why) const {
    const Requirement requirement = Requirement::parse(why.requirement);
    const auto best = why.agents.size();
    for (const auto& [id, agent] : agents) {
      const auto last = why.agents.begin() + static_cast<std::ptrdiff_t>(best);
      const bool told = std::any_of(why.agents.begin(), last,
                                    [&id = id](const ConsideredAgent& one) { return one.agent == id; });
      if (told || agent.queues.count(why.queue) == 0) continue;
      why.agents.push_back(considered(id, agent, requirement));
    }
  }

  ConsideredAgent considered(const std::string& id, const AgentThen& agent,
                             const Requirement& requirement) const {
    if (!requirement.met_by(agent.skills))
      return {id, Refusal::lacks_skill, requirement.why_not(agent.skills, language), unknown};
    const Refusal refusal = refusal_in(agent.state);
    return {id, refusal, refusal == Refusal::not_ready ? agent.reason : "", unknown};
  }

  std::string contact, language;
  std::map<std::string, AgentThen> agents = {};
  WallTime queued{};
  std::vector<QueueDecision> all = {};
};

QueueDecisions::QueueDecisions(std::string contact, std::string_view language)
    : impl_(new Impl{std::move(contact), std::string(language)}) {}
QueueDecisions::~QueueDecisions() = default;

void QueueDecisions::apply(const JournalEntry& entry) {
  if (entry.type.starts_with("agent.")) return impl_->apply_to_agent(entry);
  // A new run tells anew who serves which queue.
  if (entry.type == events::center_started)
    for (auto& [id, agent] : impl_->agents) agent.queues.clear();
  if (entry.subject != impl_->contact) return;
  if (entry.type == events::contact_queued || entry.type == events::contact_resumed) impl_->join(entry);
  if (entry.type == events::contact_assigned) impl_->assign(entry);
}

const std::vector<QueueDecision>& QueueDecisions::all() const { return impl_->all; }

std::vector<std::string> QueueDecision::in_words(std::string_view language) const {
  std::vector<std::string> words = why.in_words(language);
  words.front() = to_string(at) + "  " + words.front();
  return words;
}

}  // namespace vcsr
