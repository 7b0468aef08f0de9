// SPDX-License-Identifier: Apache-2.0
// How a caller asks to be called back: at which number, and when.
#include <utility>

#include "core/callback.hpp"
#include "core/callback_phrases.hpp"
#include "core/caller_number.hpp"
#include "core/on_record.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr int most_tries = 3;

bool is_telephone(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  return number.size() >= 2 && number.find_first_not_of("0123456789") == number.npos;
}

/// What the caller has said so far.
struct Wish {
  std::optional<Address> to;
  std::optional<WallTime> at;
};

/// Where she calls from, if she may be called there.
std::optional<Address> own_number(const Contact::Impl& contact, const CallbackTerms& terms) {
  const Address& address = contact.customer_address();
  const std::string number = number_of(address);
  if (number == withheld || !refusal_of(terms, number).empty()) return std::nullopt;
  return Address(address.uri);
}

/// A line leads there, or a telephone that is registered here.
Address address_of(const Services& services, const Contact::Impl& contact, const std::string& number) {
  const std::string scheme(contact.customer_address().scheme());
  if (scheme != "sip" && scheme != "sips") return Address(scheme + ":" + number);
  const Address line("tel:" + number);
  return services.driver_for(line) ? line : Address("sip:" + number);
}

Task<std::string> ask(std::shared_ptr<Call::Impl> call, Prompt question, AskOptions options) {
  Task<Heard> asking = Call(call).ask(std::move(question), options);
  const Heard heard = co_await std::move(asking);
  co_return heard.kind == Heard::Kind::digits ? heard.text : std::string();
}

Task<> type_number(std::shared_ptr<Call::Impl> call, CallbackTerms terms, Wish& wish) {
  const CallbackPhrases phrases(call->contact->language);
  AskOptions options;
  options.max_digits = 20;
  for (int tries = 0; tries < most_tries; ++tries) {
    Task<std::string> asking = ask(call, phrases.number(), options);
    const std::string typed = co_await std::move(asking);
    const std::string number = normal_number(typed);
    if (is_telephone(number) && refusal_of(terms, number).empty()) {
      wish.to = address_of(*call->services, *call->contact, number);
      co_return;
    }
    Task<> refusing = Call(call).say(phrases.no_number());
    co_await std::move(refusing);
  }
}

/// False when she would rather stay.
Task<bool> choose_number(std::shared_ptr<Call::Impl> call, CallbackTerms terms, Wish& wish) {
  const bool others = !terms.numbers.empty();
  const CallbackPhrases phrases(call->contact->language);
  if (wish.to && !terms.confirm) co_return true;
  if (wish.to) {
    AskOptions options;
    options.tries = 2;
    options.terminator = 0;
    options.choices = others ? "12*" : "1*";
    const std::string number = number_of(*wish.to);
    Task<std::string> asking = ask(call, phrases.confirmation(number, others), options);
    const std::string choice = co_await std::move(asking);
    if (choice == "1") co_return true;
    wish.to.reset();
    if (choice != "2") co_return false;
  }
  Task<> typing = others ? type_number(call, terms, wish) : Call(call).say(phrases.no_number());
  co_await std::move(typing);
  co_return wish.to.has_value();
}

/// False when there was no moment at which somebody is there.
Task<bool> choose_time(std::shared_ptr<Call::Impl> call, CallbackTerms terms, Wish& wish) {
  if (!terms.hours) co_return true;
  const CallbackPhrases phrases(call->contact->language);
  const Loop& loop = call->services->loop;
  AskOptions options;
  options.tries = 2;
  options.terminator = 0;
  options.choices = "12";
  Task<std::string> asking = ask(call, phrases.moment(), options);
  const std::string choice = co_await std::move(asking);
  if (choice != "2") co_return choice == "1";
  AskOptions digits;
  digits.max_digits = 4;
  for (int tries = 0; tries < most_tries; ++tries) {
    Task<std::string> typing = ask(call, phrases.time(), digits);
    const std::string time = co_await std::move(typing);
    wish.at = next_at(*terms.hours, loop.wall_time(), time);
    if (wish.at && terms.hours->open_at(*wish.at)) co_return true;
    wish.at.reset();
    Task<> refusing = Call(call).say(phrases.no_time());
    co_await std::move(refusing);
  }
  co_return false;
}

Task<bool> ask_all(std::shared_ptr<Call::Impl> call, CallbackTerms terms, Wish& wish) {
  call->forget_digits();
  Task<bool> numbering = choose_number(call, terms, wish);
  const bool numbered = co_await std::move(numbering);
  if (!numbered) co_return false;
  Task<bool> timing = choose_time(call, terms, wish);
  const bool timed = co_await std::move(timing);
  co_return timed;
}

}  // namespace

Task<CallbackAnswer> offer_callback(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                                    int priority, Duration waited, bool pressed) {
  const CallbackTerms& terms = *queue->options.callback;
  const CallbackPhrases phrases(call->contact->language);
  CallbackAnswer answer;
  Wish wish{own_number(*call->contact, terms), {}};
  const std::optional<Address> own = wish.to;
  const Timestamp began = call->services->loop.now();
  bool wanted = false;
  try {
    Task<bool> asking = ask_all(call, terms, wish);
    wanted = co_await std::move(asking);
  } catch (const Hangup&) {
    // Whoever asked for it, and can be called where she called from, need not hear all that.
    if (!pressed || !own) throw;
    wish = {own, {}};
    wanted = true;
    answer.hung_up = std::current_exception();
  } catch (const Error& error) {
    call->services->log.error("a caller cannot be asked about a callback",
                              {{"contact", call->contact->id}, {"error", error.what()}});
  }
  if (!wanted) co_return answer;
  std::optional<Prompt> why_not;
  CallbackRequest request{.to = *wish.to, .at = wish.at, .priority = priority};
  request.waited = waited + (call->services->loop.now() - began);
  try {
    open_callback(queue, std::move(request), call->contact.get());
  } catch (const Error& error) {
    call->services->log.info("a caller is not called back",
                             {{"contact", call->contact->id}, {"why", error.what()}});
    why_not = phrases.already();
  }
  if (!why_not) {
    answer.taken = true;
    Contact(call->contact).settle("callback asked");
  }
  if (answer.hung_up) {
    if (!answer.taken) std::rethrow_exception(answer.hung_up);
    co_return answer;
  }
  try {
    if (answer.taken) {
      Task<> writing = on_record(call);
      co_await std::move(writing);
    }
    Task<> telling = Call(call).say(why_not ? *why_not : phrases.kept());
    co_await std::move(telling);
  } catch (const Hangup&) {
    if (!answer.taken) throw;
    answer.hung_up = std::current_exception();
  } catch (const Error& error) {
    call->services->log.error("a caller cannot be told about a callback",
                              {{"contact", call->contact->id}, {"error", error.what()}});
  }
  co_return answer;
}

}  // namespace vcsr
