// SPDX-License-Identifier: Apache-2.0
#include "vcsr/next_best_offer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/facts.hpp"
#include "offers/offer_model.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

void require(const char* name, bool holds, const char* expected, double given) {
  if (!holds)
    throw Error(Error::Code::invalid,
                std::string("offers: ") + name + ": expected " + expected + ", got " + std::to_string(given));
}

/// Evenly from 0 to below 1.
double chance(Loop& loop) {
  constexpr int unused = 11;
  return static_cast<double>(loop.random() >> unused) / static_cast<double>(std::uint64_t{1} << 53);
}

}  // namespace

NextBestOffer::NextBestOffer(Loop& loop, Journal& journal, OfferOptions options)
    : loop_(loop), journal_(journal), options_(std::move(options)) {
  require("exploration", options_.exploration >= 0 && options_.exploration <= 1, "0 to 1",
          options_.exploration);
  require("learning_rate", options_.learning_rate > 0, "more than 0", options_.learning_rate);
  require("regularization", options_.regularization >= 0, "0 or more", options_.regularization);
}

NextBestOffer::~NextBestOffer() = default;

std::string NextBestOffer::held_back(const std::string& customer, const std::string& channel,
                                     const std::string& offer) const {
  const auto found = made_.find(customer);
  if (found == made_.end()) return "";
  const WallTime now = loop_.wall_time();
  const auto full = [&](const OfferCap& cap, const auto& counts) {
    if (cap.most <= 0) return false;
    return std::count_if(found->second.begin(), found->second.end(), [&](const Made& made) {
             return made.at > now - cap.within && counts(made);
           }) >= cap.most;
  };
  if (full(options_.per_offer, [&](const Made& made) { return made.offer == offer; }))
    return "was made to her " + std::to_string(options_.per_offer.most) + " times";
  if (full(options_.per_customer, [](const Made&) { return true; }))
    return "she was made " + std::to_string(options_.per_customer.most) + " offers";
  const auto cap = options_.per_channel.find(channel);
  if (cap != options_.per_channel.end() &&
      full(cap->second, [&](const Made& made) { return made.channel == channel; }))
    return "she was made " + std::to_string(cap->second.most) + " offers by " + channel;
  return "";
}

ScoredOffer NextBestOffer::scored(const std::string& customer, const std::string& channel,
                                  const OfferCandidate& candidate, const Facts& about) const {
  if (!std::isfinite(candidate.worth) || candidate.worth < 0)
    throw Error(Error::Code::invalid, "offer " + candidate.name + ": worth: expected 0 or more, got " +
                                          std::to_string(candidate.worth));
  const auto model = models_.find(candidate.name);
  const Model fresh;
  const Model& judge = model == models_.end() ? fresh : *model->second;
  const double probability = judge.probability(about);
  return {.name = candidate.name,
          .probability = probability,
          .score = probability * candidate.worth,
          .explored = false,
          .held_back = held_back(customer, channel, candidate.name),
          .why = judge.reasons(about)};
}

std::vector<ScoredOffer> NextBestOffer::rank(const std::string& customer, const std::string& channel,
                                             const std::vector<OfferCandidate>& candidates,
                                             const Facts& about) {
  std::vector<ScoredOffer> offers;
  for (const OfferCandidate& candidate : candidates)
    offers.push_back(scored(customer, channel, candidate, about));
  std::stable_sort(offers.begin(), offers.end(), [](const ScoredOffer& a, const ScoredOffer& b) {
    if (a.held_back.empty() != b.held_back.empty()) return a.held_back.empty();
    return a.score > b.score;
  });
  const auto free = std::count_if(offers.begin(), offers.end(),
                                  [](const ScoredOffer& offer) { return offer.held_back.empty(); });
  if (free > 1 && chance(loop_) < options_.exploration) {
    const auto place = 1 + static_cast<std::ptrdiff_t>(loop_.random() % static_cast<std::uint64_t>(free - 1));
    offers[static_cast<std::size_t>(place)].explored = true;
    std::rotate(offers.begin(), offers.begin() + place, offers.begin() + place + 1);
  }
  return offers;
}

void NextBestOffer::made(const std::string& customer, const std::string& channel, const std::string& offer,
                         const std::string& contact) {
  made_[customer].push_back({loop_.wall_time(), channel, offer});
  journal_.append(events::offer_made, customer,
                  {{"offer", offer}, {"channel", channel}, {"contact", contact}});
}

void NextBestOffer::answered(const std::string& customer, const std::string& offer, bool accepted,
                             Facts about, const std::string& contact) {
  std::unique_ptr<Model>& model = models_[offer];
  if (!model) model = std::make_unique<Model>();
  model->learn(about, accepted, options_);
  journal_.append(
      events::offer_answered, customer,
      {{"offer", offer}, {"accepted", accepted}, {"about", std::move(about)}, {"contact", contact}});
}

void NextBestOffer::apply(const JournalEntry& entry) {
  const std::string offer = text_in(entry.data, "offer");
  if (entry.type == events::offer_made)
    made_[entry.subject].push_back({entry.at, text_in(entry.data, "channel"), offer});
  if (entry.type != events::offer_answered) return;
  std::unique_ptr<Model>& model = models_[offer];
  if (!model) model = std::make_unique<Model>();
  const auto about = entry.data.find("about");
  const Facts* const facts = about == entry.data.end() ? nullptr : about->second.get_if<Facts>();
  const auto accepted = entry.data.find("accepted");
  model->learn(facts ? *facts : Facts(), accepted != entry.data.end() && accepted->second == Value(true),
               options_);
}

}  // namespace vcsr
