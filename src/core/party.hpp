// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "core/waiters.hpp"
#include "vcsr/call.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

Reached reached_by(Cause cause) noexcept;

/// Whom a call's customer is connected with, or being connected with.
class Party final : public LegListener {
 public:
  /// How a party goes: by itself, or asking that the customer be passed on.
  struct Departure {
    std::optional<Address> passed_on;
  };

  /// Dials at once.
  Party(Call::Impl& call, Address address, const DialOptions& options);
  ~Party();
  Party(const Party&) = delete;

  void on_answered() override;
  void on_digit(char digit) override;
  void on_held(bool held) override;
  bool on_transfer_requested(const Address& target) override;
  void on_hung_up(Cause cause) override;

  /// Waits again for a departure, after a passing on that failed.
  void stay();
  void hang_up();
  Leg& leg() { return *leg_; }
  const Address& address() const { return address_; }

  Until<Reached> reached;
  std::optional<Until<Departure>> departure;

 private:
  Call::Impl& call_;
  Address address_;
  std::unique_ptr<Leg> leg_;
};

}  // namespace vcsr
