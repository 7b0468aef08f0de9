// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/zone.hpp"

#include <algorithm>
#include <chrono>

#include <cctz/civil_time.h>

#include "rules/feel/values/civil.hpp"

namespace vcsr::feel {

namespace {

constexpr std::int64_t january_2000 = 946'684'800;
constexpr std::int64_t july_2000 = 962'409'600;

cctz::time_point<cctz::seconds> moment(std::int64_t seconds) {
  return cctz::time_point<cctz::seconds>(cctz::seconds(seconds));
}

/// Names as the database has them, and no path out of its folder.
bool is_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name == "localtime") return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

std::optional<std::int64_t> offset_of(TextScanner text) {
  const bool minus = text.take('-');
  if (!minus && !text.take('+')) return std::nullopt;
  const auto hours = text.digits(2, 2);
  if (!hours || !text.take(':')) return std::nullopt;
  const auto minutes = text.digits(2, 2);
  const auto seconds = text.take(':') ? text.digits(2, 2) : 0;
  if (!minutes || !seconds || *minutes > 59 || *seconds > 59 || !text.done()) return std::nullopt;
  const auto offset = *hours * 3600 + *minutes * 60 + *seconds;
  return minus ? -offset : offset;
}

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

Zone Zone::utc() {
  Zone zone;
  zone.kind_ = Kind::offset;
  return zone;
}

std::optional<Zone> Zone::of_offset(std::int64_t seconds) {
  if (seconds > widest_offset || seconds < -widest_offset) return std::nullopt;
  auto zone = utc();
  zone.offset_ = static_cast<std::int32_t>(seconds);
  return zone;
}

std::optional<Zone> Zone::named(std::string_view name) {
  Zone zone;
  if (!is_name(name) || !cctz::load_time_zone(std::string(name), &zone.named_)) return std::nullopt;
  zone.kind_ = Kind::named;
  return zone;
}

std::optional<Zone> Zone::parse(std::string_view text) {
  if (text.empty()) return Zone();
  if (text == "Z" || text == "z") return utc();
  if (text.front() == '@') return named(text.substr(1));
  const auto offset = offset_of(TextScanner(text));
  return offset ? of_offset(*offset) : std::nullopt;
}

std::string Zone::name() const { return kind_ == Kind::named ? named_.name() : std::string(); }

std::optional<std::int64_t> Zone::offset_at_local(std::int64_t seconds) const {
  if (kind_ == Kind::none) return std::nullopt;
  if (kind_ == Kind::offset) return offset_;
  const auto [days, second] = floored(seconds, 86'400);
  const auto [year, month, day] = civil_from_days(days);
  const auto shown = cctz::civil_second(year, month, day) + second;
  return seconds - named_.lookup(shown).pre.time_since_epoch().count();
}

std::optional<std::int64_t> Zone::offset_at(std::int64_t seconds) const {
  if (kind_ == Kind::none) return std::nullopt;
  if (kind_ == Kind::offset) return offset_;
  return named_.lookup(moment(seconds)).offset;
}

std::optional<std::int64_t> Zone::usual_offset() const {
  if (kind_ != Kind::named) return offset_at(0);
  const auto january = named_.lookup(moment(january_2000));
  return january.is_dst ? named_.lookup(moment(july_2000)).offset : january.offset;
}

std::string Zone::to_string() const {
  if (kind_ == Kind::none) return "";
  if (kind_ == Kind::named) return "@" + named_.name();
  if (offset_ == 0) return "Z";
  const auto size = offset_ < 0 ? -offset_ : offset_;
  auto text = (offset_ < 0 ? "-" : "+") + two_digits(size / 3600) + ":" + two_digits(size / 60 % 60);
  return size % 60 == 0 ? text : text + ":" + two_digits(size % 60);
}

}  // namespace vcsr::feel
