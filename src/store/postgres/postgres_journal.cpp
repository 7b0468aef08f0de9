// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>

#include <unistd.h>

#include "store/journal/foreign_journal.hpp"
#include "store/journal/grouped_journal.hpp"
#include "store/postgres/journal_hints.hpp"
#include "store/postgres/journal_tables.hpp"
#include "store/postgres/postgres_reader.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/store/postgres/postgres.hpp"

namespace vcsr {

namespace {

using namespace postgres;

std::string name_of(const Address& address) { return "journal in " + address.shown(); }

/// "process 4711 on bank-2"
std::string this_process() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return "process " + std::to_string(::getpid()) + " on " + host.data();
}

/// The writing side, whatever becomes of the server.
class TableWriter final : public JournalWriter {
 public:
  explicit TableWriter(const Address& address) : address_(address) {
    try {
      session_.emplace(address_, this_process());
    } catch (const Error& error) {
      throw Error(error.code(), name() + ": " + error.what());
    }
    last_ = session_->last();
    head_ = session_->head();
    hints_.emplace(address_);
  }

  std::string name() const override { return name_of(address_); }
  std::uint64_t last() const override { return last_; }
  std::string stuck() const override { return "the server does not answer; check it and the network"; }

  std::string write(std::span<const JournalEntry> entries) noexcept override {
    try {
      if (!session_->usable()) {
        WriterSession again(address_, *session_);
        session_.emplace(std::move(again));
      }
      head_ = session_->write(entries, head_, columns_);
      hints_->send();
      return {};
    } catch (const Error& error) {
      return name() + ": " + error.what();
    } catch (const std::exception& error) {
      return error.what();
    }
  }

 private:
  const Address address_;
  std::optional<WriterSession> session_;
  std::optional<HintSender> hints_;
  EntryColumns columns_;
  std::uint64_t last_;
  JournalHash head_;  ///< of the newest durable entry
};

}  // namespace

bool is_postgres_address(const std::string& text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://") ||
         (text.find('=') != std::string::npos && text.find('/') > text.find('='));
}

std::unique_ptr<JournalReader> make_postgres_reader(const std::string& address) {
  return std::make_unique<TableReader>(Address(address));
}

std::unique_ptr<Journal> open_postgres_journal(Loop& loop, const std::string& address,
                                               PostgresOptions options) {
  return std::make_unique<GroupedJournal>(
      loop, std::make_unique<TableWriter>(Address(address)), make_postgres_reader(address),
      GroupedJournal::Options{.mode = options.worker, .group = options.group, .log = options.log});
}

std::unique_ptr<Journal> read_postgres_journal(Loop& loop, const std::string& address,
                                               PostgresOptions options) {
  const Address place(address);
  ForeignJournal::Source source{.name = name_of(place), .reader = make_postgres_reader(address)};
  if (options.worker == Worker::Mode::thread)
    source.listen = [&loop, place](std::function<void()> hint) {
      return listen_for_hints(loop, place, std::move(hint));
    };
  return std::make_unique<ForeignJournal>(loop, std::move(source), options.worker, options.log);
}

}  // namespace vcsr
