// SPDX-License-Identifier: Apache-2.0
#include "simulation/profile.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>

#include "app/duration.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Cells = std::vector<std::string>;
constexpr const char* columns[] = {"begins", "contacts", "handling", "agents"};

/// The cells of a line without what spreadsheets put around them.
Cells split(std::string_view line) {
  Cells cells(1);
  for (const char c : line)
    if (c == ',') cells.emplace_back();
    else if (c != '"' && c != '\r' && c != ' ' && c != '\t') cells.back() += c;
  return cells;
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

/// One file while it is read; every fault names the line and the column.
class ProfileFile {
 public:
  explicit ProfileFile(const std::string& path) : path_(path), file_(path) {
    if (!file_) throw Error(Error::Code::not_found, "cannot read the profile " + path);
  }

  std::vector<ProfileInterval> read() {
    read_names();
    std::vector<ProfileInterval> day;
    while (next())
      if (cells_.size() > 1 || !cells_[0].empty()) day.push_back(interval(day));
    if (day.empty()) refuse("", "there is no interval below the line of names");
    for (std::size_t i = 0; i + 1 < day.size(); ++i) day[i].length = day[i + 1].begins - day[i].begins;
    day.back().length = day.size() > 1 ? day[day.size() - 2].length : std::chrono::minutes(30);
    return day;
  }

 private:
  [[noreturn]] void refuse(const std::string& column, const std::string& why) const {
    throw Error(Error::Code::invalid, Place{path_, line_, column}, why);
  }

  bool next() {
    std::string line;
    if (!std::getline(file_, line)) return false;
    if (++line_ == 1 && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
    cells_ = split(line);
    return true;
  }

  void read_names() {
    if (next()) names_ = cells_;
    for (const std::string& name : names_)
      if (std::find(std::begin(columns), std::end(columns), name) == std::end(columns))
        refuse(name, "unknown column; known: begins, contacts, handling, agents");
    for (const char* needed : {"begins", "contacts"})
      if (std::find(names_.begin(), names_.end(), needed) == names_.end())
        refuse(needed, "the first line names the columns, and this one is missing");
  }

  const std::string* cell(const char* column) const {
    const auto name = std::find(names_.begin(), names_.end(), column);
    return name == names_.end() ? nullptr : &cells_[static_cast<std::size_t>(name - names_.begin())];
  }

  template <class Value>
  Value taken(const char* column, std::optional<Value> value, const std::string& expected) const {
    if (!value) refuse(column, "expected " + expected + ", got \"" + *cell(column) + "\"");
    return *value;
  }

  ProfileInterval interval(const std::vector<ProfileInterval>& before) const {
    if (cells_.size() != names_.size())
      refuse("",
             "expected " + std::to_string(names_.size()) + " columns, got " + std::to_string(cells_.size()));
    ProfileInterval interval;
    interval.begins = taken("begins", parse_time_of_day(*cell("begins")), "a time such as \"09:30\"");
    if (interval.begins >= std::chrono::hours(24)) refuse("begins", "expected a time before 24:00");
    if (!before.empty() && interval.begins <= before.back().begins)
      refuse("begins", "expected a time after " + time_of_day(before.back().begins));
    interval.contacts = taken("contacts", number_of<double>(*cell("contacts")), "a number");
    if (!(interval.contacts >= 0 && interval.contacts <= 1e9))
      refuse("contacts", "expected 0 to 1000000000, got " + *cell("contacts"));
    if (const std::string* text = cell("handling"); text && !text->empty())
      interval.handling = taken("handling", parse_duration(*text), "a duration such as \"240s\"");
    if (const std::string* text = cell("agents"); text && !text->empty())
      interval.agents = taken("agents", number_of<std::size_t>(*text), "a whole number");
    return interval;
  }

  const std::string path_;
  std::ifstream file_;
  Cells names_, cells_;
  int line_ = 0;
};

}  // namespace

double ProfileInterval::per_hour() const {
  return contacts / (std::chrono::duration<double>(length).count() / 3600);
}

std::vector<ProfileInterval> read_profile(const std::string& path) { return ProfileFile(path).read(); }

std::optional<Duration> parse_time_of_day(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.size() != colon + 3) return {};
  const auto hours = number_of<unsigned>(text.substr(0, colon));
  const auto minutes = number_of<unsigned>(text.substr(colon + 1));
  if (!hours || !minutes || *minutes > 59 || *hours > 24 || *hours * 60 + *minutes > 24 * 60) return {};
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

std::string time_of_day(Duration since_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since_midnight).count();
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60));
  return text;
}

}  // namespace vcsr
