// SPDX-License-Identifier: Apache-2.0
// Answers every call, says hello and hangs up. The line is a virtual one; with the SIP driver in its
// place the same dialogue serves real telephones (see bank/main.cpp).
#include <cstdio>

#include <vcsr/vcsr.hpp>

using namespace vcsr;

Task<> hello(Call call) {
  co_await call.answer();
  co_await call.say(Prompt::words("Hello, world."));
}

Task<> listener(SimParty party) { co_await party.ended(); }

int main() {
  SimLoop loop;
  const auto journal = make_memory_journal(loop);
  const auto customers = make_memory_customers(loop);
  Center center(loop, *journal, *customers);
  center.serve("*", hello);
  auto& lines = static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>()));

  SimParty caller = lines.call("tel:+8613800000001", "sim:100", listener);
  loop.run();

  for (const std::string& words : caller.heard()) std::printf("%s\n", words.c_str());
  return caller.heard() == std::vector<std::string>{"Hello, world."} ? 0 : 1;
}
