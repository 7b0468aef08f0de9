// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// Something that can be offered now, as rules found it.
struct OfferCandidate {
  std::string name = {};
  double worth = 1;  ///< when it is accepted; 0 or more
};

/// How often anything may be offered, in any time as long as `within`.
struct OfferCap {
  int most = 0;  ///< 0: as often as one likes
  Duration within = std::chrono::hours(24 * 30);
};

/// How offers are chosen, and how soon the model believes what it sees.
struct OfferOptions {
  double exploration = 0.1;             ///< how often another offer than the best goes first, 0 to 1
  double learning_rate = 0.3;           ///< of AdaGrad
  double regularization = 1e-4;         ///< draws weights to 0
  OfferCap per_customer = {.most = 3};  ///< over all channels
  OfferCap per_offer = {.most = 1};     ///< of the same offer to the same customer
  std::map<std::string, OfferCap> per_channel = {};  ///< to the same customer, by the channel's name
};

/// How an offer stands, and why.
struct ScoredOffer {
  std::string name = {};
  double probability = 0;      ///< that it is accepted, by the model
  double score = 0;            ///< probability times worth
  bool explored = false;       ///< goes first by chance, to learn
  std::string held_back = {};  ///< which cap forbids it, in words; "": it may be made
  /// What moved the log-odds, the strongest first: {"segment=gold", 1.2}, {"", …} is what holds for
  /// everybody.
  std::vector<std::pair<std::string, double>> why = {};
};

/// Ranks offers by a logistic model per offer that learns from every answer as it comes. A function of the
/// journal's entries and of the loop's chance. Numbers count by their size, compared with those seen before,
/// texts and truth values by being there. On one loop.
class VCSR_EXPORT NextBestOffer {
 public:
  /// Both outlive it. Throws Error(invalid) naming an option that cannot be.
  NextBestOffer(Loop& loop, Journal& journal, OfferOptions options = {});
  ~NextBestOffer();
  NextBestOffer(const NextBestOffer&) = delete;

  /// The best first, those that are held back last. `about` is what is known of the customer, such as
  /// CustomerContext::facts(). Throws Error(invalid) for a worth that cannot be.
  std::vector<ScoredOffer> rank(const std::string& customer, const std::string& channel,
                                const std::vector<OfferCandidate>& candidates, const Facts& about);

  /// It is being made: counts for the caps. Journalled.
  void made(const std::string& customer, const std::string& channel, const std::string& offer,
            const std::string& contact = {});
  /// What the customer said to it: is learned. Journalled.
  void answered(const std::string& customer, const std::string& offer, bool accepted, Facts about,
                const std::string& contact = {});

  /// Learns from what an earlier run has journalled; other entries are passed over.
  void apply(const JournalEntry& entry);

 private:
  class Model;
  struct Made {
    WallTime at{};
    std::string channel, offer;
  };

  std::string held_back(const std::string& customer, const std::string& channel,
                        const std::string& offer) const;
  ScoredOffer scored(const std::string& customer, const std::string& channel, const OfferCandidate& candidate,
                     const Facts& about) const;

  Loop& loop_;
  Journal& journal_;
  const OfferOptions options_;
  std::map<std::string, std::unique_ptr<Model>> models_;
  std::map<std::string, std::deque<Made>> made_;  // by customer, oldest first
};

}  // namespace vcsr
