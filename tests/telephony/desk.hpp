// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "vcsr/telephony/driver.hpp"

/// Writes down what a leg tells.
struct Told final : vcsr::LegListener {
  std::vector<std::string> all;

  bool has(const std::string& what) const { return std::find(all.begin(), all.end(), what) != all.end(); }
  std::string digits() const {
    std::string digits;
    for (const std::string& what : all)
      if (what.starts_with("digit ")) digits += what.back();
    return digits;
  }

  void on_ringing() override { all.push_back("ringing"); }
  void on_answered() override { all.push_back("answered"); }
  void on_played() override { all.push_back("played"); }
  void on_play_failed(const std::string& why) override { all.push_back("play failed: " + why); }
  void on_digit(char digit) override { all.push_back(std::string("digit ") + digit); }
  void on_digits_sent() override { all.push_back("digits sent"); }
  void on_held(bool held) override { all.push_back(held ? "held" : "retrieved"); }
  void on_referred(vcsr::Cause outcome) override {
    all.push_back(std::string("referred ") + to_string(outcome));
  }
  bool takes_transfers = true;
  bool on_transfer_requested(const vcsr::Address& target) override {
    all.push_back("transfer to " + target.uri);
    return takes_transfers;
  }
  vcsr::Leg* transfer_to = nullptr;
  bool on_attended_transfer(vcsr::Leg& other) override {
    all.push_back("attended transfer");
    transfer_to = &other;
    return takes_transfers;
  }
  void on_hung_up(vcsr::Cause cause) override { all.push_back(std::string("hung up ") + to_string(cause)); }
};

/// Takes every leg that arrives and does nothing with it.
struct Desk final : vcsr::Reception {
  struct Guest {
    std::unique_ptr<Told> told = std::make_unique<Told>();
    std::unique_ptr<vcsr::Leg> leg;
    vcsr::Arrival arrival;
  };

  std::vector<Guest> guests;
  std::vector<std::string> devices;

  void on_arrival(std::unique_ptr<vcsr::Leg> leg, const vcsr::Arrival& arrival) override {
    Guest& guest = guests.emplace_back();
    leg->listen(*guest.told);
    guest.leg = std::move(leg);
    guest.arrival = arrival;
  }
  void on_device(const std::string& user, bool reachable) override {
    devices.push_back(user + (reachable ? " came" : " went"));
  }

  vcsr::Leg& leg(std::size_t number = 0) { return *guests.at(number).leg; }
  Told& told(std::size_t number = 0) { return *guests.at(number).told; }
};
