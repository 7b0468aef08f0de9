// SPDX-License-Identifier: Apache-2.0
// Records a call, but not the secret that is said in between: ask_secret() and Recorder::Pause leave
// silence of the same length. Virtual lines carry no sound, so the journal tells what would be in the file.
#include <cstdio>

#include <vcsr/vcsr.hpp>

using namespace vcsr;
using namespace std::chrono_literals;

Task<> pay_by_card(Call call) {
  co_await call.answer();
  Recorder recorder = call.record();
  co_await call.say(Prompt::words("This call is recorded."));
  Secret card = co_await call.ask_secret(Prompt::words("Please enter your card number."), {.max_digits = 16});
  if (card.reveal().size() < 16) co_return;
  {
    Recorder::Pause pause = recorder.pause();
    co_await call.say(Prompt::words("The last four digits are " + card.reveal().substr(12) + "."));
  }
  call.contact().settle("paid");
  co_await call.say(Prompt::words("Thank you."));
}

Task<> payer(SimParty party) {
  co_await party.hears("card number");
  party.press("6222000011112222");
  co_await party.ended();
}

int main() {
  SimLoop loop;
  const auto journal = make_memory_journal(loop);
  const auto customers = make_memory_customers(loop);
  Center center(loop, *journal, *customers, {.recordings = "recordings"});
  center.serve("*", pay_by_card);
  auto& lines = static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>()));

  std::string story;
  const auto following = journal->follow(
      1, [&](const JournalEntry& entry) { story += entry.type + " " + to_json(entry.data) + "\n"; });
  lines.call("tel:+8613800000001", "sim:100", payer);
  loop.run();

  std::printf("%s", story.c_str());
  const bool paused = story.find("recording.paused") != story.npos;
  const bool leaked = story.find("6222000011112222") != story.npos;
  return paused && !leaked ? 0 : 1;
}
