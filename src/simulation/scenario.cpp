// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "app/distribution_section.hpp"
#include "app/duration.hpp"
#include "app/toml_section.hpp"
#include "app/work_section.hpp"
#include "calendar/time_zone.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

void read_channel(TomlSection& section, Channel& channel) {
  std::vector<std::pair<std::string_view, Channel>> choices;
  for (const Channel choice : every_channel) choices.emplace_back(to_string(choice), choice);
  section.read("channel", channel, choices);
}

class ScenarioReader {
 public:
  ScenarioReader(const toml::table& table, std::string document, fs::path folder, Comers comers)
      : folder_(std::move(folder)),
        comers_(comers),
        faults_(std::move(document)),
        root_(table, "", faults_) {}

  Scenario read() {
    read_day();
    for (TomlSection& section : root_.sections("queue")) read_queue(section);
    for (TomlSection& section : root_.sections("contacts")) read_contacts(section);
    for (TomlSection& section : root_.sections("agents")) read_agents(section);
    if (comers_ == Comers::scenario) require_all();
    distribution_.check(faults_, "[[agents]]");
    root_.finish();
    faults_.throw_if_any();
    return std::move(scenario_);
  }

 private:
  void read_day();
  void read_queue(TomlSection& section);
  void read_contacts(TomlSection& section);
  void read_profile_of(TomlSection& section, ContactStream& stream);
  void read_agents(TomlSection& section);
  void check_answer(TomlSection& section, const AgentGroup& group);
  void read_shifts(TomlSection& section, AgentGroup& group);
  void require_all();

  bool read_time(TomlSection& section, std::string_view key, Duration& time);
  void require_queue(TomlSection& section, std::string_view key, const std::string& name);
  static std::optional<Distribution> read_distribution(TomlSection& above, std::string_view key);
  static void read_samples(TomlSection& section, Distribution& distribution);

  const fs::path folder_;
  const Comers comers_;
  DistributionSections distribution_;
  Faults faults_;
  TomlSection root_;
  Scenario scenario_;
  bool timed_ = false;  ///< the day says when it ends
};

bool ScenarioReader::read_time(TomlSection& section, std::string_view key, Duration& time) {
  std::string text;
  if (!section.read(key, text)) return false;
  const std::optional<Duration> value = parse_time_of_day(text);
  if (value) time = *value;
  else section.wrong(key, R"(a time of day such as "09:30")");
  return true;
}

void ScenarioReader::read_day() {
  std::optional<TomlSection> section = root_.section("day");
  if (!section) return;
  read_time(*section, "begins", scenario_.begins);
  timed_ = read_time(*section, "ends", scenario_.ends);
  if (timed_ && scenario_.ends <= scenario_.begins)
    section->fault("ends", "expected a time after the day begins");
  section->read("interval", scenario_.interval, 1min);
  section->read("short_abandon", scenario_.short_abandon);
  section->read("runs", scenario_.runs, 1, 1000);
  section->read("seed", scenario_.seed, 0, INT64_MAX);
  if (section->read("zone", scenario_.zone)) {
    try {
      TimeZone::named(scenario_.zone);
    } catch (const Error& error) {
      section->fault("zone", error.what());
    }
  }
  section->finish();
}

void ScenarioReader::read_queue(TomlSection& section) {
  QueueOptions queue;
  section.require("name", queue.name);
  for (const QueueOptions& other : scenario_.queues)
    if (other.name == queue.name) section.fault("name", "there is a queue \"" + queue.name + "\" already");
  section.read("offer_time", queue.offer_time, 1s);
  section.read("misses_allowed", queue.misses_allowed, 1, 1'000'000);
  section.read("wrap_up", queue.wrap_up = Duration::zero());
  section.read("priority_worth", queue.priority_worth);
  section.read("limit", queue.limit = 1'000'000, 1, 1'000'000);
  section.read("service_level", queue.service_level);
  distribution_.read(section, queue);
  // Nobody listens to announcements, and each would be a timer.
  queue.announce_every = 24h;
  section.finish();
  scenario_.queues.push_back(std::move(queue));
}

