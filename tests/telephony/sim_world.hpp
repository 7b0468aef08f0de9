// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "telephony/driver_contract.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"

/// The far side of a SimDriver, in virtual time.
class SimWorld final : public DriverWorld {
 public:
  SimWorld() : driver_({.catalog = vcsr::PromptCatalog()}) {
    using Reaction = vcsr::SimPhone::Reaction;
    driver_.start(loop_, desk_);
    driver_.set_phone("answers", {.reaction = Reaction::answers, .behavior = [this](vcsr::SimParty party) {
                                    callee_ = party;
                                    return party.ended();
                                  }});
    driver_.set_phone("busy", {.reaction = Reaction::busy, .behavior = {}});
    driver_.set_phone("rejects", {.reaction = Reaction::rejects, .behavior = {}});
    driver_.set_phone("rings_on", {.reaction = Reaction::rings_on, .behavior = {}});
    driver_.set_phone("unreachable", {.reaction = Reaction::unreachable, .behavior = {}});
  }
  ~SimWorld() override { desk_.guests.clear(); }

  vcsr::Driver& driver() override { return driver_; }
  Desk& desk() override { return desk_; }

  bool until(const std::function<bool()>& condition) override {
    const vcsr::Timestamp limit = loop_.now() + std::chrono::minutes(1);
    while (!condition() && loop_.now() < limit) loop_.run_for(std::chrono::milliseconds(10));
    return condition();
  }
  void settle() override { loop_.run_for(std::chrono::seconds(2)); }

  std::unique_ptr<FarParty> call(const std::string& name, const std::string& user) override {
    return std::make_unique<Party>(
        driver_.call("sim:" + name, "sim:" + user, [](vcsr::SimParty party) { return party.ended(); }));
  }
  vcsr::Address phone(Phone kind) override {
    const char* users[] = {"answers", "busy", "rejects", "rings_on", "unreachable", "nobody"};
    return vcsr::Address(std::string("sim:") + users[static_cast<int>(kind)]);
  }
  std::unique_ptr<FarParty> callee() override {
    return callee_ ? std::make_unique<Party>(*callee_) : nullptr;
  }
  bool rings() override {
    Told told;
    const auto probe = driver_.dial("sim:rings_on", told, {});
    loop_.run_for({});
    return told.has("hung up busy");
  }
  bool hears(FarParty& listener, FarParty& speaker) override {
    const std::size_t before = listener.digits().size();
    speaker.press("1");
    settle();
    return listener.digits().size() > before;
  }

 private:
  struct Party final : FarParty {
    explicit Party(vcsr::SimParty party) : party(std::move(party)) {}

    bool answered() override {
      vcsr::Task<> answered = party.answered();
      if (!party.live()) return false;
      answered.start();
      return answered.done();
    }
    bool over() override { return !party.live(); }
    vcsr::Cause cause() override { return party.cause(); }
    std::string digits() override { return party.digits(); }
    void press(const std::string& digits) override { party.press(digits); }
    void hold(bool held) override { party.hold(held); }
    void ask_transfer(const vcsr::Address& target) override { party.ask_transfer(target); }
    void ask_transfer(FarParty& other) override { party.ask_transfer(dynamic_cast<Party&>(other).party); }
    std::optional<vcsr::Cause> transfer_outcome() override { return party.transfer_outcome(); }
    void hang_up() override { party.hang_up(); }

    vcsr::SimParty party;
  };

  vcsr::SimLoop loop_;
  Desk desk_;
  std::optional<vcsr::SimParty> callee_;
  vcsr::SimDriver driver_;
};
