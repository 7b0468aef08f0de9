// SPDX-License-Identifier: Apache-2.0
#include "connectors/table_rows.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr::connectors {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Goes through CSV, record by record.
class CsvReader {
 public:
  CsvReader(std::string_view text, char separator, const std::string& document)
      : text_(text), separator_(separator), document_(document) {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }

  bool more() const { return at_ < text_.size(); }
  /// Of the record read last.
  int line() const { return began_; }

  std::vector<std::string> record() {
    began_ = line_;
    std::vector<std::string> fields;
    do fields.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
    while (passed(separator_));
    passed('\r');
    if (more() && !passed('\n')) wrong("expected the end of the line after a quoted value");
    ++line_;
    return fields;
  }

  [[noreturn]] void wrong(const std::string& what) const {
    throw Error(Error::Code::invalid, Place{document_, began_, ""}, what);
  }

 private:
  bool passed(char c) {
    const bool there = more() && text_[at_] == c;
    at_ += there ? 1 : 0;
    return there;
  }

  std::string plain() {
    std::string field;
    while (more() && text_[at_] != separator_ && text_[at_] != '\n') field += text_[at_++];
    if (field.ends_with('\r')) field.pop_back();
    return field;
  }

  std::string quoted() {
    std::string field;
    for (++at_; more(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') field += text_[at_];
      else if (text_.substr(at_ + 1, 1) == "\"") field += text_[++at_];
      else break;
    }
    if (!passed('"')) wrong("expected a closing quotation mark");
    return field;
  }

  const std::string_view text_;
  const char separator_;
  const std::string& document_;
  std::size_t at_ = 0;
  int line_ = 1, began_ = 1;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

}  // namespace

std::vector<Facts> csv_rows(std::string_view text, char separator, const std::string& document) {
  CsvReader reader(text, separator, document);
  std::vector<Facts> rows;
  const std::vector<std::string> names = reader.record();
  while (reader.more()) {
    const std::vector<std::string> fields = reader.record();
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (fields.size() != names.size())
      reader.wrong("expected " + std::to_string(names.size()) + " values, got " +
                   std::to_string(fields.size()));
    Facts row;
    for (std::size_t i = 0; i < names.size(); ++i) row.insert_or_assign(names[i], fields[i]);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Facts> fixed_rows(std::string_view text,
                              const std::vector<std::pair<std::string, std::size_t>>& widths,
                              const std::string& document) {
  std::size_t whole = 0;
  for (const auto& [name, width] : widths) whole += width;
  std::vector<Facts> rows;
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.size() > whole)
      throw Error(Error::Code::invalid, Place{document, line, ""},
                  "expected at most " + std::to_string(whole) + " bytes, got " + std::to_string(row.size()));
    if (trimmed(row).empty()) continue;
    Facts facts;
    for (const auto& [name, width] : widths) {
      facts.insert_or_assign(name, trimmed(row.substr(0, width)));
      row.remove_prefix(std::min(width, row.size()));
    }
    rows.push_back(std::move(facts));
  }
  return rows;
}

}  // namespace vcsr::connectors
