// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/registrar.hpp"
#include "drivers/sip/sofia.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// The telephones that register with us: REGISTER in.
class NuaPhones {
 public:
  explicit NuaPhones(NuaCore& core);

  void on_register(const NuaEvent& event);
  void on_tick();

 private:
  bool authenticated(const NuaEvent& event, const std::string& user);
  void challenge(const NuaEvent& event, bool stale);
  void accept(const NuaEvent& event, const std::string& user);
  bool bind(const NuaEvent& event, const std::string& user);
  void tell(const std::string& user);

  NuaCore& core_;
  DigestGuard guard_;
  bool stale_ = false;
  Registrar registrar_;
  std::unordered_map<std::string, std::string> told_;  ///< user and newest contact
};

}  // namespace vcsr::sip
