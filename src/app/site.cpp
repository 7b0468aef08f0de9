// SPDX-License-Identifier: Apache-2.0
#include "app/site.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/out_of_hours.hpp"
#include "app/recognizer_section.hpp"
#include "app/source_section.hpp"
#include "store/sqlite/journal_lock.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/customer_folders.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/media/speech.hpp"
#include "vcsr/store/memory.hpp"
#include "vcsr/store/postgres/postgres.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

constexpr Duration sweep_customers_every = std::chrono::hours(1);

std::unique_ptr<Voice> make_voice(Loop& loop, const Config& config, const std::string& cache,
                                  const Log& log) {
  PromptCatalog catalog;
  catalog.set_default_language(config.language);
  for (const std::string& folder : config.voice.folders) catalog.load(folder);
  std::unique_ptr<Synthesizer> synthesizer;
  if (!config.voice.synthesizer.empty()) synthesizer = make_espeak_synthesizer(config.voice.synthesizer);
  return std::make_unique<Voice>(
      loop, std::move(catalog), std::move(synthesizer),
      VoiceOptions{
          .cache_folder = cache, .level_recordings = config.voice.level, .log = log.component("voice")});
}

ArchiveOptions archive_options(const Config& config, const std::string& folder, const Log& log) {
  ArchiveOptions options = config.recordings;
  options.folder = folder;
  options.log = log;
  return options;
}

std::unique_ptr<SipDriver> make_driver(const Config& config, const Stores& stores, Voice& voice,
                                       const Log& log) {
  SipOptions options = config.sip;
  options.registrations_file = stores.phones;
  options.log = log.component("sip");
  return make_sip_driver(std::move(options), voice);
}

/// What becomes of copies is part of the contact's story.
void note(Journal& journal, const ExternalCopyNews& news) {
  const char* state = news.state == ExternalCopyNews::State::begun    ? "begun"
                      : news.state == ExternalCopyNews::State::failed ? "failed"
                                                                      : "ended";
  journal.append(
      events::recording_copy, news.call.contact,
      {{"recording", news.call.recording}, {"state", state}, {"recorder", news.recorder}, {"why", news.why}});
}

}  // namespace

Stores open_stores(Loop& loop, const std::string& data, const Log& log, const std::string& postgres,
                   const CustomerOptions& customers) {
  std::error_code error;
  std::filesystem::create_directories(data, error);
  if (error)
    throw Error(Error::Code::unavailable, "the data folder " + data + " cannot be made: " + error.message() +
                                              "; set center.data to a folder this user may write");
  Stores stores;
  try {
    if (postgres.empty()) stores.journal = open_sqlite_journal(loop, data + "/journal.db", {.log = log});
    else
      stores.lock = std::make_shared<sqlite::JournalLock>(sqlite::Store{"data folder", data + "/journal.db"});
  } catch (const Error& fault) {
    if (fault.code() != Error::Code::refused) throw;
    throw Error(Error::Code::refused, "another center works on the data folder " + data +
                                          ": stop it, or set center.data to another folder (" + fault.what() +
                                          ")");
  }
  if (!postgres.empty()) stores.journal = open_postgres_journal(loop, postgres, {.log = log});
  // Nobody waits for a contact's record, and the journal has it all.
  const Duration together = std::chrono::milliseconds(50);
  stores.customers =
      open_sqlite_customers(loop, data + "/center.db", {.group = together, .log = log}, customers);
  stores.recordings = data + "/recordings";
  stores.speech = data + "/speech";
  stores.phones = data + "/phones";
  return stores;
}

Stores open_memory_stores(Loop& loop, const CustomerOptions& customers) {
  return {.lock = {},
          .journal = make_memory_journal(loop),
          .customers = make_memory_customers(loop, customers),
          .recordings = {},
          .speech = {},
          .phones = {}};
}

Site::Site(Loop& loop, Config config, const Flows& flows, Stores stores, Log log)
    : loop_(loop),
      config_(std::move(config)),
      log_(std::move(log)),
      stores_(std::move(stores)),
      voice_(make_voice(loop, config_, stores_.speech, log_)),
      figures_(loop, *stores_.journal, config_.figures),
      calling_(loop),
      sweeping_(loop) {
  if (!stores_.recordings.empty()) {
    const ArchiveOptions options = archive_options(config_, stores_.recordings, log_);
    archive_ = std::make_unique<Archive>(loop, options);
    if (config_.backup) backup_ = std::make_unique<RecordingBackup>(loop, options, *config_.backup);
  }
  driver_ = make_driver(config_, stores_, *voice_, log_);
  following_ = stores_.journal->follow(stores_.journal->last() + 1,
                                       [this](const JournalEntry& entry) { board_.apply(entry); });
  if (std::vector<std::unique_ptr<Recognizer>> recognizers = make_recognizers(config_.recognizer);
      !recognizers.empty())
    transcriber_ = std::make_unique<Transcriber>(loop, std::move(recognizers));
  CenterOptions options{.language = config_.language,
                        .recordings = stores_.recordings,
                        .recording = config_.recording,
                        .transcriber = transcriber_.get(),
                        .log = log_,
                        .music = config_.music,
                        .parking = config_.parking,
                        .pickup_code = config_.pickup_code};
  if (archive_) options.recording_maker = recording_maker();
  add_sources(options);
  center_ = std::make_unique<Center>(loop, *stores_.journal, *stores_.customers, options);
  build_queues();
  build_agents();
  for (const MailboxOptions& mailbox : config_.mailboxes) center_->add_mailbox(mailbox);
  for (const CallerListOptions& list : config_.caller_lists) center_->add_caller_list(list);
  build_numbers(flows);
}

