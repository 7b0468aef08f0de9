// SPDX-License-Identifier: Apache-2.0
#include "offers/offer_model.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace vcsr {

namespace {

constexpr double most_scaled = 3;  // what lies further out says no more
constexpr double first_squares = 1e-6;

double logistic(double odds) { return 1 / (1 + std::exp(-odds)); }

const double* as_number(const Value& value, double& whole) {
  if (const auto* number = value.get_if<std::int64_t>()) {
    whole = static_cast<double>(*number);
    return &whole;
  }
  return value.get_if<double>();
}

}  // namespace

void NextBestOffer::Model::Spread::add(double number) {
  ++count;
  const double before = number - mean;
  mean += before / count;
  squares += before * (number - mean);
}

double NextBestOffer::Model::Spread::scaled(double number) const {
  if (count < 2 || squares <= 0) return 0;
  return std::clamp((number - mean) / std::sqrt(squares / count), -most_scaled, most_scaled);
}

NextBestOffer::Model::Reasons NextBestOffer::Model::features(const Facts& about) const {
  Reasons features{{"", 1.0}};
  for (const auto& [name, value] : about) {
    double whole = 0;
    if (const double* number = as_number(value, whole)) {
      const auto spread = spreads_.find(name);
      features.emplace_back(name, spread == spreads_.end() ? 0 : spread->second.scaled(*number));
    } else if (value.get_if<std::string>() || value.get_if<bool>()) {
      features.emplace_back(name + "=" + value.text(), 1.0);
    }
  }
  return features;
}

NextBestOffer::Model::Reasons NextBestOffer::Model::reasons(const Facts& about) const {
  Reasons reasons;
  for (const auto& [name, strength] : features(about)) {
    const auto weight = weights_.find(name);
    double adds = weight == weights_.end() ? 0 : weight->second.value * strength;
    if (name.empty()) adds += std::log(prior / (1 - prior));
    if (adds != 0) reasons.emplace_back(name, adds);
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
  return reasons;
}

double NextBestOffer::Model::probability(const Facts& about) const {
  double odds = 0;
  for (const auto& [name, adds] : reasons(about)) odds += adds;
  return logistic(odds);
}

void NextBestOffer::Model::learn(const Facts& about, bool accepted, const OfferOptions& options) {
  for (const auto& [name, value] : about) {
    double whole = 0;
    if (const double* number = as_number(value, whole); number && std::isfinite(*number))
      spreads_[name].add(*number);
  }
  const double wrong = probability(about) - (accepted ? 1 : 0);
  for (const auto& [name, strength] : features(about)) {
    Weight& weight = weights_[name];
    const double gradient = wrong * strength + options.regularization * weight.value;
    weight.squares += gradient * gradient;
    weight.value -= options.learning_rate * gradient / std::sqrt(weight.squares + first_squares);
  }
}

}  // namespace vcsr
