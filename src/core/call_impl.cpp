// SPDX-License-Identifier: Apache-2.0
#include "core/call_impl.hpp"

#include <string.h>

#include <utility>

#include "core/merger.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// What nobody asks for is kept for the next question, but not for ever.
constexpr std::size_t most_digits = 64;

}  // namespace

Call::Impl::Impl(std::shared_ptr<Services> owner, Driver& driver, Address from, Address to)
    : Impl(owner, driver,
           std::make_shared<Contact::Impl>(owner, Channel::voice, std::move(from), std::move(to))) {}

Call::Impl::Impl(std::shared_ptr<Services> owner, Driver& driver, std::shared_ptr<Contact::Impl> whose)
    : services(std::move(owner)),
      contact(std::move(whose)),
      driver(driver),
      music(services->options.music),
      conversation(*this),
      errands(services->loop) {
  // One piece of memory for all of them: what grows leaves copies behind.
  digits.reserve(most_digits);
  services->open_calls.push_back(this);
}

void Call::Impl::forget_digits() {
  explicit_bzero(digits.data(), digits.capacity());
  digits.clear();
}

void Call::Impl::on_ringing() { contact->append(events::contact_ringing); }

void Call::Impl::on_answered() {
  if (answered) return;
  answered = contact->answered = true;
  awaited = false;
  contact->append(events::contact_answered);
  conversation.customer.record.answered = services->loop.wall_time();
  conversation.apply();
}

void Call::Impl::on_played() {
  playing = false;
  stir();
}

void Call::Impl::on_play_failed(const std::string& why) {
  playing = false;
  play_error = why;
  stir();
}

void Call::Impl::on_digit(char digit) {
  press_withdrawal_key(*this, digit);
  if (digit == std::exchange(spent_terminator, 0)) return;
  if (digits.size() < most_digits) digits += digit;
  stir();
}

void Call::Impl::on_digits_sent() {
  sending_digits = false;
  stir();
}

void Call::Impl::on_held(bool held) {
  contact->append(events::contact_held, {{"held", held}, {"leg", Parties::customer}, {"by", "customer"}});
  conversation.customer.away = held;
  conversation.apply();
}

void Call::Impl::on_referred(Cause outcome) {
  referred = outcome;
  stir();
}

bool Call::Impl::on_attended_transfer(Leg& other) {
  return answered && request_merger(*this, nullptr, other);
}

// The same customer at another telephone, or somebody she was passed on to.
bool Call::Impl::on_replaced(std::unique_ptr<Leg>& by, const Arrival& arrival) {
  if (!live() || !answered) return false;
  const std::unique_ptr<Leg> before = std::exchange(leg, std::move(by));
  before->tap(nullptr);
  before->hang_up(Cause::normal);
  leg->listen(*this);
  leg->answer();
  // The recording goes on where she does.
  if (recording.tap) leg->tap(recording.tap);
  ears.moved();
  conversation.customer_moved();
  contact->append(events::leg_replaced, {{"leg", Parties::customer}, {"by", arrival.from.uri}});
  return true;
}

void Call::Impl::on_hung_up(Cause why) { end(why); }

void Call::Impl::require_live() const {
  if (!live()) throw Hangup();
}

void Call::Impl::play(const Prompt& prompt, bool repeat) {
  ++plays;
  playing = true;
  play_error.clear();
  const std::string& language = prompt.language().empty() ? contact->language : prompt.language();
  leg->play(prompt, language, {.repeat = repeat});
}

void Call::Impl::stop_playing() {
  if (!std::exchange(playing, false)) return;
  leg->stop_playing();
  stir();
}

void Call::Impl::hang_up(Cause why) {
  if (!live()) return;
  if (leg) leg->hang_up(why);
  end(why);
}

std::unique_ptr<Leg> Call::Impl::give_leg() {
  ears.end();
  std::unique_ptr<Leg> given = std::move(leg);
  given->tap(nullptr);
  end(Cause::normal);
  return given;
}

void Call::Impl::stir() {
  for (Until<std::monostate>* waiting : std::exchange(changes, {})) waiting->set({});
}

// Legs and party are destroyed by the center once the dialogue has unwound: this may run inside a
// callback of one of them.
void Call::Impl::end(Cause why) {
  if (!live()) return;
  cause = why;
  playing = false;
  waiters.end();
  ears.end();
  conversation.end(why);
}

void Call::Impl::drop_legs() {
  errands.reset();
  conversation.drop_legs();
  leg.reset();
}

Task<> change(std::shared_ptr<Call::Impl> call) {
  struct Registered {
    explicit Registered(Call::Impl& call) : call(call), event(call.services->loop, call.waiters) {
      call.changes.push_back(&event);
    }
    ~Registered() { std::erase(call.changes, &event); }
    Call::Impl& call;
    Until<std::monostate> event;
  };
  Registered registered(*call);
  co_await registered.event;
}

}  // namespace vcsr
