// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/trunk_table.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vcsr::sip {

std::optional<std::string> number_of_tel(const Address& address) {
  if (address.scheme() != "tel") return {};
  constexpr std::string_view digits = "0123456789*#", separators = "-.()";
  std::string number;
  for (const char c : address.user()) {
    if (separators.find(c) != separators.npos) continue;
    if (digits.find(c) == digits.npos && !(c == '+' && number.empty())) return {};
    number += c;
  }
  if (number.empty() || number == "+") return {};
  return number;
}

std::optional<std::size_t> TrunkTable::granted(const SipTrunk& trunk, std::string_view number) {
  for (const std::string& prefix : trunk.denied) {
    if (number.starts_with(prefix)) return {};
  }
  std::optional<std::size_t> longest;
  for (const std::string& prefix : trunk.prefixes) {
    const std::size_t length = prefix == "*" ? 0 : prefix.size();
    if (prefix == "*" || number.starts_with(prefix)) longest = std::max(longest.value_or(0), length);
  }
  return longest;
}

std::vector<std::size_t> TrunkTable::routes(std::string_view number) const {
  struct Route {
    std::size_t trunk, prefix;
  };
  std::vector<Route> routes;
  for (std::size_t i = 0; i < trunks_.size(); ++i) {
    if (const std::optional<std::size_t> prefix = granted(trunks_[i], number)) routes.push_back({i, *prefix});
  }
  std::stable_sort(routes.begin(), routes.end(), [this](const Route& a, const Route& b) {
    return std::tuple(!up(a.trunk), b.prefix, trunks_[a.trunk].cost) <
           std::tuple(!up(b.trunk), a.prefix, trunks_[b.trunk].cost);
  });
  std::vector<std::size_t> order;
  for (const Route& route : routes) order.push_back(route.trunk);
  return order;
}

bool TrunkTable::take(std::size_t trunk, std::int64_t day) {
  const SipTrunk& limits = trunks_[trunk];
  State& state = states_[trunk];
  if (state.day != day) state.today = 0;
  state.day = day;
  if (limits.max_calls != 0 && state.open >= limits.max_calls) return false;
  if (limits.max_calls_per_day != 0 && state.today >= limits.max_calls_per_day) return false;
  ++state.open;
  ++state.today;
  return true;
}

bool TrunkTable::set_up(std::size_t trunk, bool up) { return std::exchange(states_[trunk].up, up) != up; }

}  // namespace vcsr::sip
