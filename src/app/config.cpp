// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include <toml++/toml.h>

#include "app/callback_section.hpp"
#include "app/caller_list_section.hpp"
#include "app/customers_section.hpp"
#include "app/distribution_section.hpp"
#include "app/ip_address.hpp"
#include "app/journal_section.hpp"
#include "app/mailbox_config.hpp"
#include "app/number_section.hpp"
#include "app/overflow_section.hpp"
#include "app/parking_config.hpp"
#include "app/recognizer_section.hpp"
#include "app/recording_config.hpp"
#include "app/recordings_section.hpp"
#include "app/sip_section.hpp"
#include "app/siprec_section.hpp"
#include "app/source_section.hpp"
#include "app/toml_section.hpp"
#include "app/user_config.hpp"
#include "app/voice_section.hpp"
#include "app/work_section.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::int64_t most_calls = 1'000'000, highest_level = 1000;

/// Names that were given before and the lines where that was.
using Given = std::map<std::string, int, std::less<>>;

/// # is not among them: telephones write it in more than one way.
bool is_code(const std::string& code) {
  return !code.empty() && code.find_first_not_of("0123456789*") == code.npos;
}

class ConfigReader {
 public:
  ConfigReader(const toml::table& table, std::string document, fs::path folder)
      : folder_(std::move(folder)), faults_(std::move(document)), root_(table, "", faults_) {}

  Config read() {
    read_center();
    if (auto section = root_.section("journal")) read_journal(*section, config_.postgres);
    read_log();
    read_sip();
    read_web();
    read_voice();
    read_recognizer();
    read_recordings();
    read_sources();
    for (TomlSection& section : root_.sections("trunk")) read_trunk(section);
    // Who has trunks has something to lose by calls to anywhere.
    if (!any_host_) config_.sip.dials_any_host = config_.sip.trunks.empty();
    for (TomlSection& section : root_.sections("queue")) read_queue(section);
    if (auto section = root_.section("figures")) read_figures(*section, config_.figures);
    read_recording_rules(root_, config_.recording.rules);
    read_parking();
    read_siprec(root_, secrets(), config_);
    for (TomlSection& section : root_.sections("mailbox")) {
      config_.mailboxes.push_back(read_mailbox(section));
      once(section, "name", config_.mailboxes.back().name, mailboxes_);
    }
    for (TomlSection& section : root_.sections("hours")) {
      config_.hours.push_back(
          read_hours(section, [this](const std::string& path) { return absolute(path); }));
      once(section, "name", config_.hours.back().name, hours_);
    }
    for (TomlSection& section : root_.sections("caller_list")) {
      config_.caller_lists.push_back(read_caller_list(section));
      once(section, "name", config_.caller_lists.back().name, caller_lists_);
    }
    for (TomlSection& section : root_.sections("agent")) read_agent(section);
    for (TomlSection& section : root_.sections("number")) {
      config_.numbers.push_back(read_number(section, folder_.string(), config_));
      once(section, "dial", config_.numbers.back().dial, numbers_);
    }
    overflows_.check(config_, faults_);
    overflows_.open_by_hours(config_, faults_);
    callbacks_.finish(config_, faults_);
    distribution_.check(faults_);
    distribution_.check_agents(config_, faults_);
    read_users(root_, secrets(), config_);
    root_.finish();
    faults_.throw_if_any();
    return std::move(config_);
  }

 private:
  void read_center();
  void read_log();
  void read_sip();
  void read_web();
  void read_voice();
  void read_recognizer();
  void read_recordings();
  void read_sources();
  void read_parking();
  void read_trunk(TomlSection& section);
  void read_registration(TomlSection& section);
  void read_queue(TomlSection& section);
  void read_agent(TomlSection& section);

  void read_password(TomlSection& section, Secret& password) { read_secret(section, "password", password); }
  void read_secret(TomlSection& section, const std::string& key, Secret& secret);
  std::function<void(TomlSection&, const std::string&, Secret&)> secrets() {
    return [this](TomlSection& in, const std::string& key, Secret& secret) { read_secret(in, key, secret); };
  }
  void require_queue(TomlSection& section, std::string_view key, const std::string& queue);
  void once(TomlSection& section, std::string_view key, const std::string& name, Given& given);
  std::string absolute(const std::string& path) const { return (folder_ / path).lexically_normal().string(); }

  fs::path folder_;
  Faults faults_;
  TomlSection root_;
  Config config_;
  OverflowSections overflows_;
  DistributionSections distribution_;
  CallbackSections callbacks_;
  Given queues_, mailboxes_, hours_, caller_lists_, agents_, numbers_;
  bool any_host_ = false;  ///< somebody has said whether any host may be dialled
};

