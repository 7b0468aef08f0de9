// SPDX-License-Identifier: Apache-2.0
#include "answers.hpp"

using namespace vcsr;

Task<Prompt> balance(Ledger& ledger, std::string number) {
  Money amount = co_await ledger.balance(number);
  co_return Prompt("balance").with("amount", Spoken::money(amount));
}

Task<Prompt> transactions(Ledger& ledger, std::string number, std::string language) {
  std::vector<Transaction> last = co_await ledger.transactions(number, language);
  Prompt list = last.empty() ? "no-transactions" : "transactions";
  for (const Transaction& one : last) {
    const Money amount{std::abs(one.amount.minor), one.amount.currency};
    list = list + Prompt(one.amount.minor < 0 ? "paid" : "received")
                      .with("day", Spoken::date(one.day))
                      .with("amount", Spoken::money(amount))
                      .with("party", one.party);
  }
  co_return list;
}

Task<Prompt> rates(Ledger& ledger, std::string language) {
  std::vector<Rate> rates = co_await ledger.rates(language);
  Prompt list = "rates";
  for (const Rate& rate : rates)
    list = list + Prompt("rate").with("name", rate.name).with("percent", rate.percent);
  co_return list;
}

Task<Prompt> hours(Ledger& ledger, std::string language) {
  std::vector<Branch> branches = co_await ledger.branches(language);
  Prompt list = "hours";
  for (const Branch& branch : branches)
    list = list + Prompt("branch")
                      .with("name", branch.name)
                      .with("opens", Spoken::time(branch.opens))
                      .with("closes", Spoken::time(branch.closes));
  co_return list;
}
