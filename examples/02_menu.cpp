// SPDX-License-Identifier: Apache-2.0
// Puts a question, in the language the caller chooses. Prompts have names; what they are in each
// language stands in a catalog, or in a folder of files.
#include <cstdio>

#include <vcsr/vcsr.hpp>

using namespace vcsr;
using namespace std::chrono_literals;

Task<> opening_hours(Call call) {
  co_await call.answer();
  Heard language = co_await call.ask("language", {.tries = 2, .choices = "12"});
  if (language.text == "2") call.contact().set_language("zh");

  Heard day = co_await call.ask("which-day", {.tries = 3, .first_digit = 8s, .choices = "12"});
  if (day.kind != Heard::Kind::digits) co_return;
  const auto closes = day.text == "1" ? 17h : 12h;
  Prompt answer = Prompt("hours").with("opens", Spoken::time(9h)).with("closes", Spoken::time(closes));
  call.contact().settle("opening hours told");
  co_await call.say(answer);
}

PromptCatalog catalog() {
  PromptCatalog catalog;
  catalog.add("en", "language", {.text = "For English, press 1. 中文请按2。", .file = ""});
  catalog.add("en", "which-day", {.text = "For weekdays, press 1, for Saturday, 2.", .file = ""});
  catalog.add("zh", "which-day", {.text = "查询工作日请按1，查询周六请按2。", .file = ""});
  catalog.add("en", "hours", {.text = "We are open from {opens} to {closes}.", .file = ""});
  catalog.add("zh", "hours", {.text = "营业时间为{opens}至{closes}。", .file = ""});
  return catalog;
}

/// Chooses Chinese, presses a key that means nothing, then asks for Saturday.
Task<> chinese_caller(SimParty party) {
  co_await party.hears("language");
  party.press("2");
  co_await party.hears("which-day");
  party.press("7");
  co_await party.hears("which-day");
  party.press("2");
  co_await party.ended();
}

int main() {
  SimLoop loop;
  const auto journal = make_memory_journal(loop);
  const auto customers = make_memory_customers(loop);
  Center center(loop, *journal, *customers);
  center.serve("*", opening_hours);
  auto& lines =
      static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>(SimOptions{.catalog = catalog()})));

  SimParty caller = lines.call("tel:+8613800000001", "sim:100", chinese_caller);
  loop.run();

  for (const std::string& words : caller.heard()) std::printf("%s\n", words.c_str());
  return caller.heard().back() == "营业时间为上午九点至中午十二点。" ? 0 : 1;
}
