// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drivers/sip/sofia.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// One registration of ours with another registrar.
struct NuaTrunk : HandleOwner {
  explicit NuaTrunk(const SipRegistration& registration)
      : HandleOwner(Kind::trunk), registration(registration), expires(registration.expires) {}

  const SipRegistration& registration;
  Duration expires;        ///< as long as the registrar wants it
  std::string realm = {};  ///< the registrar's, learnt from its first challenge
  std::string contact = {}, call_id = {};
  bool challenged = false;  ///< the request in hand was answered with credentials already
  bool registered = false;
  int retry_in = 0;  ///< ticks; 0: nothing to do
};

/// Credentials for a request, as a header of its own.
struct TrunkCredentials {
  bool proxy = false;  ///< Proxy-Authorization
  std::string value;
};

/// Our registrations: REGISTER out, refreshed by the stack, taken back at the end. Challenges are answered
/// here and not by the stack, which knows no SHA-256 and gives passwords to whoever asks.
class NuaTrunks {
 public:
  explicit NuaTrunks(NuaCore& core) : core_(core) {}

  void begin();
  void on_event(const NuaEvent& event, NuaTrunk& trunk);
  void on_tick();

  /// Answers a challenge to an INVITE of this trunk; empty when there is nothing to answer it with.
  std::optional<TrunkCredentials> answer(const NuaEvent& event, int trunk, const std::string& uri) const;

  void unregister_all();
  void drop_all();
  bool empty() const;

 private:
  void send(NuaTrunk& trunk, const std::optional<TrunkCredentials>& credentials = {});
  bool answer_challenge(const NuaEvent& event, NuaTrunk& trunk, bool leaving);
  void on_registered(NuaTrunk& trunk);
  void on_failure(const NuaEvent& event, NuaTrunk& trunk);

  NuaCore& core_;
  std::vector<std::unique_ptr<NuaTrunk>> trunks_;
};

}  // namespace vcsr::sip
