// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/task.hpp"
#include "vcsr/media/prompt_catalog.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

/// Somebody at a virtual telephone: what tests and simulations make callers and agents of.
/// A handle; every awaited operation throws Hangup once the call is over.
class VCSR_EXPORT SimParty {
 public:
  /// Until the far side has answered.
  Task<> answered();
  /// Until a prompt begins that has this catalog name, or whose words contain this text; one that
  /// began since the last hears() counts.
  Task<> hears(std::string name_or_words);
  /// Until what is being played now is over.
  Task<> hears_out();
  /// Until it is connected with another party.
  Task<> connected();
  Task<> wait(Duration duration);
  /// Until the call is over; the one operation that never throws Hangup.
  Task<> ended();

  /// 100 ms apart; before the answer in vain. Throws Error(invalid) for what is no key.
  void press(std::string digits);
  void hold(bool held);
  void ask_transfer(Address target);
  /// To whom it talks to on `other`, a second line of its own.
  void ask_transfer(const SimParty& other);
  /// What became of that; empty before.
  std::optional<Cause> transfer_outcome() const;
  void hang_up(Cause cause = Cause::normal);
  /// Is gone without a word, as a phone whose battery is empty; the leg ends 20 s later (Cause::lost).
  void vanish();

  bool live() const;
  /// Why the call ended, as the far side gave it; meaningful once it is over.
  Cause cause() const;
  /// All that was played to it so far, as a listener would write it down.
  const std::vector<std::string>& heard() const;
  /// The digits that the far side sent to it.
  const std::string& digits() const;

  class Impl;
  explicit SimParty(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  friend class SimDriver;
  std::shared_ptr<Impl> impl_;
};

/// What a party does during a call; the call ends when it returns. It is kept as long as it runs, so
/// it may capture. Hangup ends it as a matter of course; other exceptions leave the loop's run().
using SimBehavior = std::function<Task<>(SimParty)>;

/// A virtual telephone that can be dialled.
struct SimPhone {
  enum class Reaction { answers, busy, rejects, rings_on, unreachable };

  Reaction reaction = Reaction::answers;
  Duration rings = std::chrono::seconds(2);  ///< before it reacts
  SimBehavior behavior = {};                 ///< after answering; empty: stays until the far side hangs up
  Answerer::Kind answerer = Answerer::Kind::human;  ///< what Call::detect_answerer() finds
};

/// What simulated parties hear, and how long that takes.
struct SimOptions {
  /// Words for prompts; without one every name is known, and parties hear "[name]" for 2 s.
  std::optional<PromptCatalog> catalog = {};
  /// How fast prompts are read; a Chinese character counts three.
  double characters_per_second = 14;
};

/// Virtual lines: no network, no sound, any Loop. On a SimLoop a day of calls takes a second.
/// A phone that is in a call, or calls itself from "sim:USER", is busy. Connected parties get each
/// other's digits. A referred party stays with its target when our leg goes.
class VCSR_EXPORT SimDriver final : public Driver {
 public:
  class Impl;

  explicit SimDriver(SimOptions options = {});
  ~SimDriver() override;

  /// A caller dials `to` now. Throws Error(unavailable) before start().
  SimParty call(Address from, Address to, SimBehavior behavior);
  /// Somebody takes the place of this party: picks up the call that rings there, or the one it talks in.
  SimParty replace(const SimParty& party, Address by, SimBehavior behavior);
  /// Installs the phone that "sim:USER" reaches, or replaces it; Reception::on_device is told.
  void set_phone(const std::string& user, SimPhone phone);
  void remove_phone(const std::string& user);

  std::string_view name() const override { return "sim"; }
  Capabilities capabilities() const override;
  bool reaches(const Address& to) const override;
  void start(Loop& loop, Reception& reception) override;
  void stop() override;
  std::unique_ptr<Leg> dial(const Address& to, LegListener& listener, const DialOptions& options) override;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
