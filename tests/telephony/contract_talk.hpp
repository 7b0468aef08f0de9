// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "telephony/driver_contract.hpp"
#include "vcsr/media/tone.hpp"

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using Phone = DriverWorld::Phone;

/// A caller with whom we talk.
struct Talk {
  Talk(DriverWorld& world, const std::string& name) {
    const std::size_t number = world.desk().guests.size();
    far = world.call(name, "bank");
    REQUIRE(world.until([&] { return world.desk().guests.size() > number; }));
    leg = std::move(world.desk().guests[number].leg);
    told = world.desk().guests[number].told.get();
    leg->answer();
    REQUIRE(world.until([&] { return told->has("answered") && far->answered(); }));
    told->all.clear();
  }

  std::unique_ptr<FarParty> far;
  Told* told;
  std::unique_ptr<vcsr::Leg> leg;
};

inline vcsr::Prompt beep(vcsr::Duration duration) { return vcsr::Prompt::sound(vcsr::silence(duration)); }
