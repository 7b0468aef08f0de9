// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// How long those who wait will wait: (j + 1) · AHT / N for whom j are ahead of, where AHT is the mean of a
/// queue's recent handlings (talk, hold and wrap-up) and N the agents at work there, of whom one in several
/// queues counts by the share of her work that comes from each. A fold over what the center journals, so that
/// it is the same live, from history and in simulation; it keeps its own error.
class WaitEstimates {
 public:
  /// Of estimates and the real waits of those answered.
  struct Accuracy {
    std::size_t estimates = 0;
    std::size_t close = 0;  ///< within a fifth of the wait
    Duration off{};         ///< in all, one way or the other
  };

  /// What a handling takes while none was measured; zero: then nothing is estimated.
  void expect(const std::string& queue, Duration handling) { line(queue).expected = handling; }
  void join(const std::string& agent, const std::string& queue);
  void leave(const std::string& agent, const std::string& queue);
  void apply(std::string_view type, const std::string& subject, const Facts& data);

  /// Zero where nobody is ahead and an agent is ready; nothing where nobody is at work or nothing was
  /// measured.
  std::optional<Duration> estimate(const std::string& queue, std::size_t ahead) const;
  /// N, for explanations.
  double agents_at_work(const std::string& queue) const;
  Accuracy accuracy(const std::string& queue) const;

 private:
  static constexpr std::size_t remembered = 32;

  struct Line {
    std::array<Duration, remembered> recent{};
    std::size_t handlings = 0;
    Duration recent_sum{}, expected{};
    double at_work = 0;
    std::size_t ready = 0;
    Accuracy accuracy;
    std::unordered_map<std::string, Duration> told;  ///< by contact
  };
  /// What of an agent's work was one queue's.
  struct Share {
    Line* line;
    double seconds;
  };
  struct Worker {
    std::vector<Share> worked;
    Line* from = nullptr;  ///< the queue of what is in hand
    Duration in_hand{};
    bool at_work = false, ready = false;
  };

  void change(const std::string& agent, const Facts& data);
  void finish(Worker& worker);
  void end_wait(const std::string& contact, const Facts& data);
  /// Adds what the agent is to its queues, or takes it away.
  void count(const Worker& worker, int sign);
  Line& line(std::string_view queue);

  std::map<std::string, Line, std::less<>> queues_;
  std::unordered_map<std::string, Worker> agents_;
};

}  // namespace vcsr