void ScenarioReader::require_queue(TomlSection& section, std::string_view key, const std::string& name) {
  std::string known;
  for (const QueueOptions& queue : scenario_.queues) {
    if (queue.name == name) return;
    known += (known.empty() ? "" : ", ") + queue.name;
  }
  section.fault(key, "there is no queue \"" + name + "\"; there are: " + (known.empty() ? "none" : known));
}

void ScenarioReader::read_samples(TomlSection& section, Distribution& distribution) {
  std::vector<std::string> texts;
  section.read("samples", texts);
  for (const std::string& text : texts) {
    const std::optional<Duration> sample = parse_duration(text);
    if (sample) distribution.samples.push_back(*sample);
    else section.fault("samples", "expected durations such as \"95s\", got \"" + text + "\"");
  }
  if (texts.empty()) section.fault("samples", "expected at least one duration");
}

std::optional<Distribution> ScenarioReader::read_distribution(TomlSection& above, std::string_view key) {
  std::optional<TomlSection> section = above.section(key);
  if (!section) return {};
  using Shape = Distribution::Shape;
  Distribution distribution;
  if (section->has("samples")) {
    distribution.shape = Shape::empirical;
    read_samples(*section, distribution);
    section->finish();
    return distribution;
  }
  if (section->has("deviation")) distribution.shape = Shape::lognormal;
  section->read(
      "shape", distribution.shape,
      {{"exponential", Shape::exponential}, {"lognormal", Shape::lognormal}, {"constant", Shape::constant}});
  if (!section->read("mean", distribution.mean, 1s) && !section->has("mean"))
    section->fault("mean", "is missing, and so are samples");
  section->read("deviation", distribution.deviation);
  if (distribution.shape == Shape::lognormal && distribution.deviation == Duration::zero())
    section->fault("deviation", "a log-normal time needs one of more than 0");
  if (distribution.shape != Shape::lognormal && section->has("deviation"))
    section->fault("deviation", R"(only for shape = "lognormal")");
  section->finish();
  return distribution;
}

void ScenarioReader::read_profile_of(TomlSection& section, ContactStream& stream) {
  std::int64_t per_hour = 0;
  std::string file;
  const bool constant = section.read("per_hour", per_hour, 1, 100'000'000);
  if (section.read("profile", file)) {
    if (constant) section.fault("per_hour", "either this or a profile");
    try {
      stream.profile = read_profile((folder_ / file).string());
    } catch (const Error& error) {
      section.fault("profile", error.what());
    }
  } else if (constant) {
    const Duration length = scenario_.ends - scenario_.begins;
    const double hours = std::chrono::duration<double>(length).count() / 3600;
    stream.profile = {
        {.begins = scenario_.begins, .length = length, .contacts = static_cast<double>(per_hour) * hours}};
    if (!timed_) section.fault("per_hour", "needs to know until when: add [day] with ends");
  } else if (!section.has("per_hour")) {
    section.fault("per_hour", "is missing, and so is a profile");
  }
}

void ScenarioReader::read_contacts(TomlSection& section) {
  ContactStream stream;
  section.require("queue", stream.queue);
  if (!stream.queue.empty()) require_queue(section, "queue", stream.queue);
  read_channel(section, stream.channel);
  distribution_.read_requirement(section, stream.requirement);
  if (comers_ == Comers::scenario || section.has("profile") || section.has("per_hour"))
    read_profile_of(section, stream);
  const std::optional<Distribution> handling = read_distribution(section, "handling");
  if (handling) stream.handling = *handling;
  else if (!section.has("handling") && comers_ == Comers::scenario)
    section.fault("handling", R"(is missing: handling = { mean = "240s" })");
  stream.patience = read_distribution(section, "patience");
  section.read("limit", stream.limit, 1s);
  section.read("priority", stream.priority, -1000, 1000);
  section.finish();
  scenario_.contacts.push_back(std::move(stream));
}

