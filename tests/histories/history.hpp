// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace vcsr::testing {

/// One thing that happens: which, and numbers from which whoever plays it takes what it happens to.
struct Step {
  std::uint32_t verb, a, b, c;
};
using History = std::vector<Step>;

/// How many histories a test plays: VCSR_HISTORIES in the environment, else so many.
inline std::uint32_t histories_asked(std::uint32_t otherwise) {
  const char* asked = std::getenv("VCSR_HISTORIES");
  return asked ? static_cast<std::uint32_t>(std::strtoul(asked, nullptr, 10)) : otherwise;
}

inline History random_history(std::uint32_t seed, std::size_t shortest, std::size_t longest) {
  std::mt19937 random(seed);
  const auto draw = [&random] { return static_cast<std::uint32_t>(random() >> 8); };
  History history(shortest + random() % (longest - shortest + 1));
  for (Step& step : history) step = {draw(), draw(), draw(), draw()};
  return history;
}

/// What went wrong, in a process of its own: a failed assertion is a failure like any other.
inline std::string played_apart(const History& history,
                                const std::function<std::string(const History&)>& play) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe can be made";
  const pid_t child = fork();
  if (child == 0) {
    const std::string wrong = play(history);
    _exit(wrong.empty() || write(ends[1], wrong.data(), wrong.size()) < 0 ? 0 : 1);
  }
  close(ends[1]);
  std::string wrong;
  std::array<char, 4096> piece;
  for (ssize_t count = 0; (count = read(ends[0], piece.data(), piece.size())) > 0;)
    wrong.append(piece.data(), static_cast<std::size_t>(count));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? "the program aborts" : wrong;
}

/// Leaves out what the failure does not need.
inline History shortened(History history, const std::function<bool(const History&)>& fails) {
  for (std::size_t part = history.size() / 2; part > 0; part /= 2) {
    for (std::size_t at = 0; at + part <= history.size();) {
      History shorter = history;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at),
                    shorter.begin() + static_cast<std::ptrdiff_t>(at + part));
      if (fails(shorter)) history = std::move(shorter);
      else at += part;
    }
  }
  return history;
}

/// A line per step, to be copied into a test.
template <std::size_t N>
std::string printed(const History& history, const char* const (&verbs)[N]) {
  std::ostringstream text;
  for (const Step& step : history)
    text << "\n  {" << step.verb % N << ", " << step.a << ", " << step.b << ", " << step.c << "},  // "
         << verbs[step.verb % N];
  return text.str();
}

/// Plays as many random histories as are asked for; of the first that goes wrong, what does and the
/// shortest history that does, or "".
template <std::size_t N>
std::string first_failure(std::uint32_t histories, std::size_t shortest, std::size_t longest,
                          const char* const (&verbs)[N],
                          const std::function<std::string(const History&)>& play) {
  for (std::uint32_t seed = 1; seed <= histories; ++seed) {
    const History history = random_history(seed, shortest, longest);
    if (played_apart(history, play).empty()) continue;
    const History least =
        shortened(history, [&play](const History& h) { return !played_apart(h, play).empty(); });
    return "seed " + std::to_string(seed) + ": " + played_apart(least, play) + printed(least, verbs);
  }
  return "";
}

}  // namespace vcsr::testing
