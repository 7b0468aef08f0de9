// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "app/figures_section.hpp"
#include "app/hours_section.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/caller_list.hpp"
#include "vcsr/connectors/connector.hpp"
#include "vcsr/data_source.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/media/recognizer.hpp"
#include "vcsr/parking.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/recording/archive.hpp"
#include "vcsr/recording/backup.hpp"
#include "vcsr/recording_policy.hpp"
#include "vcsr/store/customer_store.hpp"
#include "vcsr/voicemail.hpp"

namespace vcsr {

/// Where the status page is served.
struct WebConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  Secret token = {};          ///< lets programs have calls made; empty: nobody may
  /// What the page offers agents to choose from.
  std::vector<std::string> not_ready_reasons = {"break", "lunch", "meeting", "training"};
};

/// What prompts are made of.
struct VoiceConfig {
  std::vector<std::string> folders;       ///< of prompts, absolute; a later one goes before an earlier one
  std::string synthesizer = "espeak-ng";  ///< the program; "" for none
  bool level = true;                      ///< recordings are brought to the level of synthesized speech
};

/// What understands callers.
struct RecognizerConfig {
  enum class Engine { none, pocketsphinx, program, http };

  Engine engine = Engine::none;
  std::size_t at_a_time = 1;         ///< utterances
  std::vector<std::string> program;  ///< and its arguments
  SpeechService service;
};

struct AgentConfig {
  AgentOptions options;
  Secret password;  ///< of the SIP account of the same id; empty: no account
  std::vector<std::string> queues;
  std::map<std::string, int> levels;  ///< in those queues; 0 where not named
  bool ready_at_start = false;        ///< but not one who was on a break when an earlier run ended
};

/// A number that can be dialled and the flow that serves it.
struct NumberConfig {
  std::string dial;
  std::string flow;
  std::string hours;           ///< name of those within which it is served; "": always
  std::string closed_prompt;   ///< said outside of them; "": nothing
  bool tells_opening = false;  ///< after it
  std::string closed_mailbox;  ///< for messages outside of them; "": none are taken
  Facts settings;              ///< the flow's own, with "folder": where relative paths in them start
  Place place;                 ///< for faults that only the flow can find
};

/// A back office and how patient we are with it.
struct SourceConfig {
  enum class Kind { sqlite, postgres, odbc, http, file, terminal };
  using Make = std::function<std::unique_ptr<DataSource>(Loop&, const ConnectorOptions&)>;

  ConnectorOptions options = {};
  Make make = {};
  RetryOptions retries = {.tries = 1};
  BreakerOptions breaker = {};                       ///< of 0 failures: none
  CacheOptions cache = {.lasts = Duration::zero()};  ///< lasting no time: none
  Place place = {};                                  ///< for faults that only its maker can find
};

/// Whom CustomerContext::identify() asks.
struct IdentifyConfig {
  std::string source, query;
  std::vector<std::string> kinds;
  Duration limit{};
};

/// What is kept of customers, and who knows them.
struct CustomersConfig {
  CustomerOptions options = {};
  bool provisional = false;
  Retention retention = {};
  std::vector<IdentifyConfig> identify = {};
};

/// A center as its configuration file describes it; docs/configuration.md lists every key.
struct Config {
  std::string language = "en";
  std::string data;      ///< absolute: journal.db, center.db, recordings/, speech/
  std::string postgres;  ///< the address of the journal's database; "": journal.db in the data folder
  LogOptions log;
  SipOptions sip;
  std::optional<WebConfig> web;  ///< without it there is no status page
  VoiceConfig voice;
  RecognizerConfig recognizer;
  RecordingPolicy recording;
  std::string music;  ///< of those who are on hold or parked, outside of queues
  ParkingOptions parking;
  std::string pickup_code;                ///< "": none
  ArchiveOptions recordings;              ///< but for folder, worker and log
  std::optional<BackupOptions> backup;    ///< of recordings; without it they are not copied
  std::vector<std::string> copied_rules;  ///< whose recordings go to sip.recorder; empty: all
  FiguresConfig figures;
  std::vector<QueueOptions> queues;
  std::vector<MailboxOptions> mailboxes;
  std::vector<HoursConfig> hours;
  std::vector<CallerListOptions> caller_lists;
  std::vector<AgentConfig> agents;
  std::vector<User> users;  ///< of recordings
  std::vector<NumberConfig> numbers;
  std::vector<SourceConfig> sources;
  CustomersConfig customers;
};

/// Throws Error: not_found for a missing file; invalid with one line for each fault, as
/// "bank.toml:12: sip.port: expected a whole number from 0 to 65535, got 70000".
Config load_config(const std::string& path);
/// The same from text; relative paths start at `folder`.
Config parse_config(std::string_view text, const std::string& document, const std::string& folder);

}  // namespace vcsr
