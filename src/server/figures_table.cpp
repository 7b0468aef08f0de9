// SPDX-License-Identifier: Apache-2.0
#include "server/figures_table.hpp"

#include <optional>

namespace vcsr {

namespace {

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }
Value seconds(std::optional<Duration> time) { return time ? Value(seconds(*time)) : Value(); }
Value share(std::optional<double> share) { return share ? Value(*share) : Value(); }

/// How many of something there were on average.
Value level(Duration sum, Duration length) {
  return length > Duration::zero() ? Value(seconds(sum) / seconds(length)) : Value();
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string cell(const Value& value) {
  const std::string* const text = value.get_if<std::string>();
  return text ? quoted(*text) : value.text();
}

}  // namespace

NamedFigures named(const QueueFigures& of) {
  return {{"begins", to_string(of.begins)},
          {"length", seconds(of.length)},
          {"waiting_at_start", of.waiting_at_start},
          {"waiting_at_end", of.waiting_at_end},
          {"offered", of.offered},
          {"answered", of.answered},
          {"answered_in_time", of.answered_in_time},
          {"abandoned", of.abandoned},
          {"abandoned_in_time", of.abandoned_in_time},
          {"short_abandoned", of.short_abandoned},
          {"flowed", of.flowed},
          {"called_back", of.called_back},
          {"sl_offered", share(of.service_level(ServiceLevel::offered))},
          {"sl_answered", share(of.service_level(ServiceLevel::answered))},
          {"sl_incl_ab", share(of.service_level(ServiceLevel::including_abandoned))},
          {"sl_ans_plus_late_ab", share(of.service_level(ServiceLevel::plus_late_abandoned))},
          {"sl_genesys", share(of.service_level(ServiceLevel::genesys))},
          {"abandonment", share(of.abandonment())},
          {"abandonment_without_short", share(of.abandonment_without_short())},
          {"asa", seconds(of.speed_of_answer())},
          {"mean_wait", seconds(of.mean_wait())},
          {"wait_p50", seconds(of.wait_percentile(0.5))},
          {"wait_p90", seconds(of.wait_percentile(0.9))},
          {"longest_wait", seconds(of.longest_wait)},
          {"time_to_abandon", seconds(of.time_to_abandon())},
          {"waiting", level(of.waiting_time, of.length)},
          {"offers", of.offers},
          {"offers_missed", of.offers_missed},
          {"offers_withdrawn", of.offers_withdrawn},
          {"handled", of.handled},
          {"aht", seconds(of.handling_time())},
          {"aht_per_contact", seconds(of.handling_time_per_contact())},
          {"talked", seconds(of.talked)},
          {"held", seconds(of.held)},
          {"wrapped_up", seconds(of.wrapped_up)},
          {"transferred", of.transferred},
          {"transfer_rate", share(of.transfer_rate())},
          {"estimates", of.estimates},
          {"estimate_error", seconds(of.estimate_error())},
          {"close_estimates_share", share(of.close_estimates_share())}};
}

NamedFigures named(const AgentFigures& of) {
  return {{"begins", to_string(of.begins)},
          {"length", seconds(of.length)},
          {"ready", seconds(of.ready)},
          {"reserved", seconds(of.reserved)},
          {"talked", seconds(of.talked)},
          {"held", seconds(of.held)},
          {"wrapped_up", seconds(of.wrapped_up)},
          {"not_ready", seconds(of.not_ready)},
          {"logged_in", seconds(of.logged_in())},
          {"handled", of.handled},
          {"offers", of.offers},
          {"offers_accepted", of.offers_accepted},
          {"occupancy", share(of.occupancy())},
          {"utilization", share(of.utilization())},
          {"answer_rate", share(of.answer_rate())}};
}

Value to_object(const NamedFigures& figures) {
  Value::Map map;
  for (const auto& [name, value] : figures) map.emplace(name, value);
  return map;
}

std::string to_csv(const char* heading, const std::vector<std::pair<std::string, NamedFigures>>& rows) {
  if (rows.empty()) return std::string(heading) + "\r\n";
  std::string text = heading;
  for (const auto& [name, value] : rows.front().second) text += std::string(",") + name;
  for (const auto& [whose, figures] : rows) {
    text += "\r\n" + quoted(whose);
    for (const auto& [name, value] : figures) text += "," + cell(value);
  }
  return text + "\r\n";
}

}  // namespace vcsr
