// SPDX-License-Identifier: Apache-2.0
#include "core/center_impl.hpp"

#include <utility>

#include "core/agent_impl.hpp"
#include "core/callback.hpp"
#include "core/caller_list_impl.hpp"
#include "core/contact_service.hpp"
#include "core/listening.hpp"
#include "core/mailbox_impl.hpp"
#include "core/on_record.hpp"
#include "core/parking.hpp"
#include "core/recorder_impl.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/version.hpp"

namespace vcsr {

Center::Impl::Impl(Loop& loop, Journal& journal, CustomerStore& customers, CenterOptions options)
    : services(std::make_shared<Services>(loop, journal, customers, std::move(options))),
      scope_(loop, [log = services->log](std::exception_ptr error) {
        try {
          std::rethrow_exception(error);
        } catch (const std::exception& failure) {
          log.error("a call could not be closed", {{"error", failure.what()}});
        }
      }) {
  services->admit = [this](const std::shared_ptr<Call::Impl>& call) {
    calls.emplace(call->contact->id, call);
  };
  services->dismiss = [this](const std::shared_ptr<Call::Impl>& call) { dismiss(*call); };
  services->call_back = [this](std::shared_ptr<Contact::Impl> contact) { call_back(std::move(contact)); };
  services->append(events::center_started, "", {{"version", VCSR_VERSION}});
}

Center::Impl::~Impl() {
  services->suspended = true;
  scope_.cancel();
  services->background.cancel();
  for (const auto& [id, call] : calls) abandon(*call);
  calls.clear();
  interrupt_contacts(*services);
  services->append(events::center_stopped, "", {});
  services->dispatch.close();
  services->drivers.clear();
  services->mailboxes.clear();
  services->caller_lists.clear();
  services->agents.clear();
  services->files.reset();
  services->open = false;
}

Driver& Center::Impl::add(std::unique_ptr<Driver> driver) {
  entrances_.push_back(std::make_unique<Entrance>(*this, *driver));
  driver->start(services->loop, *entrances_.back());
  services->drivers.push_back(std::move(driver));
  for (const auto& [name, mailbox] : services->mailboxes) mailbox->notify();
  for (auto& contact : std::exchange(uncalled_, {})) call_back(std::move(contact));
  return *services->drivers.back();
}

void Center::Impl::call_back(std::shared_ptr<Contact::Impl> contact) {
  if (services->drivers.empty()) uncalled_.push_back(std::move(contact));
  else services->background.spawn(serve_callback(std::move(contact)));
}

void Center::Impl::dismiss(const Call::Impl& call) {
  calls.erase(call.contact->id);
  if (calls.empty() && emptied_) emptied_->set({});
}

std::shared_ptr<Call::Impl> Center::Impl::admit(Driver& driver, const Arrival& arrival,
                                                const char* direction) {
  auto call = std::make_shared<Call::Impl>(services, driver, arrival.from, arrival.to);
  Contact::Impl& contact = *call->contact;
  contact.outgoing = direction == std::string_view("out");
  contact.phone = arrival.phone;
  contact.append(events::contact_arrived, {{"channel", to_string(contact.channel)},
                                           {"from", contact.from.uri},
                                           {"to", contact.to.uri},
                                           {"name", contact.from.name},
                                           {"direction", direction},
                                           {"driver_id", arrival.id}});
  calls.emplace(contact.id, call);
  return call;
}

std::shared_ptr<const Dialogue> Center::Impl::dialogue_of_agents(const std::shared_ptr<Call::Impl>& call,
                                                                 std::string_view number) const {
  if (is_parking_slot(*services, number))
    return std::make_shared<const Dialogue>(
        [call, slot = std::string(number)](Call) { return serve_slot(call, slot); });
  if (!number.empty() && number == services->options.pickup_code)
    return std::make_shared<const Dialogue>([call](Call) { return serve_pickup(call); });
  return nullptr;
}

void Center::Impl::arrive(Driver& driver, std::unique_ptr<Leg> leg, const Arrival& arrival) {
  if (stopping) {
    leg->hang_up(Cause::congestion);
    return;
  }
  const auto call = admit(driver, arrival, "in");
  call->leg = std::move(leg);
  call->leg->listen(*call);
  if (const std::optional<ListedCaller> listed = listed_caller(*services, *call->contact)) {
    note_listed(*call->contact, *listed);
    if (listed->list->options.kind == CallerListOptions::Kind::blocked) {
      scope_.spawn(run(call, turning_away(listed->list->options)));
      return;
    }
  }
  auto dialogue = dialogues.find(arrival.to.user());
  if (dialogue == dialogues.end()) {
    if (auto own = dialogue_of_agents(call, arrival.to.user())) {
      scope_.spawn(run(call, std::move(own)));
      return;
    }
  }
  if (dialogue == dialogues.end()) dialogue = dialogues.find("*");
  if (dialogue != dialogues.end()) {
    scope_.spawn(run(call, dialogue->second));
    return;
  }
  services->log.warning("nothing serves this number", {{"to", arrival.to.uri}, {"from", arrival.from.uri}});
  scope_.spawn(run(call, std::make_shared<const Dialogue>([](Call stranger) -> Task<> {
                     stranger.reject(Cause::not_found);
                     co_return;
                   })));
}

void Center::Impl::device(const std::string& user, bool reachable) {
  for (const auto& [name, mailbox] : services->mailboxes)
    if (reachable && mailbox->options.phone.user() == user) mailbox->notify();
  for (auto& [id, agent] : services->agents)
    if (agent->options.follows_phone && agent->options.address.user() == user) agent->phone(reachable);
}

Task<> Center::Impl::run(std::shared_ptr<Call::Impl> call, std::shared_ptr<const Dialogue> dialogue) {
  bool ended = false;
  try {
    call->require_live();
    Task<> writing = on_record(call);
    co_await std::move(writing);
    if (call->answered) {
      Task<> recording = record_whole_call(call);
      co_await std::move(recording);
    }
    Task<> talk = (*dialogue)(Call(call));
    co_await std::move(talk);
    ended = true;
  } catch (const Hangup&) {
    ended = false;
  } catch (const std::exception& error) {
    call->contact->error = error.what();
    call->contact->append(events::dialogue_failed, {{"error", error.what()}});
    services->log.error("a dialogue failed", {{"contact", call->contact->id}, {"error", error.what()}});
  }
  call->hang_up(call->contact->error.empty() ? Cause::normal : Cause::failed);
  Task<> closing = close(call, ended);
  co_await std::move(closing);
}

Task<> Center::Impl::close(std::shared_ptr<Call::Impl> call, bool dialogue_ended) {
  for (std::size_t i = 0; i < call->recorders.size(); ++i) {
    Task<RecordingResult> stopping_recorder = call->recorders[i].stop();
    co_await std::move(stopping_recorder);
  }
  call->recorders.clear();
  call->drop_legs();
  ContactRecord record = call->contact->close(dialogue_ended, call->cause);
  try {
    Task<> keeping = services->customers.keep(std::move(record));
    co_await std::move(keeping);
  } catch (const Error& error) {
    // The journal has it all; the store is derived from it.
    services->log.error("a contact's record is not in the store",
                        {{"contact", call->contact->id}, {"error", error.what()}});
  }
  dismiss(*call);
}

void Center::Impl::abandon(Call::Impl& call) {
  call.contact->interrupted = true;
  call.hang_up(Cause::normal);
  call.recorders.clear();
  call.drop_legs();
  if (call.contact->outcome || (call.contact->callback && !call.contact->served)) return;
  Task<> keeping = services->customers.keep(call.contact->close(false, call.cause));
  keeping.start();
}

class Center::Impl::Ringing {
 public:
  Ringing(Impl& center, std::shared_ptr<Call::Impl> call)
      : center_(center), call_(std::move(call)), services_(call_->services), began_(services_->loop.now()) {}
  Ringing(const Ringing&) = delete;
  Ringing& operator=(const Ringing&) = delete;
  ~Ringing() {
    if (over_ || !services_->open) return;
    end();
    call_->hang_up(Cause::normal);
    center_.scope_.spawn(center_.close(call_, false));
  }