void ConfigReader::once(TomlSection& section, std::string_view key, const std::string& name, Given& given) {
  if (name.empty()) return;
  const auto [earlier, fresh] = given.emplace(name, section.line(key));
  if (!fresh)
    section.fault(key, "\"" + name + "\" was given in line " + std::to_string(earlier->second) + " already");
}

void ConfigReader::read_center() {
  std::string data = "data";
  if (auto section = root_.section("center")) {
    section->read("language", config_.language);
    if (config_.language.empty()) section->wrong("language", "a language such as \"en\" or \"zh\"");
    section->read("data", data);
    section->read("music", config_.music);
    if (section->read("pickup_code", config_.pickup_code) && !is_code(config_.pickup_code))
      section->wrong("pickup_code", "what telephones dial, of 0-9 and *, such as \"*8\"");
    section->finish();
  }
  config_.data = absolute(data);
}

void ConfigReader::read_log() {
  auto section = root_.section("log");
  if (!section) return;
  const std::vector<std::pair<std::string_view, LogLevel>> levels = {
      {"trace", LogLevel::trace},     {"debug", LogLevel::debug}, {"info", LogLevel::info},
      {"warning", LogLevel::warning}, {"error", LogLevel::error}, {"off", LogLevel::off}};
  section->read("level", config_.log.level, levels);
  section->read<LogOptions::Format>("format", config_.log.format,
                                    {{"text", LogOptions::Format::text}, {"json", LogOptions::Format::json}});
  if (auto components = section->section("levels")) {
    for (const auto& [component, value] : components->rest())
      components->read(component, config_.log.levels[component], levels);
  }
  section->finish();
}

void ConfigReader::read_sip() {
  if (auto section = root_.section("sip"))
    any_host_ = vcsr::read_sip(
        *section, [this](const std::string& path) { return absolute(path); }, config_.sip);
}

void ConfigReader::read_web() {
  auto section = root_.section("web");
  if (!section) return;
  WebConfig& web = config_.web.emplace();
  read_ip_address(*section, "address", web.address);
  section->read("port", web.port, 0, 65535);
  read_secret(*section, "token", web.token);
  if (section->read("not_ready_reasons", web.not_ready_reasons))
    for (const std::string& reason : web.not_ready_reasons)
      if (reason.empty()) section->wrong("not_ready_reasons", "reasons that are not empty");
  section->finish();
}

void ConfigReader::read_recordings() {
  config_.recordings.disk = {.warn = std::uint64_t{2048} << 20,
                             .refuse = std::uint64_t{512} << 20,
                             .stop = std::uint64_t{256} << 20};
  config_.recordings.sweep_every = 1h;
  auto section = root_.section("recordings");
  if (!section) return;
  vcsr::read_recordings(
      *section, [this](const std::string& path) { return absolute(path); }, secrets(), config_.recordings,
      config_.backup);
}

void ConfigReader::read_sources() {
  const auto absolute_path = [this](const std::string& path) { return absolute(path); };
  if (auto sources = root_.section("source")) {
    for (const auto& [name, ignored] : sources->rest())
      if (auto section = sources->section(name))
        config_.sources.push_back(read_source(*section, name, absolute_path, secrets()));
  }
  if (auto section = root_.section("customers")) read_customers(*section, absolute_path, config_);
}

void ConfigReader::read_voice() {
  if (auto section = root_.section("voice"))
    vcsr::read_voice(
        *section, [this](const std::string& path) { return absolute(path); }, config_.voice);
}

void ConfigReader::read_recognizer() {
  auto section = root_.section("recognizer");
  if (!section) return;
  vcsr::read_recognizer(
      *section, [this](const std::string& path) { return absolute(path); }, secrets(), config_.recognizer);
}

void ConfigReader::read_secret(TomlSection& section, const std::string& key, Secret& secret) {
  std::string path;
  const std::string file_key = key + "_file";
  const bool written = section.read(key, secret);
  if (!section.read(file_key, path)) return;
  if (written) return section.fault(file_key, "stands beside " + key + "; only one of them can hold");
  std::ifstream file(absolute(path));
  std::string line;
  if (!file || !std::getline(file, line) || line.empty())
    return section.fault(file_key,
                         "expected a file with the " + key + " in its first line, got " + absolute(path));
  secret = Secret(std::move(line));
}

