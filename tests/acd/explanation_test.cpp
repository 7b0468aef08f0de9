// SPDX-License-Identifier: Apache-2.0
#include "acd/floor.hpp"

using namespace vcsr;
using namespace vcsr::testing;

TEST_CASE("an explanation says of every agent why she does not take the contact, in two languages") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const Standing doing[] = {Standing::logged_out, Standing::not_ready, Standing::wrap_up, Standing::engaged};
  for (int i = 0; i < 4; ++i)
    floor.rest(floor.agent(std::to_string(1001 + i), {{"zh", 3}}, {service}), doing[i],
               i == 1 ? "lunch" : "");
  floor.free(floor.agent("1005", {{"zh", 2}}, {service}));
  floor.free(floor.agent("1006", {{"zh", 3}}, {service}), Channel::chat, 1);
  const LadderNumber ladder = floor.distributor.ladder(service, Channel::voice, Requirement::parse("zh >= 3"),
                                                       {{60s, Requirement::parse("zh")}});
  const ContactNumber contact = floor.distributor.enter({.ladder = ladder}, floor.now);
  floor.now += 42s;

  Explanation why = floor.distributor.explain(contact, "en", floor.now);
  why.contact = "c1";

  CHECK(why.in_words() == std::vector<std::string>{"contact c1 has been in queue service for 42 s at place "
                                                   "1; asks for zh >= 3; more agents will do in 18 s",
                                                   "1001 is logged out", "1002 is not ready: lunch",
                                                   "1003 wraps up", "1004 has something in hand",
                                                   "1005 lacks a skill: zh is 2, needs 3",
                                                   "1006 has no room for another contact"});
  why = floor.distributor.explain(contact, "zh-CN", floor.now);
  why.contact = "c1";
  CHECK(why.in_words("zh-CN") ==
        std::vector<std::string>{
            "联络 c1 在队列 service 中已等待 42 秒，排在第 1 位；要求：zh >= 3；18 秒后放宽", "1001 未登录",
            "1002 未就绪：lunch", "1003 话后处理", "1004 正忙于其他", "1005 缺少技能：zh 为 2，至少需要 3",
            "1006 没有余量"});
}

TEST_CASE("an explanation says to whom a contact is offered and who could take it instead") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  for (const char* id : {"1003", "1002", "1001"}) {
    floor.free(floor.agent(id, {}, {service}));
    floor.now += 10s;
  }
  const ContactNumber contact = floor.enter(service);

  Explanation why = floor.distributor.explain(contact, "en", floor.now);
  why.contact = "c1";

  CHECK(why.state == Explanation::State::offered);
  CHECK(why.position == 0);
  CHECK(why.in_words() ==
        std::vector<std::string>{"contact c1 has been in queue service for 0 s and is offered to 1003",
                                 "1002 could take it: idle for 20 s", "1001 could take it: idle for 10 s",
                                 "1003 is offered a contact"});
}

TEST_CASE("an explanation names the agent for whom a contact is held") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::best_skilled);
  const AgentNumber anna = floor.agent("anna", {}, {service});
  floor.rest(anna, Standing::engaged);
  const ContactNumber contact =
      floor.distributor.enter({.ladder = floor.distributor.ladder(service, Channel::voice, {}),
                               .preferred = anna,
                               .preferred_for = 30s},
                              floor.now);

  Explanation why = floor.distributor.explain(contact, "en", floor.now);
  CHECK(why.state == Explanation::State::held);
  CHECK(why.preferred == "anna");
  CHECK(why.in_words()[0].find("at place 1, held for anna; more agents will do in 30 s") !=
        std::string::npos);
  floor.distributor.leave(anna, service, floor.now);
  CHECK(floor.distributor.explain(contact, "en", floor.now).in_words()[1] == "the queue has no agents");
  CHECK(floor.distributor.explain(contact, "zh", floor.now).in_words("zh")[1] == "队列中没有座席");
}

TEST_CASE("refusals have names") {
  CHECK(std::string(to_string(Refusal::none)) == "none");
  CHECK(std::string(to_string(Refusal::at_capacity)) == "at_capacity");
}
