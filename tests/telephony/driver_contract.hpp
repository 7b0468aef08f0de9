// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "telephony/desk.hpp"
#include "vcsr/telephony/driver.hpp"

/// Somebody at the far side of the driver under test.
class FarParty {
 public:
  virtual ~FarParty() = default;

  virtual bool answered() = 0;
  virtual bool over() = 0;
  /// Why it is over.
  virtual vcsr::Cause cause() = 0;
  /// The digits that were sent to it.
  virtual std::string digits() = 0;

  virtual void press(const std::string& digits) = 0;
  virtual void hold(bool held) = 0;
  virtual void ask_transfer(const vcsr::Address& target) = 0;
  /// To whom it talks to on another line.
  virtual void ask_transfer(FarParty& other) = 0;
  /// What it was told of that; empty before.
  virtual std::optional<vcsr::Cause> transfer_outcome() = 0;
  virtual void hang_up() = 0;
};

/// A started driver and the world it reaches.
class DriverWorld {
 public:
  enum class Phone { answers, busy, rejects, rings_on, unreachable, nobody };

  virtual ~DriverWorld() = default;

  virtual vcsr::Driver& driver() = 0;
  /// The reception of the driver under test.
  virtual Desk& desk() = 0;

  /// Lets time pass until it is so; false when it does not become so in good time.
  virtual bool until(const std::function<bool()>& condition) = 0;
  /// Lets time pass in which what must not happen could happen.
  virtual void settle() = 0;

  /// Somebody called `name` dials `user`.
  virtual std::unique_ptr<FarParty> call(const std::string& name, const std::string& user) = 0;
  virtual vcsr::Address phone(Phone kind) = 0;
  /// Who answered the last call to Phone::answers; null when nobody did.
  virtual std::unique_ptr<FarParty> callee() = 0;
  /// Whether Phone::rings_on is ringing now.
  virtual bool rings() = 0;
  /// Whether what one says reaches the other, now.
  virtual bool hears(FarParty& listener, FarParty& speaker) = 0;

  /// Whoever was asked by Leg::refer() says what came of it, once it was asked; where that is not by itself.
  virtual bool take_referral(FarParty& /*party*/, vcsr::Cause /*outcome*/) { return true; }

  /// The same for one that was asked to take our place with the other party, which then lets us go.
  virtual bool take_place(FarParty& /*party*/, FarParty& /*other*/) { return true; }

  /// How the far side sees it that it was refused.
  virtual vcsr::Cause refusal(vcsr::Cause cause) { return cause; }
};

/// One sentence of the contract in vcsr/telephony/driver.hpp, and its check in a new world.
struct Clause {
  const char* name;
  void (*check)(DriverWorld& world);
};

/// By theme: a call that arrives, one that we make, the end of a leg, prompts and keys, several parties.
const std::vector<Clause>& contract_on_arriving();
const std::vector<Clause>& contract_on_dialling();
const std::vector<Clause>& contract_on_ending();
const std::vector<Clause>& contract_on_sound();
const std::vector<Clause>& contract_on_parties();

/// All of them.
std::vector<Clause> driver_contract();
