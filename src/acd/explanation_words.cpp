// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "vcsr/distribution.hpp"

namespace vcsr {

namespace {

std::string seconds(Duration duration, bool chinese) {
  return std::to_string(std::chrono::round<std::chrono::seconds>(duration).count()) +
         (chinese ? " 秒" : " s");
}

std::string listed(const std::vector<std::string>& names, bool chinese) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : chinese ? "、" : ", ") + name;
  return list;
}

std::string of_goal(double share, double goal, bool chinese) {
  const std::string now = std::to_string(std::llround(share)), wanted = std::to_string(std::llround(goal));
  const bool behind = share < goal;
  if (chinese)
    return "；队列及时接通 " + now + "%，目标 " + wanted + "%" + (behind ? "，优先于达标的队列" : "");
  return "; of the queue " + now + " % are answered in time, the goal is " + wanted + " %" +
         (behind ? ", so that it goes before queues that keep theirs" : "");
}

std::string of_contact(const Explanation& why, bool chinese) {
  std::string words = chinese ? "联络 " + why.contact + " 在队列 " + why.queue + " 中已等待 "
                              : "contact " + why.contact + " has been in queue " + why.queue + " for ";
  words += seconds(why.waited, chinese);
  if (why.state == Explanation::State::offered)
    words += (chinese ? "，正在呼叫 " : " and is offered to ") + listed(why.offered_to, chinese);
  else
    words += chinese ? "，排在第 " + std::to_string(why.position) + " 位"
                     : " at place " + std::to_string(why.position);
  if (why.state == Explanation::State::held) words += (chinese ? "，只等 " : ", held for ") + why.preferred;
  if (!why.requirement.empty()) words += (chinese ? "；要求：" : "; asks for ") + why.requirement;
  if (why.changes_in && why.state != Explanation::State::offered)
    words += chinese ? "；" + seconds(*why.changes_in, chinese) + "后放宽"
                     : "; more agents will do in " + seconds(*why.changes_in, chinese);
  if (why.answered_in_time && why.goal) words += of_goal(*why.answered_in_time, *why.goal, chinese);
  return words;
}

/// What the score of who could take it means; "" where it says nothing.
std::string of_score(Strategy strategy, double score, bool chinese) {
  if (std::isnan(score)) return {};
  const std::string number = std::to_string(std::llround(score));
  switch (strategy) {
    case Strategy::longest_idle: return chinese ? "已空闲 " + number + " 秒" : "idle for " + number + " s";
    case Strategy::fewest_contacts: return chinese ? "已接 " + number + " 次" : number + " contacts so far";
    case Strategy::least_talk_time:
      return chinese ? "已通话 " + number + " 秒" : "has talked " + number + " s";
    case Strategy::least_occupied: return chinese ? "占用率 " + number + "%" : number + " % occupied";
    case Strategy::round_robin:
    case Strategy::ring_all:
    case Strategy::fixed_priority: return chinese ? "顺序第 " + number : "number " + number + " in order";
    case Strategy::best_skilled:
    case Strategy::least_skilled: return chinese ? "技能分 " + number : "skill score " + number;
    case Strategy::custom: return chinese ? "得分 " + number : "score " + number;
    case Strategy::random: break;
  }
  return {};
}

std::string of_agent(const ConsideredAgent& agent, Strategy strategy, bool chinese) {
  constexpr std::array<const char*, 8> english = {
      "could take it", "lacks a skill",         "is logged out",        "is not ready",
      "wraps up",      "has something in hand", "is offered a contact", "has no room for another contact"};
  constexpr std::array<const char*, 8> in_chinese = {"可以接",   "缺少技能",   "未登录",     "未就绪",
                                                     "话后处理", "正忙于其他", "正在被呼叫", "没有余量"};
  const auto reason = static_cast<std::size_t>(agent.refusal);
  std::string detail =
      agent.refusal == Refusal::none ? of_score(strategy, agent.score, chinese) : agent.detail;
  std::string words = agent.agent + " " + (chinese ? in_chinese : english)[reason];
  if (!detail.empty()) words += (chinese ? "：" : ": ") + std::move(detail);
  return words;
}

}  // namespace

const char* to_string(Refusal refusal) noexcept {
  constexpr const char* names[] = {"none",    "lacks_skill", "logged_out", "not_ready",
                                   "wrap_up", "engaged",     "reserved",   "at_capacity"};
  return names[static_cast<std::size_t>(refusal)];
}

std::vector<std::string> Explanation::in_words(std::string_view language) const {
  const bool chinese = language.starts_with("zh");
  std::vector<std::string> words = {of_contact(*this, chinese)};
  for (const ConsideredAgent& considered : agents) words.push_back(of_agent(considered, strategy, chinese));
  if (agents.empty()) words.emplace_back(chinese ? "队列中没有座席" : "the queue has no agents");
  return words;
}

}  // namespace vcsr
