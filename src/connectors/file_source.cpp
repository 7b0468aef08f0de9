// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "connectors/connection.hpp"
#include "connectors/table_rows.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/connectors/file.hpp"

namespace vcsr {

namespace {

namespace fs = std::filesystem;
using connectors::Question;

/// The rows of a file, and where those of each question stand.
struct Table {
  std::vector<Facts> rows;
  std::map<std::string, std::unordered_multimap<std::string, std::size_t>> by_query;
};

template <class ValueOf>
std::string key(const std::vector<std::string>& columns, const ValueOf& value_of) {
  std::string key;
  for (const std::string& column : columns) key += value_of(column) + '\0';
  return key;
}

/// A file that is read when it is asked, and again when it has changed; by any thread.
class WatchedTable {
 public:
  explicit WatchedTable(TableFile file) : file_(std::move(file)) {}

  const TableFile& file() const { return file_; }

  std::shared_ptr<const Table> table() {
    const std::lock_guard lock(mutex_);
    std::error_code error;
    const fs::file_time_type changed = fs::last_write_time(file_.path, error);
    const std::uintmax_t size = error ? 0 : fs::file_size(file_.path, error);
    if (error) throw Error(Error::Code::unavailable, file_.path + " cannot be read: " + error.message());
    if (table_ && changed == changed_ && size == size_) return table_;
    table_ = read();
    changed_ = changed;
    size_ = size;
    return table_;
  }

 private:
  std::shared_ptr<const Table> read() const {
    std::ifstream stream(file_.path, std::ios::binary);
    if (!stream) throw Error(Error::Code::unavailable, file_.path + " cannot be read");
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    auto table = std::make_shared<Table>();
    try {
      table->rows = file_.widths.empty() ? connectors::csv_rows(text, file_.separator, file_.path)
                                         : connectors::fixed_rows(text, file_.widths, file_.path);
    } catch (const Error& error) {
      throw Error(Error::Code::unavailable, error.what());
    }
    for (const auto& [query, columns] : file_.queries) index(*table, query, columns);
    return table;
  }

  void index(Table& table, const std::string& query, const std::vector<std::string>& columns) const {
    auto& places = table.by_query[query];
    for (std::size_t place = 0; place < table.rows.size(); ++place) {
      const Facts& row = table.rows[place];
      const auto text = [&](const std::string& column) {
        const auto found = row.find(column);
        if (found == row.end())
          throw Error(Error::Code::unavailable,
                      file_.path + " has no column '" + column + "', which query " + query + " compares");
        return found->second.text();
      };
      places.emplace(key(columns, text), place);
    }
  }

  const TableFile file_;
  std::mutex mutex_;
  std::shared_ptr<const Table> table_;
  fs::file_time_type changed_;
  std::uintmax_t size_ = 0;
};

class FileConnection final : public connectors::Connection {
 public:
  explicit FileConnection(std::shared_ptr<WatchedTable> table) : table_(std::move(table)) {}

  std::vector<Facts> ask(const Question& question) override {
    const std::shared_ptr<const Table> table = table_->table();
    const auto text = [&](const std::string& column) { return question.parameters.at(column).text(); };
    const auto [begin, end] =
        table->by_query.at(question.query).equal_range(key(table_->file().queries.at(question.query), text));
    std::vector<std::size_t> places;
    for (auto found = begin; found != end; ++found) places.push_back(found->second);
    std::sort(places.begin(), places.end());
    std::vector<Facts> rows;
    for (const std::size_t place : places) rows.push_back(table->rows[place]);
    return rows;
  }

 private:
  const std::shared_ptr<WatchedTable> table_;
};

void require(const std::string& source, const TableFile& file) {
  const auto wrong = [&source](const std::string& what) {
    throw Error(Error::Code::invalid, "source " + source + ": " + what);
  };
  if (file.path.empty()) wrong("path: expected the file, got \"\"");
  if (file.separator == '"' || file.separator == '\n' || file.separator == '\r')
    wrong("separator: expected one such as \",\" or \";\", got a quotation mark or the end of a line");
  for (const auto& [name, width] : file.widths)
    if (width == 0) wrong("widths: column " + name + ": expected 1 or more bytes, got 0");
  for (const auto& [name, columns] : file.queries)
    if (columns.empty()) wrong("query " + name + " compares no column: name at least one");
}

}  // namespace

std::unique_ptr<DataSource> make_file_source(Loop& loop, ConnectorOptions options, TableFile file) {
  require(options.name, file);
  connectors::Queries needs(file.queries.begin(), file.queries.end());
  return connectors::make_source(loop, std::move(options), std::move(needs),
                                 [table = std::make_shared<WatchedTable>(std::move(file))] {
                                   return std::make_unique<FileConnection>(table);
                                 });
}

}  // namespace vcsr
