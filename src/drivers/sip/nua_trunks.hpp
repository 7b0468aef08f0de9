// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drivers/sip/sofia.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// One registration of ours with another registrar.
struct NuaTrunk : HandleOwner {
  explicit NuaTrunk(const SipRegistration& registration)
      : HandleOwner(Kind::trunk), registration(registration) {}

  const SipRegistration& registration;
  std::string contact;
  std::string realm;        ///< the registrar's, learnt from its first challenge
  bool challenged = false;  ///< the request in hand was answered with credentials already
  bool registered = false;
  int retry_in = 0;  ///< ticks; 0: nothing to do
};

/// Our registrations: REGISTER out, refreshed by the stack, taken back at the end.
class NuaTrunks {
 public:
  explicit NuaTrunks(NuaCore& core) : core_(core) {}

  void begin();
  void on_event(const NuaEvent& event, NuaTrunk& trunk);
  void on_tick();

  /// Answers a challenge to a call of this trunk; false: there is nothing to answer it with.
  bool authenticate(const NuaEvent& event, int trunk);

  void unregister_all();
  void drop_all();
  bool empty() const;

 private:
  void send(NuaTrunk& trunk);
  bool authenticate(const NuaEvent& event, NuaTrunk& trunk);
  void on_failure(const NuaEvent& event, NuaTrunk& trunk);

  NuaCore& core_;
  std::vector<std::unique_ptr<NuaTrunk>> trunks_;
};

}  // namespace vcsr::sip
