// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/value.hpp"
#include "vcsr/next_best_offer.hpp"

namespace vcsr {

/// A logistic regression that learns one answer at a time (AdaGrad); own weights for every text that is seen.
class NextBestOffer::Model {
 public:
  /// Before anything is known it says this.
  static constexpr double prior = 0.1;

  using Reasons = std::vector<std::pair<std::string, double>>;

  double probability(const Facts& about) const;
  /// What each part adds to the log-odds, the strongest first.
  Reasons reasons(const Facts& about) const;
  void learn(const Facts& about, bool accepted, const OfferOptions& options);

 private:
  struct Weight {
    double value = 0;
    double squares = 0;  ///< of gradients until now
  };
  /// Of the numbers seen under one name.
  struct Spread {
    double count = 0, mean = 0, squares = 0;
    void add(double number);
    double scaled(double number) const;
  };

  /// Names of weights and what they are multiplied with; "" is what holds for everybody.
  Reasons features(const Facts& about) const;

  std::map<std::string, Weight> weights_;
  std::map<std::string, Spread, std::less<>> spreads_;
};

}  // namespace vcsr
