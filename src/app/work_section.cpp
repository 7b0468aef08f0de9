// SPDX-License-Identifier: Apache-2.0
#include "app/work_section.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "vcsr/channel.hpp"

namespace vcsr {

namespace {

constexpr int most_units = 1000;

void read_mode(TomlSection& section, WrapUpMode& mode) {
  std::vector<std::pair<std::string_view, WrapUpMode>> choices;
  for (const WrapUpMode choice :
       {WrapUpMode::timed, WrapUpMode::none, WrapUpMode::optional, WrapUpMode::mandatory, WrapUpMode::forced})
    choices.emplace_back(to_string(choice), choice);
  section.read("wrap_up_mode", mode, choices);
}

void read_dispositions(TomlSection& section, QueueOptions& queue) {
  if (section.read("dispositions", queue.dispositions)) {
    std::set<std::string_view> seen;
    for (const std::string& code : queue.dispositions)
      if (code.empty() || !seen.insert(code).second)
        section.fault("dispositions", "expected codes, each once, such as \"sold\", got \"" + code + "\"" +
                                          (code.empty() ? "" : " twice"));
  }
  section.read("disposition_mandatory", queue.disposition_mandatory);
  section.read("disposition_default", queue.disposition_default);
  const auto& codes = queue.dispositions;
  const std::string& otherwise = queue.disposition_default;
  if (queue.disposition_mandatory && codes.empty())
    section.fault("disposition_mandatory",
                  "needs dispositions to choose from, such as [\"sold\", \"call again\"]");
  if (!otherwise.empty() && std::find(codes.begin(), codes.end(), otherwise) == codes.end())
    section.wrong("disposition_default", "one of the dispositions");
}

/// The table of a number for each channel.
void read_channels(TomlSection& capacity, const char* key, int least, int most,
                   std::map<Channel, int>& numbers) {
  std::optional<TomlSection> table = capacity.section(key);
  if (!table) return;
  for (const Channel channel : every_channel)
    if (int number = 0; table->read(to_string(channel), number, least, most)) numbers[channel] = number;
  table->finish();
}

}  // namespace

void read_wrap_up(TomlSection& section, QueueOptions& queue) {
  section.read("wrap_up", queue.wrap_up);
  read_mode(section, queue.wrap_up_mode);
  const bool ends_by_itself =
      queue.wrap_up_mode != WrapUpMode::none && queue.wrap_up_mode != WrapUpMode::mandatory;
  if (section.read("wrap_up_extension", queue.wrap_up_extension) && !ends_by_itself)
    section.fault("wrap_up_extension",
                  std::string("is for a wrap-up that ends by itself; with wrap_up_mode = \"") +
                      to_string(queue.wrap_up_mode) + "\" leave it out");
  read_dispositions(section, queue);
}

void read_capacity(TomlSection& section, Capacity& capacity) {
  std::optional<TomlSection> table = section.section("capacity");
  if (!table) return;
  table->read("units", capacity.units, 1, most_units);
  read_channels(*table, "takes", 1, capacity.units, capacity.takes);
  read_channels(*table, "at_most", 0, most_units, capacity.at_most);
  table->finish();
}

void read_work(TomlSection& section, AgentOptions& agent) {
  using namespace std::chrono_literals;
  read_capacity(section, agent.capacity);
  section.read("heartbeat_limit", agent.heartbeat_limit, 1s);
  if (section.read("heartbeat_grace", agent.heartbeat_grace, 1s) && !section.has("heartbeat_limit"))
    section.fault("heartbeat_grace", "needs heartbeat_limit, after which it begins, such as \"30s\"");
}

}  // namespace vcsr
