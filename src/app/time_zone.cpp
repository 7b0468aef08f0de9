// SPDX-License-Identifier: Apache-2.0
#include "app/time_zone.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::size_t header_size = 44;

[[noreturn]] void unreadable(const std::string& name) {
  throw Error(Error::Code::invalid, "the time zone \"" + name +
                                        "\" cannot be read from the system's database; install tzdata anew");
}

std::int64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = static_cast<std::uint8_t>(bytes[at]) & 0x80u ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < size; ++i) number = (number << 8) | static_cast<std::uint8_t>(bytes[at + i]);
  return static_cast<std::int64_t>(number);
}

/// How many there are of each in a block, which follow its header (RFC 8536 §3.1).
struct Counts {
  std::size_t times = 0, types = 0;
  std::size_t block = 0;  ///< bytes of all that follows

  static Counts of(std::string_view bytes, std::size_t time_size, const std::string& name) {
    if (bytes.size() < header_size || !bytes.starts_with("TZif")) unreadable(name);
    const auto count = [&](std::size_t i) {
      return static_cast<std::size_t>(number_at(bytes, 20 + 4 * i, 4)) & 0xffffff;
    };
    Counts counts{.times = count(3), .types = count(4)};
    counts.block = counts.times * (time_size + 1) + counts.types * 6 + count(5) + count(2) * (time_size + 4) +
                   count(1) + count(0);
    if (bytes.size() < header_size + counts.block || counts.types == 0) unreadable(name);
    return counts;
  }
};

/// The parts of "CET-1CEST,M3.5.0,M10.5.0/3".
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  bool next(char expected) {
    if (!text_.starts_with(expected)) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool at_sign_or_digit() const {
    return !text_.empty() && (text_[0] == '-' || text_[0] == '+' || (text_[0] >= '0' && text_[0] <= '9'));
  }
  void skip_name() {
    const bool quoted = text_.starts_with('<');
    const std::size_t end = quoted ? text_.find('>') : text_.find_first_of("+-0123456789,");
    text_.remove_prefix(std::min(end == text_.npos ? end : end + quoted, text_.size()));
  }
  std::int64_t number() {
    std::int64_t number = 0;
    for (; !text_.empty() && text_[0] >= '0' && text_[0] <= '9' && number < 1000; text_.remove_prefix(1))
      number = number * 10 + (text_[0] - '0');
    return number;
  }
  /// "-1:30" in seconds.
  std::int64_t time() {
    const bool negative = next('-');
    if (!negative) next('+');
    std::int64_t seconds = number() * 3600;
    if (next(':')) seconds += number() * 60;
    if (next(':')) seconds += number();
    return negative ? -seconds : seconds;
  }

 private:
  std::string_view text_;
};

std::int64_t seconds_of(std::chrono::sys_days day) {
  return std::int64_t{day.time_since_epoch().count()} * 86400;
}

}  // namespace

TimeZone TimeZone::named(const std::string& name) {
  const bool harmless = name.find("..") == std::string::npos && !name.starts_with('/');
  std::ifstream file(name.empty() ? "/etc/localtime" : "/usr/share/zoneinfo/" + name, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (harmless && !bytes.empty()) return parse(bytes, name);
  if (name.empty()) return {};
  throw Error(
      Error::Code::not_found,
      "there is no time zone \"" + name +
          "\" in /usr/share/zoneinfo; expected one such as \"Asia/Shanghai\" (and the package tzdata)");
}

TimeZone TimeZone::parse(std::string_view bytes, const std::string& name) {
  const Counts old = Counts::of(bytes, 4, name);
  bytes.remove_prefix(header_size + old.block);
  const Counts counts = Counts::of(bytes, 8, name);
  TimeZone zone;
  zone.read_transitions(bytes, name);
  bytes.remove_prefix(header_size + counts.block);
  if (!bytes.starts_with('\n') || !bytes.ends_with('\n') || bytes.size() < 2) unreadable(name);
  zone.read_rule(bytes.substr(1, bytes.size() - 2), name);
  return zone;
}

void TimeZone::read_transitions(std::string_view block, const std::string& name) {
  const Counts counts = Counts::of(block, 8, name);
  block.remove_prefix(header_size);
  const std::size_t indices = counts.times * 8, types = indices + counts.times;
  const auto offset = [&](std::size_t type) { return number_at(block, types + 6 * type, 4); };
  known_.push_back({INT64_MIN, offset(0)});
  for (std::size_t i = 0; i < counts.times; ++i) {
    const std::size_t type = static_cast<std::uint8_t>(block[indices + i]);
    if (type >= counts.types) unreadable(name);
    known_.push_back({number_at(block, 8 * i, 8), offset(type)});
  }
}

void TimeZone::read_rule(std::string_view rule, const std::string& name) {
  if (rule.empty()) return;
  RuleReader reader(rule);
  reader.skip_name();
  standard_ = -reader.time();
  goes_on_ = true;
  if (reader.done()) return;
  has_summer_ = true;
  reader.skip_name();
  summer_ = reader.at_sign_or_digit() ? -reader.time() : standard_ + 3600;
  for (Change* const change : {&to_summer_, &to_standard_}) {
    if (!reader.next(',') || !reader.next('M')) unreadable(name);
    change->month = static_cast<unsigned>(reader.number());
    if (!reader.next('.')) unreadable(name);
    change->week = static_cast<unsigned>(reader.number());
    if (!reader.next('.')) unreadable(name);
    change->weekday = static_cast<unsigned>(reader.number());
    if (reader.next('/')) change->seconds = reader.time();
    if (change->month < 1 || change->month > 12 || change->week < 1 || change->week > 5 ||
        change->weekday > 6)
      unreadable(name);
  }
}

std::int64_t TimeZone::offset_by_rule(std::int64_t at) const {
  if (!has_summer_) return standard_;
  using namespace std::chrono;
  const year_month_day today(floor<days>(sys_seconds(seconds(at + standard_))));
  const auto moment = [&](const Change& change, std::int64_t offset_before) {
    const year_month month = today.year() / std::chrono::month(change.month);
    const weekday day(change.weekday);
    const sys_days date = change.week == 5 ? sys_days(month / day[last]) : sys_days(month / day[change.week]);
    return seconds_of(date) + change.seconds - offset_before;
  };
  const std::int64_t summer = moment(to_summer_, standard_), winter = moment(to_standard_, summer_);
  const bool north = summer < winter;
  const bool is_summer = north ? at >= summer && at < winter : at >= summer || at < winter;
  return is_summer ? summer_ : standard_;
}

WallTime TimeZone::local(WallTime time) const {
  const std::int64_t at = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  if (known_.empty()) return time;
  const auto next =
      std::upper_bound(known_.begin() + 1, known_.end(), at,
                       [](std::int64_t moment, const Since& since) { return moment < since.at; });
  const bool after = next == known_.end() && goes_on_;
  return time + std::chrono::seconds(after ? offset_by_rule(at) : std::prev(next)->offset);
}

}  // namespace vcsr
