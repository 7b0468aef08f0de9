// SPDX-License-Identifier: Apache-2.0
#include "delivery.hpp"

#include <doctest/doctest.h>

#include "examples/world.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

const std::string caller_number = "tel:+8613800000009";

class DeliveryWorld : public World {
 public:
  DeliveryWorld() : World("delivery") {
    const Facts settings = {
        {"folder", program}, {"database", folder / "delivery.db"}, {"queue", "service"}, {"simulated", true}};
    center.serve("6000", make_delivery(center, loop, settings));
  }
};

Task<> talks_for_a_minute(SimParty party) {
  co_await party.connected();
  co_await party.wait(1min);
}

/// Chooses the language, enters the numbers one after the other, and stays.
SimBehavior enters(std::string language, std::vector<std::string> numbers) {
  return [language, numbers](SimParty party) -> Task<> {
    co_await party.hears("choose-language");
    party.press(language);
    for (const std::string& number : numbers) {
      co_await party.hears("enter-waybill");
      party.press(number);
    }
    co_await talks_for_a_minute(party);
  };
}

}  // namespace

TEST_CASE("the status of a shipment is told in English and in Chinese") {
  DeliveryWorld world;

  const SimParty english = world.call(caller_number, enters("1", {"78412345675"}));
  const SimParty chinese = world.call(caller_number, enters("2", {"99976543213"}));
  world.loop.run();

  CHECK(heard(english,
              "Your shipment left Guangzhou on November twentieth, twenty twenty-six and is on its way."));
  CHECK(heard(chinese,
              "您的货物自二零二六年十一月二十一日起在上海海关清关。 预计二零二六年十一月二十五日送达。"));
  CHECK(world.outcomes() == "self_served, self_served");
}

TEST_CASE("every status a shipment can have has its words in both languages") {
  const std::vector<std::string> waybills = {"78412345675", "78412345686", "99976543213",
                                             "16000000011", "18098765435", "20555555522"};
  for (const std::string& waybill : waybills) {
    for (const std::string language : {"1", "2"}) {
      CAPTURE(waybill);
      DeliveryWorld world;
      world.call(caller_number, enters(language, {waybill}));
      world.loop.run();
      CHECK(world.outcomes() == "self_served");
    }
  }
}

TEST_CASE("a wrong check digit is told, and the right number then helps") {
  DeliveryWorld world;

  const SimParty caller = world.call(caller_number, enters("1", {"78412345670", "78412345675"}));
  world.loop.run();

  CHECK(heard(caller, "We cannot find a shipment with the number seven eight four"));
  CHECK(heard(caller, "Your shipment left Guangzhou"));
  CHECK(world.outcomes() == "self_served");
}

TEST_CASE("a number that is doubtful twice goes to a person who sees it and why") {
  struct Doubt {
    std::string entered, why;
  };
  const std::vector<Doubt> doubts = {{"78412345670", "ends in 0 where 5 was expected"},
                                     {"78400000011", "is not in our books"},
                                     {"784123#", "has 6 digits instead of 11"},
                                     {"7841234*675", "is not all digits"}};
  for (const Doubt& doubt : doubts) {
    CAPTURE(doubt.entered);
    DeliveryWorld world;
    world.agent_comes();
    const std::string shown = doubt.entered.substr(0, doubt.entered.find('#'));

    world.call(caller_number, enters("1", {"78412345674", doubt.entered}));
    world.loop.run();

    REQUIRE(world.pops().size() == 1);
    const Value::Map pop = world.pops()[0];
    CHECK(pop.at("reason") == Value("waybill " + shown + " " + doubt.why));
    CHECK(pop.at("collected").get_if<Value::Map>()->at("waybill") == Value(shown));
    CHECK(pop.at("collected").get_if<Value::Map>()->at("doubt") == Value(doubt.why));
    CHECK(world.outcomes() == "served");
  }
}

TEST_CASE("several shipments can be asked for in one call") {
  DeliveryWorld world;

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("choose-language");
    party.press("1");
    co_await party.hears("enter-waybill");
    party.press("78412345675");
    co_await party.hears("what-next");
    party.press("1");
    co_await party.hears("enter-waybill");
    party.press("78412345686");
    co_await party.hears("what-next");
    party.press("9");
    co_await party.ended();
  };
  const SimParty caller = world.call(caller_number, behavior);
  world.loop.run();

  CHECK(heard(caller, "Your shipment was delivered in Hangzhou"));
  CHECK(caller.heard().back() == "Thank you for calling Swift Air Cargo. Goodbye.");
}

TEST_CASE("0 during the status leads to a person who knows the waybill") {
  DeliveryWorld world;
  world.agent_comes();

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("choose-language");
    party.press("1");
    co_await party.hears("enter-waybill");
    party.press("18098765435");
    co_await party.hears("delayed");
    party.press("0");
    co_await talks_for_a_minute(party);
  };
  world.call(caller_number, behavior);
  world.loop.run();

  REQUIRE(world.pops().size() == 1);
  CHECK(world.pops()[0].at("reason") == Value("asked for a person about waybill 18098765435"));
}

TEST_CASE("when nobody has time the caller is told so after ten minutes") {
  DeliveryWorld world;

  const SimParty caller = world.call(caller_number, enters("1", {"0#"}));
  world.loop.run();

  CHECK(heard(caller, "all our colleagues are still busy"));
  CHECK(world.entries("contact.left_queue")[0].data.at("result") == Value("timed_out"));
}

TEST_CASE("a missing database leads to a person with the reason") {
  DeliveryWorld world;
  world.agent_comes();
  std::filesystem::remove(world.folder / "delivery.db");

  const SimParty caller = world.call(caller_number, enters("1", {"78412345675"}));
  world.loop.run();

  CHECK(heard(caller, "at the moment we cannot look up your shipment"));
  REQUIRE(world.pops().size() == 1);
  CHECK(world.pops()[0].at("reason").text().starts_with("we cannot look up shipments: "));
}
