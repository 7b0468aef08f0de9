// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "drivers/sip/nua_thread.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// The addresses of a host's name, those of the first address's version first; by SipOptions::look_up where
/// that is set. Blocks.
std::vector<std::string> look_up(const SipOptions& options, const std::string& host);

/// Looks up where registrars and trunks are that are known by names: now and then, and when one fails, away
/// from the loop and from the SIP thread, which is told.
class TrunkNames {
 public:
  /// Registrations are numbered before trunks.
  TrunkNames(Loop& loop, NuaThread& stack, const SipOptions& options);
  ~TrunkNames();
  TrunkNames(const TrunkNames&) = delete;

  /// One that has failed.
  void on_failure(std::size_t number);

 private:
  struct Name {
    std::string host;  ///< "": the trunk is known by its address
    bool asked = false;
    bool failed = false;  ///< where it was found last
    std::optional<Timestamp> failure = {};
  };

  void ask_later();
  void ask(std::size_t number);
  Task<> find(std::size_t number);

  Loop& loop_;
  NuaThread& stack_;
  const SipOptions& options_;
  std::vector<Name> names_;
  std::optional<Loop::TimerId> asking_;
  Worker worker_;
  Scope work_;
};

}  // namespace vcsr::sip
