// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "app/board.hpp"
#include "app/config.hpp"
#include "app/flows.hpp"
#include "app/live_figures.hpp"
#include "app/space_keeper.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/center.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/media/recognizer.hpp"
#include "vcsr/media/voice.hpp"
#include "vcsr/recording/archive.hpp"
#include "vcsr/recording/backup.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// Where a site keeps what must last.
struct Stores {
  std::shared_ptr<void> lock;  ///< on the data folder, where the journal is not in it
  std::unique_ptr<Journal> journal;
  std::unique_ptr<CustomerStore> customers;
  std::string recordings;  ///< folder; "": none are made
  std::string speech;      ///< folder of synthesized speech; "": in memory only
  std::string phones;      ///< file with the registered telephones; "": they have to register again
};

/// journal.db, center.db, recordings/, speech/ and phones in the data folder, which is made when missing.
/// With the address of a PostgreSQL database the journal is there.
/// Throws Error: refused when another center works there, unavailable when it cannot be used.
Stores open_stores(Loop& loop, const std::string& data, const Log& log, const std::string& postgres = {},
                   const CustomerOptions& customers = {});
/// Nothing lasts: for trials of a configuration.
Stores open_memory_stores(Loop& loop, const CustomerOptions& customers = {});

/// A center built from its configuration, with everything it stands on and its live board. One per
/// configuration; the loop outlives it.
class Site {
 public:
  /// Builds everything; nothing is taken yet. Throws Error that names the file and line of a number
  /// whose flow does not exist or does not take its settings, and what prompts and stores throw.
  Site(Loop& loop, Config config, const Flows& flows, Stores stores, Log log = {});
  ~Site();
  Site(const Site&) = delete;

  /// Closes what an earlier run left open, then listens. Throws Error(unavailable) that names the
  /// port in use. Returns how many contacts were recovered.
  Task<std::size_t> start();
  /// Takes no more calls, ends those there are, and waits until everything is durable.
  Task<> stop();

  /// Calls somebody who is then served as a caller of `number` would be. Throws Error: not_found for a number
  /// that nothing serves, invalid for options that cannot be.
  void call(Address to, const std::string& number, OutgoingOptions options);

  const Config& config() const { return config_; }
  Center& center() { return *center_; }
  Journal& journal() { return *stores_.journal; }
  CustomerStore& customers() { return *stores_.customers; }
  /// What an operator should know of, in words; none while all is well.
  std::vector<std::string> troubles();
  /// Null where nothing is recorded.
  Archive* archive() { return archive_.get(); }
  /// Follows the journal: what it shows is durable.
  const Board& board() const { return board_; }
  /// The same, by intervals.
  const LiveFigures& figures() const { return figures_; }
  const Log& log() const { return log_; }
  /// The SIP port in use, once started.
  std::uint16_t sip_port() const;

 private:
  std::shared_ptr<RecordingMaker> recording_maker();
  void add_sources(CenterOptions& options);
  Task<> sweep_customers();
  void build_queues();
  void build_agents();
  void begin_shifts();
  void build_numbers(const Flows& flows);
  Dialogue within_hours(const NumberConfig& number, Dialogue dialogue);

  Loop& loop_;
  Config config_;
  Log log_;
  Stores stores_;
  std::unique_ptr<Voice> voice_;
  std::unique_ptr<Archive> archive_;            ///< null where nothing is recorded
  std::unique_ptr<SpaceKeeper> space_;          ///< null where nothing is recorded
  std::unique_ptr<RecordingBackup> backup_;     ///< null where nothing is copied
  std::unique_ptr<SipDriver> driver_;           ///< until the center has it
  std::shared_ptr<ExternalRecorder> recorder_;  ///< null where nothing is sent to one
  Board board_;
  Journal::Subscription following_;
  LiveFigures figures_;
  std::unique_ptr<Transcriber> transcriber_;
  std::unique_ptr<Center> center_;
  SipDriver* sip_ = nullptr;
  std::map<std::string, Dialogue> dialogues_;
  Scope calling_, sweeping_;
};

}  // namespace vcsr
