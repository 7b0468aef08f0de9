// SPDX-License-Identifier: Apache-2.0
#include "histories/center_life.hpp"

#include <utility>

namespace vcsr::testing {

namespace {

Task<> recover(Center& center) { co_await center.recover(); }

Task<> reception(Call call, Queue queue) {
  co_await call.answer();
  co_await queue.serve(std::move(call), Reason("called"), {.patience = 90s});
}

Task<> in_line(Queue queue, Contact contact, int priority) {
  co_await queue.serve(contact, {.priority = priority, .patience = 150s});
  contact.close();
}

Task<> caller(SimParty party, Duration patience) { co_await party.wait(patience); }

Address customer(std::size_t number) {
  return Address("sim:customer" + std::to_string(number % CenterLife::called_back));
}

CallbackTerms calls_back(CallbackTerms::First first) {
  return {
      .first = first, .tries = 2, .retry_after = 50s, .ring_time = CenterLife::callback_rings, .limit = 3};
}

}  // namespace

CenterLife::CenterLife(SimLoop& loop, Journal& journal, CustomerStore& customers)
    : loop_(loop),
      journal_(journal),
      customers_(customers),
      center_(loop, journal_, customers_, {.file_work = Worker::Mode::on_loop}),
      serving_(loop, [](std::exception_ptr) {}) {
  add_queues();
  auto lines = std::make_unique<SimDriver>();
  lines_ = lines.get();
  add_agents();
  center_.on_resumed([this](Contact contact, Queue queue) {
    writers_.push_back(contact);
    return in_line(queue, contact, 0);
  });
  serving_.spawn(recover(center_));
  loop_.run_for(0s);
  center_.add(std::move(lines));
  for (std::size_t i = 0; i < agents; ++i) set_telephone(i, SimPhone::Reaction::answers, 2s);
  for (std::size_t i = 0; i < called_back; ++i) set_customer(i, SimPhone::Reaction::answers, 3s);
}

CenterLife::~CenterLife() {
  journal_.kill();
  customers_.kill();
}

void CenterLife::stop() {
  serving_.spawn(center_.stop());
  loop_.run_for(1s);
}

std::string CenterLife::name_of(std::size_t queue) {
  static const char* const names[queues] = {"calls", "sales", "letters", "crowd"};
  return names[queue % queues];
}

std::string CenterLife::id_of(std::size_t agent) { return std::to_string(1001 + agent % agents); }

void CenterLife::add_queues() {
  center_.add_queue({.name = "calls",
                     .offer_time = 15s,
                     .wrap_up = 10s,
                     .callback = calls_back(CallbackTerms::First::agent)});
  center_.add_queue(
      {.name = "sales",
       .offer_time = longest_offer,
       .misses_allowed = 2,
       .wrap_up = 5s,
       .limit = 3,
       .overflows =
           {{.when = Overflow::When::full, .to = Overflow::To::queue, .target = "calls"},
            {.when = Overflow::When::waited, .after = 40s, .to = Overflow::To::queue, .target = "calls"}},
       .wrap_up_mode = WrapUpMode::forced,
       .strategy = Strategy::fewest_contacts,
       .weight = 3,
       .callback = calls_back(CallbackTerms::First::customer)});
  center_.add_queue({.name = "letters",
                     .offer_time = 12s,
                     .wrap_up = 20s,
                     .dispositions = {"settled", "later"},
                     .strategy = Strategy::round_robin,
                     .requirement = Requirement::parse("zh >= 2"),
                     .relaxed = {{25s, Requirement::parse("zh")}}});
  center_.add_queue(
      {.name = "crowd",
       .offer_time = 10s,
       .misses_allowed = 2,
       .wrap_up = 5s,
       .overflows =
           {{.when = Overflow::When::nobody, .to = Overflow::To::closed},
            {.when = Overflow::When::waited, .after = 60s, .to = Overflow::To::queue, .target = "calls"}},
       .strategy = Strategy::ring_all,
       .fairness = Fairness::service_level});
  for (std::size_t i = 0; i < queues; ++i)
    center_.serve("800" + std::to_string(i), [line = queue(i)](Call call) { return reception(call, line); });
}

void CenterLife::add_agents() {
  for (std::size_t i = 0; i < agents; ++i) {
    Agent agent = center_.add_agent({.id = id_of(i),
                                     .name = "",
                                     .address = Address("sim:" + id_of(i)),
                                     .follows_phone = i == 3,
                                     .skills = {{"zh", static_cast<int>(i)}},
                                     .capacity = {.units = 2, .takes = {{Channel::chat, 1}}, .at_most = {}}});
    for (std::size_t q = 0; q < queues; ++q)
      if ((i + q) % 4 != 3) queue(q).add(agent, static_cast<int>(i % 2));
  }
}

void CenterLife::call(std::size_t queue, Duration patience) {
  forget_who_left();
  callers_.push_back(lines_->call("sim:anna", Address("sim:800" + std::to_string(queue % queues)),
                                  [patience](SimParty party) { return testing::caller(party, patience); }));
}

void CenterLife::write(std::size_t number, Channel channel, int priority) {
  forget_who_left();
  Contact contact = center_.open({.channel = channel, .from = "sim:bert", .reason = "wrote"});
  writers_.push_back(contact);
  serving_.spawn(in_line(queue(number), contact, priority));
}

void CenterLife::ask_for_call(std::size_t number, std::size_t who, Duration later) {
  CallbackRequest request{.to = customer(who), .from = "sim:8000"};
  if (later > Duration::zero()) request.at = loop_.wall_time() + later;
  writers_.push_back(queue(number).call_back(std::move(request)));
}

void CenterLife::set_customer(std::size_t who, SimPhone::Reaction reaction, Duration rings) {
  lines_->set_phone(std::string(customer(who).user()),
                    {.reaction = reaction, .rings = rings, .behavior = [this](SimParty phone) -> Task<> {
                       callers_.push_back(phone);
                       co_await phone.wait(200s);
                     }});
}

void CenterLife::forget_who_left() {
  std::erase_if(callers_, [](const SimParty& party) { return !party.live(); });
  std::erase_if(writers_, [](const Contact& contact) { return contact.closed(); });
}

SimParty* CenterLife::caller(std::size_t number) {
  forget_who_left();
  return callers_.empty() ? nullptr : &callers_[number % callers_.size()];
}

SimParty* CenterLife::telephone(std::size_t agent) {
  const auto found = telephones_.find(id_of(agent));
  return found == telephones_.end() || !found->second.live() ? nullptr : &found->second;
}

void CenterLife::set_telephone(std::size_t agent, SimPhone::Reaction reaction, Duration rings) {
  const std::string id = id_of(agent);
  lines_->set_phone(id,
                    {.reaction = reaction, .rings = rings, .behavior = [this, id](SimParty phone) -> Task<> {
                       telephones_.insert_or_assign(id, phone);
                       co_await phone.ended();
                     }});
}

}  // namespace vcsr::testing
