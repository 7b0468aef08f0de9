// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/distribution.hpp"
#include "simulation/endurance.hpp"
#include "simulation/profile.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/channel.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/requirement.hpp"

namespace vcsr {

/// Somebody who came on a recorded day.
struct RecordedVisit {
  Duration at{};  ///< since midnight
  Duration waited{};
  bool gave_up = false;
  std::optional<Duration> talk = {};  ///< with agents; nothing where none was reached
};

/// A stream of contacts of one kind.
struct ContactStream {
  std::string queue;
  Channel channel = Channel::voice;
  Requirement requirement = {};               ///< besides the queue's
  std::vector<ProfileInterval> profile;       ///< arrivals are Poisson within each
  Distribution handling = {};                 ///< how long the talk takes
  std::optional<Distribution> patience = {};  ///< endless without
  Duration limit = Duration::max();           ///< how long the queue lets them wait
  int priority = 0;
  std::vector<RecordedVisit> recorded = {};  ///< who come instead, where there are any
  Endurance endurance = {};                  ///< of those who did not give up
};

/// A time of day from which and until which somebody works.
struct Shift {
  Duration begins{}, ends{};
};

/// Agents who are alike.
struct AgentGroup {
  std::size_t count = 1;
  std::vector<std::string> queues;
  std::vector<Shift> shifts;  ///< empty: all day
  Skills skills = {};
  Capacity capacity = {};
  Duration rings{};  ///< how long until they take what they are offered
};

/// A day to be simulated. Times of day count from midnight.
struct Scenario {
  Duration begins{}, ends{};  ///< when the first and the last contact may come
  Duration interval = std::chrono::minutes(30);
  Duration short_abandon = std::chrono::seconds(5);
  std::size_t runs = 1;
  std::uint64_t seed = 1;
  std::vector<QueueOptions> queues;
  std::vector<ContactStream> contacts;
  std::vector<AgentGroup> agents;
  std::string zone = "UTC";  ///< of the times of day of a recorded journal
};

/// Who comes: the scenario's own contacts, or those of a recorded day.
enum class Comers { scenario, recorded };

/// Reads docs/simulation.md's form. Throws Error(invalid) with every fault: file, line, key and remedy; and
/// Error(not_found) for a file that is not there. Files it names are looked for in `folder`.
Scenario parse_scenario(std::string_view text, const std::string& document, const std::string& folder,
                        Comers comers = Comers::scenario);
Scenario read_scenario(const std::string& path, Comers comers = Comers::scenario);

}  // namespace vcsr
