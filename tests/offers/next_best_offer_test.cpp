// SPDX-License-Identifier: Apache-2.0
#include "vcsr/next_best_offer.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <doctest/doctest.h>

#include "thrown.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

struct Shop {
  explicit Shop(OfferOptions options = {.exploration = 0}, std::uint64_t seed = 1)
      : loop(seed), offers(loop, *journal, std::move(options)) {}

  std::vector<ScoredOffer> rank(const std::string& customer, const Facts& about,
                                const std::string& channel = "voice") {
    return offers.rank(customer, channel, {{.name = "card"}, {.name = "loan"}, {.name = "fund"}}, about);
  }
  /// Gold customers take cards, those with much money funds; nobody wants a loan.
  void teach(int times) {
    for (int i = 0; i < times; ++i) {
      const bool gold = i % 2 == 0;
      const int balance = i % 10;
      const Facts about{{"segment", gold ? "gold" : "blue"}, {"balance", balance}};
      offers.answered("c", "card", gold, about);
      offers.answered("c", "fund", balance > 6, about);
      offers.answered("c", "loan", false, about);
    }
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  NextBestOffer offers;
};

const Facts gold_and_poor{{"segment", "gold"}, {"balance", 0}},
    blue_and_rich{{"segment", "blue"}, {"balance", 9}};

const ScoredOffer& offer_in(const std::vector<ScoredOffer>& offers, const char* name) {
  return *std::find_if(offers.begin(), offers.end(),
                       [name](const ScoredOffer& offer) { return offer.name == name; });
}
double probability(const std::vector<ScoredOffer>& offers, const char* name) {
  return offer_in(offers, name).probability;
}

}  // namespace

TEST_CASE("who knows nothing expects little of all, and takes them as they come") {
  Shop shop;

  const std::vector<ScoredOffer> offers = shop.rank("anna", gold_and_poor);

  REQUIRE(offers.size() == 3);
  CHECK(offers[0].name == "card");
  for (const ScoredOffer& offer : offers) CHECK(offer.probability == doctest::Approx(0.1));
}

TEST_CASE("what customers accept is learned, for whom and how surely") {
  Shop shop;
  shop.teach(400);

  const std::vector<ScoredOffer> gold = shop.rank("anna", gold_and_poor);
  const std::vector<ScoredOffer> rich = shop.rank("otto", blue_and_rich);

  CHECK(gold[0].name == "card");
  CHECK(rich[0].name == "fund");
  CHECK(gold[0].probability > 0.8);
  CHECK(rich[0].probability > 0.7);
  CHECK(probability(rich, "card") < 0.2);
  CHECK(probability(gold, "fund") < 0.3);
  CHECK(probability(gold, "loan") < 0.1);
}

TEST_CASE("a score says what moved it, and adds up") {
  Shop shop;
  shop.teach(400);

  const ScoredOffer card = shop.rank("anna", gold_and_poor)[0];

  double odds = 0;
  for (const auto& [what, adds] : card.why) odds += adds;
  CHECK(1 / (1 + std::exp(-odds)) == doctest::Approx(card.probability));
  REQUIRE(!card.why.empty());
  const auto gold = std::find_if(card.why.begin(), card.why.end(),
                                 [](const auto& reason) { return reason.first == "segment=gold"; });
  REQUIRE(gold != card.why.end());
  CHECK(gold->second > 1);
}

TEST_CASE("an offer that is worth more goes before a likelier one") {
  Shop shop;
  shop.teach(400);

  const std::vector<ScoredOffer> offers =
      shop.offers.rank("anna", "voice", {{.name = "card"}, {.name = "fund", .worth = 1000}}, gold_and_poor);

  CHECK(offers[0].name == "fund");
  CHECK(offers[0].score > offers[1].score);
  CHECK(offers[0].probability < offers[1].probability);
}

TEST_CASE("nobody is made the same offer, or too many, in too short a time") {
  Shop shop({.exploration = 0,
             .per_customer = {.most = 3, .within = 240h},
             .per_offer = {.most = 1, .within = 720h},
             .per_channel = {{"sms", {.most = 1, .within = 24h}}}});
  shop.offers.made("anna", "sms", "card");

  const auto by_sms = shop.rank("anna", {}, "sms");
  const auto by_voice = shop.rank("anna", {});
  const auto other = shop.rank("otto", {}, "sms");
  shop.loop.run_for(25h);
  const auto next_day = shop.rank("anna", {}, "sms");
  shop.offers.made("anna", "voice", "loan");
  shop.offers.made("anna", "voice", "other");
  const auto enough = shop.rank("anna", {});
  shop.loop.run_for(241h);
  const auto later = shop.rank("anna", {});

  CHECK(offer_in(by_sms, "loan").held_back == "she was made 1 offers by sms");
  CHECK(by_voice[0].name == "loan");
  CHECK(by_voice[0].held_back == "");
  CHECK(by_voice[2].name == "card");
  CHECK(by_voice[2].held_back == "was made to her 1 times");
  CHECK(other[0].held_back == "");
  CHECK(next_day[0].held_back == "");
  CHECK(offer_in(enough, "fund").held_back == "she was made 3 offers");
  CHECK(later[0].name == "fund");
  CHECK(later[0].held_back == "");
}

TEST_CASE("another offer goes first as often as is explored, the same with the same seed") {
  const OfferOptions options{.exploration = 0.25};
  Shop shop(options), twin(options), other(options, 2);
  shop.teach(100);
  twin.teach(100);
  other.teach(100);
  int explored = 0, different = 0;
  for (int i = 0; i < 1000; ++i) {
    const ScoredOffer first = shop.rank("anna", gold_and_poor)[0];
    CHECK(twin.rank("anna", gold_and_poor)[0].name == first.name);
    different += other.rank("anna", gold_and_poor)[0].name == first.name ? 0 : 1;
    explored += first.explored ? 1 : 0;
    CHECK((first.name == "card") == !first.explored);
  }

  CHECK(explored > 200);
  CHECK(explored < 300);
  CHECK(different > 0);
}

TEST_CASE("the journal makes the same model again") {
  Shop shop;
  shop.teach(50);
  shop.offers.made("anna", "voice", "card", "c-1");
  Shop next;
  const Journal::Subscription reading =
      shop.journal->follow(1, [&next](const JournalEntry& entry) { next.offers.apply(entry); });
  shop.loop.run_for(1s);

  const auto before = shop.rank("anna", gold_and_poor), after = next.rank("anna", gold_and_poor);

  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(before[i].name == after[i].name);
    CHECK(before[i].probability == after[i].probability);
    CHECK(before[i].held_back == after[i].held_back);
  }
}

TEST_CASE("what cannot be is refused by its name") {
  SimLoop loop;
  const auto journal = make_memory_journal(loop);
  const auto refusal = [&](OfferOptions options) {
    return thrown(Error::Code::invalid, [&] { NextBestOffer(loop, *journal, options); });
  };
  NextBestOffer offers(loop, *journal);

  CHECK(refusal({.exploration = 1.5}) == "offers: exploration: expected 0 to 1, got 1.500000");
  CHECK(refusal({.learning_rate = 0}) == "offers: learning_rate: expected more than 0, got 0.000000");
  CHECK(refusal({.regularization = -1}) == "offers: regularization: expected 0 or more, got -1.000000");
  CHECK(thrown(Error::Code::invalid, [&] {
          offers.rank("a", "voice", {{.name = "card", .worth = -1}}, {});
        }) == "offer card: worth: expected 0 or more, got -1.000000");
}