void ScenarioReader::read_shifts(TomlSection& section, AgentGroup& group) {
  std::vector<std::string> texts;
  section.read("shifts", texts);
  for (const std::string& text : texts) {
    const std::size_t dash = text.find('-');
    const auto begins = parse_time_of_day(text.substr(0, dash));
    const auto ends = dash == text.npos ? std::nullopt : parse_time_of_day(text.substr(dash + 1));
    if (begins && ends && *begins < *ends && (group.shifts.empty() || group.shifts.back().ends <= *begins))
      group.shifts.push_back({*begins, *ends});
    else
      section.fault("shifts",
                    "expected times one after the other such as \"09:00-12:30\", got \"" + text + "\"");
  }
}

void ScenarioReader::read_agents(TomlSection& section) {
  AgentGroup group;
  section.read("count", group.count, 1, 1'000'000);
  section.read("queues", group.queues);
  for (const std::string& queue : group.queues) require_queue(section, "queues", queue);
  if (group.queues.empty()) section.fault("queues", "expected at least one queue that they serve");
  read_shifts(section, group);
  AgentOptions alike;
  distribution_.read(section, alike);
  read_capacity(section, alike.capacity);
  group.skills = std::move(alike.skills);
  group.capacity = std::move(alike.capacity);
  if (section.read("rings", group.rings)) check_answer(section, group);
  section.finish();
  scenario_.agents.push_back(std::move(group));
}

void ScenarioReader::check_answer(TomlSection& section, const AgentGroup& group) {
  for (const QueueOptions& queue : scenario_.queues)
    if (std::find(group.queues.begin(), group.queues.end(), queue.name) != group.queues.end() &&
        group.rings >= queue.offer_time)
      section.fault("rings",
                    "nobody ever answers: make it less than offer_time of the queue \"" + queue.name + "\"");
}

void ScenarioReader::require_all() {
  if (scenario_.contacts.empty()) faults_.add(0, "contacts", "nobody comes: add [[contacts]]");
  for (const ContactStream& stream : scenario_.contacts) {
    const bool served =
        std::any_of(scenario_.agents.begin(), scenario_.agents.end(), [&stream](const AgentGroup& group) {
          return std::find(group.queues.begin(), group.queues.end(), stream.queue) != group.queues.end();
        });
    if (!served && !stream.queue.empty())
      faults_.add(0, "agents", "nobody serves the queue \"" + stream.queue + "\": add [[agents]] with it");
  }
  if (timed_ || scenario_.contacts.empty()) return;
  // The profiles say how long the day is.
  scenario_.begins = 24h;
  for (const ContactStream& stream : scenario_.contacts) {
    if (stream.profile.empty()) continue;
    scenario_.begins = std::min(scenario_.begins, stream.profile.front().begins);
    scenario_.ends = std::max(scenario_.ends, stream.profile.back().begins + stream.profile.back().length);
  }
}

}  // namespace

Scenario parse_scenario(std::string_view text, const std::string& document, const std::string& folder,
                        Comers comers) {
  try {
    const toml::table table = toml::parse(text);
    return ScenarioReader(table, document, folder, comers).read();
  } catch (const toml::parse_error& error) {
    const Place place{document, static_cast<int>(error.source().begin.line), ""};
    throw Error(Error::Code::invalid, place, std::string(error.description()));
  }
}

Scenario read_scenario(const std::string& path, Comers comers) {
  std::ifstream file(path);
  if (!file || fs::is_directory(path)) throw Error(Error::Code::not_found, "there is no scenario " + path);
  std::stringstream text;
  text << file.rdbuf();
  return parse_scenario(text.str(), path, fs::absolute(path).parent_path().string(), comers);
}

}  // namespace vcsr