void ConfigReader::read_trunk(TomlSection& section) {
  if (section.has("registrar")) return read_registration(section);
  SipTrunk trunk;
  section.require("address", trunk.address);
  section.read("name", trunk.name);
  section.read("user", trunk.user);
  read_password(section, trunk.password);
  section.read("register", trunk.registers);
  section.read("expires", trunk.expires, 60s);
  section.read("prefixes", trunk.prefixes);
  section.read("denied", trunk.denied);
  std::int64_t cost = 0;
  section.read("cost", cost, 0, most_calls);
  trunk.cost = static_cast<double>(cost);
  section.read("max_calls", trunk.max_calls, 0, most_calls);
  section.read("max_calls_per_day", trunk.max_calls_per_day, 0, most_calls);
  section.read("caller_id", trunk.caller_id.uri);
  section.read("caller_name", trunk.caller_id.name);
  section.read("answer_time", trunk.answer_time, 1s);
  section.read("check_every", trunk.check_every);
  section.read("tls_name", trunk.tls_name);
  section.finish();
  config_.sip.trunks.push_back(std::move(trunk));
}

void ConfigReader::read_registration(TomlSection& section) {
  SipRegistration trunk;
  section.require("registrar", trunk.registrar);
  section.require("user", trunk.user);
  read_password(section, trunk.password);
  section.read("expires", trunk.expires, 60s);
  section.finish();
  config_.sip.registrations.push_back(std::move(trunk));
}

void ConfigReader::read_queue(TomlSection& section) {
  QueueOptions queue;
  section.require("name", queue.name);
  once(section, "name", queue.name, queues_);
  section.read("offer_time", queue.offer_time, 1s);
  section.read("misses_allowed", queue.misses_allowed, 1, 1000);
  read_wrap_up(section, queue);
  section.read("priority_worth", queue.priority_worth);
  section.read("limit", queue.limit, 1, most_calls);
  section.read("service_level", queue.service_level);
  section.read("music", queue.music);
  section.read("position", queue.position);
  section.read("wait", queue.wait);
  section.read("handling_time", queue.handling_time);
  section.read("announce_every", queue.announce_every, 5s);
  read_queue_recording(section, queue);
  overflows_.read(section, queue);
  callbacks_.read(section, queue);
  distribution_.read(section, queue);
  section.finish();
  config_.figures.options.targets[queue.name] = queue.service_level;
  config_.queues.push_back(std::move(queue));
}

void ConfigReader::read_parking() {
  auto section = root_.section("parking");
  if (!section) return;
  config_.parking = vcsr::read_parking(*section);
  if (!config_.parking.queue.empty()) require_queue(*section, "queue", config_.parking.queue);
}

void ConfigReader::require_queue(TomlSection& section, std::string_view key, const std::string& queue) {
  if (queues_.contains(queue)) return;
  std::string names;
  for (const auto& [name, line] : queues_) names += (names.empty() ? "" : ", ") + name;
  section.fault(
      key, "there is no [[queue]] named \"" + queue + "\"; there are: " + (names.empty() ? "none" : names));
}

void ConfigReader::read_agent(TomlSection& section) {
  AgentConfig agent;
  section.require("id", agent.options.id);
  once(section, "id", agent.options.id, agents_);
  agent.options.name = agent.options.id;
  agent.options.address = Address("sip:" + agent.options.id);
  agent.options.follows_phone = true;
  section.read("name", agent.options.name);
  section.read("address", agent.options.address.uri);
  section.read("follows_phone", agent.options.follows_phone);
  section.read("agrees_to_recording", agent.options.agrees_to_recording);
  section.read("picks_up", agent.options.picks_up);
  distribution_.read(section, agent.options);
  read_work(section, agent.options);
  read_password(section, agent.password);
  section.read("ready_at_start", agent.ready_at_start);
  if (agent.ready_at_start && agent.options.follows_phone)
    section.fault("ready_at_start",
                  "an agent who follows the telephone is ready when that registers: add "
                  "follows_phone = false, or leave ready_at_start out");
  section.read("queues", agent.queues);
  for (const std::string& queue : agent.queues) require_queue(section, "queues", queue);
  if (auto levels = section.section("levels")) {
    for (const std::string& queue : agent.queues) levels->read(queue, agent.levels[queue], 0, highest_level);
    levels->finish();
  }
  section.finish();
  if (!agent.password.empty()) config_.sip.accounts.push_back({agent.options.id, agent.password});
  config_.agents.push_back(std::move(agent));
}

}  // namespace

Config parse_config(std::string_view text, const std::string& document, const std::string& folder) {
  try {
    const toml::table table = toml::parse(text);
    return ConfigReader(table, document, fs::absolute(folder).lexically_normal()).read();
  } catch (const toml::parse_error& error) {
    const Place place{document, static_cast<int>(error.source().begin.line), ""};
    throw Error(Error::Code::invalid, place, std::string(error.description()));
  }
}

Config load_config(const std::string& path) {
  std::ifstream file(path);
  if (!file || fs::is_directory(path))
    throw Error(Error::Code::not_found, "there is no configuration file " + path);
  std::stringstream text;
  text << file.rdbuf();
  return parse_config(text.str(), path, fs::absolute(path).parent_path().string());
}

}  // namespace vcsr
