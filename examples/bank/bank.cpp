// SPDX-License-Identifier: Apache-2.0
#include "bank.hpp"

#include <array>
#include <memory>
#include <optional>

#include <vcsr/rule_set.hpp>

#include "answers.hpp"
#include "common/settings.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

struct Bank {
  Bank(Center& center, Loop& loop, const Settings& settings)
      : database(loop, settings, "bank.sql"),
        rules(RuleSet::load(settings.path(settings.text("rules")))),
        service(center.queue(settings.text("queue"))),
        record(settings.flag("record")) {}

  Database database;
  Ledger ledger{database};
  RuleSet rules;
  Queue service;
  bool record;
};
using BankPtr = std::shared_ptr<Bank>;

/// Leaves the self-service from wherever it is, as a hang-up does.
struct PersonWanted {
  Reason reason;
  const char* said = "one-moment";  ///< what the customer is told
  const char* trouble = "";         ///< what the rules are told
};

/// Every question of the bank: 0 is a person.
Task<Heard> ask(Call call, Prompt question, AskOptions options) {
  Heard heard = co_await call.ask(question, options);
  if (heard.text == "0") throw PersonWanted{Reason("asked for a person")};
  co_return heard;
}

Task<> choose_language(Call call) {
  constexpr std::array<const char*, 4> offered = {"en", "zh", "en", "zh"};
  for (const char* language : offered) {
    Prompt question = Prompt("choose-language").in(language);
    Heard choice = co_await ask(call, question, {.first_digit = 2s, .choices = "120"});
    if (choice.kind != Heard::Kind::digits) continue;
    call.contact().set_language(choice.text == "2" ? "zh" : "en");
    co_return;
  }
}

/// By the number that calls, or else by the one on the card.
Task<AccountHolder> recognize(BankPtr bank, Call call) {
  CustomerContext customer = call.customer();
  bool known = co_await customer.identify();
  const std::string phone = normalized_phone(call.from().uri);
  std::optional<AccountHolder> holder = co_await bank->ledger.find(phone);
  if (holder) {
    call.contact().set_verification(Verification::number);
    call.contact().set_language(holder->language);
    co_return *holder;
  }

  if (!known) co_await choose_language(call);
  const std::string chosen = call.contact().language();
  Prompt question = Prompt("welcome") + "account-number";
  for (int tries = 0; tries < 3; ++tries) {
    Heard number = co_await ask(call, question, {.max_digits = 8, .first_digit = 10s});
    holder = co_await bank->ledger.find(number.text);
    if (holder) {
      const Identity account{"account", number.text};
      co_await customer.identify(account);
      call.contact().set_language(chosen);
      co_return *holder;
    }
    question = Prompt("unknown-number") + "account-number";
  }
  throw PersonWanted{Reason("customer number not known")};
}

Task<> check_pin(BankPtr bank, Call call, AccountHolder holder) {
  Prompt question = Prompt("welcome") + "enter-pin";
  for (int tries = 0; tries < 3; ++tries) {
    Secret pin = co_await call.ask_secret(question, {.max_digits = 4, .tries = 2, .first_digit = 8s});
    if (pin.matches("0")) throw PersonWanted{Reason("asked for a person")};
    if (pin.empty()) throw PersonWanted{Reason("entered no PIN")};
    bool right = co_await bank->ledger.pin_is_right(holder.number, pin);
    if (right) {
      call.contact().set_verification(Verification::pin);
      co_return;
    }
    question = Prompt("wrong-pin") + "enter-pin";
  }
  throw PersonWanted{Reason("entered three wrong PINs"), "pin-locked", "pin"};
}

Task<Prompt> answer_to(BankPtr bank, Call call, AccountHolder holder, std::string topic) {
  const std::string language = call.contact().language();
  if (topic == "balance") return balance(bank->ledger, holder.number);
  if (topic == "transactions") return transactions(bank->ledger, holder.number, language);
  if (topic == "rates") return rates(bank->ledger, language);
  return hours(bank->ledger, language);
}

/// Each answer is said together with the menu that follows it: any key cuts it short.
Task<> answer_questions(BankPtr bank, Call call, AccountHolder holder) {
  constexpr std::array<const char*, 5> topics = {"", "balance", "transactions", "rates", "branch hours"};
  Prompt next = "menu";
  for (bool helped = false;; helped = true) {
    Heard choice = co_await ask(call, next, {.tries = 3, .choices = "012349"});
    if (choice.text == "9" || (helped && choice.text.empty())) co_return;
    if (choice.kind != Heard::Kind::digits) throw PersonWanted{Reason("made no choice")};

    const std::string topic = topics[static_cast<std::size_t>(choice.text[0] - '0')];
    call.customer().set("asked_for", topic);
    Prompt answer = co_await answer_to(bank, call, holder, topic);
    call.contact().settle(topic + " told");
    next = answer + "menu";
  }
}

Task<> serve_alone(BankPtr bank, Call call) {
  AccountHolder holder = co_await recognize(bank, call);
  call.customer().set("account", holder.number);
  call.customer().set("segment", holder.segment);
  co_await check_pin(bank, call, holder);
  co_await answer_questions(bank, call, holder);
  co_await call.say("goodbye");
}

Task<> pass_on(BankPtr bank, Call call, PersonWanted wish) {
  Facts facts = call.customer().facts();
  facts.try_emplace("segment", "unknown");
  facts.insert_or_assign("trouble", wish.trouble);
  const Decision decision = bank->rules.decide("priority", facts);
  const ServeOptions options{.priority = std::stoi(decision.text("priority")),
                             .patience = std::chrono::minutes(std::stoi(decision.text("patience")))};

  co_await call.say(wish.said);
  Served served = co_await bank->service.serve(call, wish.reason, options);
  if (served.result == Served::Result::served) co_return;
  Heard answer = co_await call.ask("all-busy", {.tries = 2, .choices = "1"});
  if (answer.text == "1") {
    call.customer().set("call_back", call.from().user());
    co_await call.say("call-back-noted");
  }
  co_await call.say("goodbye");
}

Task<> serve(BankPtr bank, Call call) {
  co_await call.answer();
  if (bank->record) call.record();
  std::optional<PersonWanted> wish;
  try {
    co_await serve_alone(bank, call);
  } catch (const PersonWanted& wanted) {
    wish = wanted;
  } catch (const Error& error) {
    if (error.code() != Error::Code::unavailable) throw;
    wish = PersonWanted{Reason(std::string("accounts cannot be read: ") + error.what()),
                        "accounts-unreachable", "database"};
  }
  if (wish) co_await pass_on(bank, call, *wish);
}

}  // namespace

Dialogue make_bank(Center& center, Loop& loop, const Facts& facts) {
  const Settings settings(facts);
  settings.require_known({"database", "script", "rules", "queue", "record", "simulated"});
  const auto bank = std::make_shared<Bank>(center, loop, settings);
  return [bank](Call call) { return serve(bank, std::move(call)); };
}
