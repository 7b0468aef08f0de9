// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/world.hpp"
#include "thrown.hpp"
#include "vcsr/parties.hpp"

namespace vcsr::testing {

/// Anna talks with the phone "1001"; more phones stand by, and the test switches.
struct DeskWorld : World {
  explicit DeskWorld(CenterOptions options = {.music = "music"}, std::uint64_t seed = 1)
      : World(std::move(options), seed) {
    for (const char* user : {"1001", "1002", "1003"}) set_phone(user);
    driver->set_phone("busy", {.reaction = SimPhone::Reaction::busy});
    driver->set_phone("away", {.reaction = SimPhone::Reaction::rings_on});
    center.serve("8000", [this](Call arrived) -> Task<> {
      call = arrived;
      co_await arrived.answer();
      co_await arrived.dial("sim:1001");
      co_await arrived.talk();
      talk_over = true;
      co_await arrived.say("welcome");
    });
    anna = caller("anna", stays);
    loop.run_for(10s);
  }

  void set_phone(const std::string& user) {
    driver->set_phone(user, {.behavior = [this, user](SimParty phone) -> Task<> {
                        phones.insert_or_assign(user, phone);
                        co_await phone.ended();
                      }});
  }

  /// Runs the operation while the rest of the world goes on.
  template <class T>
  void begin(Task<T> task, std::optional<T>* result = nullptr) {
    operations.spawn(keep(std::move(task), result));
  }
  template <class T>
  static Task<> keep(Task<T> task, std::optional<T>* result) {
    T value = co_await std::move(task);
    if (result) *result = value;
  }
  Reached finish(Task<Reached> task) {
    std::optional<Reached> result;
    begin(std::move(task), &result);
    for (int second = 0; second < 60 && !result; ++second) loop.run_for(1s);
    REQUIRE(result.has_value());
    return *result;
  }

  SimParty& phone(const std::string& user) { return phones.at(user); }
  /// Whether what the one says reaches the other.
  bool hears(const std::string& listener, const std::string& speaker) {
    SimParty& ear = listener == "anna" ? *anna : phone(listener);
    SimParty& mouth = speaker == "anna" ? *anna : phone(speaker);
    const std::size_t before = ear.digits().size();
    mouth.press("1");
    loop.run_for(300ms);
    return ear.digits().size() > before;
  }
  /// "anna<1001": Anna hears 1001; all pairs of those given, in order.
  std::set<std::string> hearing(const std::vector<std::string>& all) {
    std::set<std::string> pairs;
    for (const std::string& listener : all)
      for (const std::string& speaker : all)
        if (listener != speaker && hears(listener, speaker)) pairs.insert(listener + "<" + speaker);
    return pairs;
  }
  std::size_t music(SimParty& party) {
    return static_cast<std::size_t>(std::count(party.heard().begin(), party.heard().end(), "la la la"));
  }

  ContactRecord record() {
    std::optional<std::optional<ContactRecord>> record;
    begin(customers->contact(call->id()), &record);
    loop.run_for(1s);
    REQUIRE(record.has_value());
    REQUIRE(record->has_value());
    return **record;
  }

  std::optional<Call> call;
  std::optional<SimParty> anna;
  std::map<std::string, SimParty> phones;
  bool talk_over = false;
  Scope operations{loop, [](std::exception_ptr) {}};
};

/// Why the operation does not come off; "nothing was thrown" when it does.
inline std::string refusal_of(const std::function<void()>& operation,
                              Error::Code code = Error::Code::refused) {
  return thrown(code, operation);
}

/// The figures of a contact that is over agree with each other, to the microsecond.
inline void check_sums(const ContactRecord& record) {
  Duration talked{}, held{};
  for (const LegRecord& leg : record.legs) {
    CAPTURE(leg.number);
    CHECK(leg.rang + leg.talked + leg.held + leg.beside == leg.ended - leg.offered);
    CHECK(leg.offered >= record.began);
    CHECK(leg.ended <= record.began + record.length);
    if (leg.number == Parties::customer) continue;
    talked += leg.talked;
    held += leg.held;
  }
  CHECK(talked == record.talked);
  CHECK(held == record.held);
  REQUIRE_FALSE(record.legs.empty());
  CHECK(record.legs[0].talked == record.talked);
  CHECK(record.legs[0].held == record.held);
}

}  // namespace vcsr::testing