  void dial() { began_ = services_->loop.now(); }

  /// What came of it.
  Outgoing end() {
    if (ended_) return *ended_;
    Outgoing outgoing;
    outgoing.rang = services_->loop.now() - began_;
    if (call_->live() && !call_->answered) call_->hang_up(Cause::no_answer);
    outgoing.cause = call_->answered ? Cause::normal : call_->cause;
    outgoing.reached = call_->answered ? Reached::answered : reached_by(call_->cause);
    call_->contact->append(events::contact_dialed, {{"result", to_string(outgoing.reached)},
                                                    {"cause", to_string(outgoing.cause)},
                                                    {"rang", seconds(outgoing.rang)},
                                                    {"trunk", call_->leg ? call_->leg->trunk() : ""}});
    if (call_->answered) outgoing.call = Call(call_);
    ended_ = outgoing;
    return outgoing;
  }

  /// Nobody is left to serve the call when the center has gone meanwhile.
  void go_on(std::shared_ptr<const Dialogue> dialogue) {
    over_ = true;
    if (services_->open) center_.scope_.spawn(center_.run(call_, std::move(dialogue)));
  }

 private:
  Impl& center_;
  std::shared_ptr<Call::Impl> call_;
  std::shared_ptr<Services> services_;
  Timestamp began_;
  std::optional<Outgoing> ended_;
  bool over_ = false;
};

Task<Outgoing> Center::Impl::dial(Address to, std::shared_ptr<const Dialogue> dialogue,
                                  OutgoingOptions options) {
  Driver* driver = services->driver_for(to);
  if (!driver || stopping) co_return Outgoing();
  const auto call = admit(*driver, {.from = options.from, .to = to, .id = {}}, "out");
  const DialOptions dialing{.from = options.from, .hide_from = options.hide_from};
  Loop& loop = services->loop;
  Ringing ringing(*this, call);
  try {
    Task<> writing = on_record(call);
    co_await std::move(writing);
    ringing.dial();
    call->leg = driver->dial(to, *call, dialing);
    Task<Cause> answer = listen_while_ringing(call);
    std::optional<Cause> told = co_await within(loop, options.ring_time, std::move(answer));
    if (told && *told != Cause::normal) call->hang_up(*told);
  } catch (const Hangup&) {
    // Told by what the call ended with.
  }
  Outgoing outgoing = ringing.end();
  Task<> writing = on_record(call->services, call->contact->id);
  co_await std::move(writing);
  ringing.go_on(std::move(dialogue));
  co_return outgoing;
}

Task<> Center::Impl::stop() {
  stopping = true;
  services->suspended = true;
  services->dispatch.close();
  for (const auto& [id, call] : std::map(calls)) {
    call->contact->interrupted = true;
    call->hang_up(Cause::normal);
  }
  emptied_.emplace(services->loop);
  if (calls.empty()) emptied_->set({});
  co_await *emptied_;
  for (const auto& driver : services->drivers) driver->stop();
  Task<> durable = services->journal.durable();
  co_await std::move(durable);
}

}  // namespace vcsr
