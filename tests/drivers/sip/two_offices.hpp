// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/media/prompt_catalog.hpp"
#include "vcsr/media/speech.hpp"
#include "vcsr/media/voice.hpp"

namespace vcsr::test {

/// Runs a real loop until something has come true; gives up after ten seconds.
class Clockwork {
 public:
  bool run_until(std::function<bool()> condition, Duration limit = std::chrono::seconds(10)) {
    if (condition()) return true;
    condition_ = std::move(condition);
    const Loop::TimerId deadline = loop.at(loop.now() + limit, [this] { loop.stop(); });
    loop.run();
    loop.cancel(deadline);
    const bool reached = condition_();
    condition_ = nullptr;
    return reached;
  }
  /// Somebody saw something.
  void happened() {
    if (condition_ && condition_()) loop.stop();
  }

  AsioLoop loop{1};

 private:
  std::function<bool()> condition_;
};

/// One party of a call, who writes down what is told.
class Party final : public LegListener {
 public:
  explicit Party(Clockwork& clockwork) : clockwork_(clockwork) {}

  void on_ringing() override { note("ringing"); }
  void on_answered() override { note("answered"); }
  void on_played() override { note("played"); }
  void on_play_failed(const std::string& why) override { note("play failed: " + why); }
  void on_digit(char digit) override { note(std::string("digit ") + digit); }
  void on_digits_sent() override { note("digits sent"); }
  void on_held(bool held) override { note(held ? "held" : "retrieved"); }
  void on_referred(Cause outcome) override { note(std::string("referred: ") + to_string(outcome)); }
  bool on_transfer_requested(const Address& target) override {
    note("transfer to " + target.uri);
    return takes_transfers;
  }
  bool takes_transfers = true;
  bool on_attended_transfer(Leg& other) override {
    transfer_to = &other;
    note("attended transfer");
    return takes_transfers;
  }
  Leg* transfer_to = nullptr;
  bool on_replaced(std::unique_ptr<Leg>& by, const Arrival& arrival) override {
    note("replaced by " + std::string(arrival.from.user()));
    if (!gives_way) return false;
    leg->hang_up(Cause::normal);
    leg = std::move(by);
    leg->listen(*this);
    leg->answer();
    return true;
  }
  bool gives_way = true;
  void on_hung_up(Cause cause) override { note(std::string("hung up: ") + to_string(cause)); }

  bool heard(const std::string& what) const { return std::count(told.begin(), told.end(), what) > 0; }

  std::unique_ptr<Leg> leg;
  std::vector<std::string> told;

 private:
  void note(std::string what) {
    told.push_back(std::move(what));
    clockwork_.happened();
  }

  Clockwork& clockwork_;
};

/// A driver with somebody at its door.
class Office final : public Reception {
 public:
  Office(Clockwork& clockwork, SipOptions options)
      : clockwork_(clockwork),
        address_(options.address.find(':') == std::string::npos ? options.address
                                                                : "[" + options.address + "]") {
    options.port = 0;
    driver = make_sip_driver(std::move(options), voice_);
    driver->start(clockwork.loop, *this);
  }

  void on_arrival(std::unique_ptr<Leg> leg, const Arrival& arrival) override {
    auto party = std::make_unique<Party>(clockwork_);
    party->leg = std::move(leg);
    party->leg->listen(*party);
    arrivals.push_back(arrival);
    callers.push_back(std::move(party));
    clockwork_.happened();
  }
  void on_device(const std::string& user, bool reachable) override {
    devices.push_back(user + (reachable ? " reachable" : " gone"));
    clockwork_.happened();
  }

  std::unique_ptr<Party> dial(const Address& to, const Address& from = {}) {
    auto party = std::make_unique<Party>(clockwork_);
    party->leg = driver->dial(to, *party, {from});
    return party;
  }
  std::string host() const { return address_ + ":" + std::to_string(driver->port()); }
  Party& caller() { return *callers.back(); }

  std::vector<Arrival> arrivals;
  std::vector<std::string> devices;

 private:
  Clockwork& clockwork_;
  std::string address_;
  Voice voice_{clockwork_.loop, PromptCatalog(), nullptr};

 public:
  std::unique_ptr<SipDriver> driver;
  std::vector<std::unique_ptr<Party>> callers;  ///< their legs go before the driver
};

inline SipOptions with_ports(std::uint16_t first) {
  SipOptions options;
  options.rtp_first = first;
  options.rtp_last = static_cast<std::uint16_t>(first + 198);
  return options;
}

/// Two offices that call each other over real sockets.
struct TwoOffices {
  TwoOffices() : TwoOffices(with_ports(14000)) {}
  explicit TwoOffices(SipOptions second)
      : bank(clockwork, with_ports(13000)), shop(clockwork, std::move(second)) {}

  bool until(std::function<bool()> condition) { return clockwork.run_until(std::move(condition)); }
  /// A call from the bank that rings at the shop.
  std::unique_ptr<Party> call() {
    auto party = bank.dial("sip:1000@" + shop.host());
    const bool arrived = until([this] { return !shop.callers.empty(); });
    INFO("the caller was told: ", party->told.empty() ? std::string("nothing") : party->told.back());
    REQUIRE(arrived);
    return party;
  }
  /// The same, answered.
  std::unique_ptr<Party> conversation() {
    auto party = call();
    shop.caller().leg->answer();
    CHECK(until([&] { return party->heard("answered") && shop.caller().heard("answered"); }));
    return party;
  }

  Clockwork clockwork;
  Office bank, shop;
};

}  // namespace vcsr::test