Site::~Site() = default;

std::shared_ptr<RecordingMaker> Site::recording_maker() {
  recorder_ = driver_->recorder();
  if (!recorder_) return archive_->maker();
  recorder_->follow([this](const ExternalCopyNews& news) { note(*stores_.journal, news); });
  return copied_to(recorder_, archive_->maker(), config_.copied_rules);
}

void Site::add_sources(CenterOptions& options) {
  for (const SourceConfig& config : config_.sources)
    options.sources.push_back(make_source(loop_, config, log_));
  options.provisional_customers = config_.customers.provisional;
  for (const IdentifyConfig& identify : config_.customers.identify)
    for (const std::shared_ptr<DataSource>& source : options.sources)
      if (source->name() == identify.source)
        options.identify_sources.push_back({source, identify.query, identify.kinds, identify.limit});
}

Task<> Site::sweep_customers() {
  CustomerFolders folders(*stores_.journal, *stores_.customers);
  const Author author{.by = "retention", .why = {}};
  while (true) {
    try {
      Task<std::size_t> expiring = folders.expire(config_.customers.retention, author);
      co_await std::move(expiring);
    } catch (const Error& error) {
      log_.warning("what is kept of customers too long could not be removed", {{"error", error.what()}});
    }
    co_await loop_.sleep(sweep_customers_every);
  }
}

void Site::build_queues() {
  for (const QueueOptions& options : config_.queues) {
    board_.add_queue(options.name);
    center_->add_queue(options);
  }
}

void Site::build_agents() {
  for (const AgentConfig& config : config_.agents) {
    board_.add_agent(config.options.id, config.options.name);
    const Agent agent = center_->add_agent(config.options);
    for (const std::string& name : config.queues) {
      const auto level = config.levels.find(name);
      center_->queue(name).add(agent, level == config.levels.end() ? 0 : level->second);
    }
  }
}

Dialogue Site::within_hours(const NumberConfig& number, Dialogue dialogue) {
  const auto hours = std::find_if(config_.hours.begin(), config_.hours.end(),
                                  [&](const HoursConfig& one) { return one.name == number.hours; });
  VCSR_ASSERT(hours != config_.hours.end());
  if (!hours->hours.next_opening(loop_.wall_time()))
    log_.warning("hours will not open again",
                 {{"hours", number.hours}, {"line", hours->place.line}, {"number", number.dial}});
  Closed closed{.prompt = number.closed_prompt, .tells_opening = number.tells_opening};
  if (!number.closed_mailbox.empty()) closed.mailbox = center_->mailbox(number.closed_mailbox);
  return out_of_hours(loop_, hours->hours, std::move(closed), std::move(dialogue));
}

void Site::build_numbers(const Flows& flows) {
  for (const NumberConfig& number : config_.numbers) {
    const Flow& flow = flows.find(number.flow, number.place);
    try {
      Dialogue dialogue = flow(*center_, loop_, number.settings);
      if (!number.hours.empty()) dialogue = within_hours(number, std::move(dialogue));
      center_->serve(number.dial, dialogue);
      dialogues_.emplace(number.dial, dialogue);
    } catch (const Error& error) {
      Place place = number.place;
      place.field = "number \"" + number.dial + "\"";
      throw Error(error.code(), place, error.what());
    }
  }
}

void Site::begin_shifts() {
  for (const AgentConfig& config : config_.agents) {
    Agent agent = center_->agent(config.options.id);
    if (!config.ready_at_start || agent.state() != AgentState::logged_out) continue;
    agent.log_in();
    agent.set_ready();
  }
}

Task<std::size_t> Site::start() {
  const std::size_t recovered = co_await center_->recover();
  if (recovered > 0) log_.warning("closed contacts that an earlier run left open", {{"contacts", recovered}});
  if (archive_) {
    Task<std::size_t> following = archive_->follow(*stores_.journal);
    const std::size_t closed = co_await std::move(following);
    if (closed > 0) log_.warning("took over recordings that an earlier run left", {{"recordings", closed}});
    space_ = std::make_unique<SpaceKeeper>(loop_, *archive_, *center_, *stores_.journal,
                                           rules_by_value(config_.recording, config_.recordings.disk));
    if (backup_) backup_->start(*stores_.journal);
  }
  SipDriver* const sip = driver_.get();
  center_->add(std::move(driver_));
  sip_ = sip;
  begin_shifts();
  const Retention& keep = config_.customers.retention;
  if (keep.contacts || keep.notes || keep.matters || keep.provisional) sweeping_.spawn(sweep_customers());
  co_return recovered;
}

void Site::call(Address to, const std::string& number, OutgoingOptions options) {
  const auto dialogue = dialogues_.find(number);
  if (dialogue == dialogues_.end())
    throw Error(Error::Code::not_found, "nothing serves the number \"" + number + "\"");
  auto see_to = [](Task<Reached> calling) -> Task<> { co_await std::move(calling); };
  calling_.spawn(see_to(center_->call(std::move(to), dialogue->second, std::move(options))));
}

std::vector<std::string> Site::troubles() {
  std::vector<std::string> all{stores_.journal->trouble()};
  if (archive_) all.push_back(archive_->trouble());
  if (backup_) all.push_back(backup_->last_status().trouble);
  if (recorder_) all.push_back(recorder_->trouble());
  if (sip_) all.push_back(sip_->trouble());
  std::erase(all, "");
  return all;
}

Task<> Site::stop() {
  sweeping_.cancel();
  co_await center_->stop();
  co_await stores_.journal->durable();
}

std::uint16_t Site::sip_port() const { return sip_ ? sip_->port() : 0; }

}  // namespace vcsr
