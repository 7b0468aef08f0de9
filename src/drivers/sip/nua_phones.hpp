// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/login_guard.hpp"
#include "drivers/sip/registrar.hpp"
#include "drivers/sip/sofia.hpp"
#include "drivers/sip/stack_event.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr::sip {

/// The telephones that register with us: REGISTER in.
class NuaPhones {
 public:
  explicit NuaPhones(NuaCore& core);

  /// Tells who is registered since the run before.
  void begin();
  void on_register(const NuaEvent& event);
  /// Whether an INVITE is heard; otherwise it was answered. Whoever calls as a user of our realm proves it,
  /// and the same is asked where there is no such user. A user of another host who is called like one of
  /// ours goes without the name. `phone` becomes the user that was proven.
  bool admits(const NuaEvent& event, Address& caller, std::string& phone);
  /// Whether the request shows the user's password; otherwise it was answered.
  bool proves(const NuaEvent& event, const std::string& user, std::string_view method);
  bool has_account(const std::string& user) const { return password_of(user) != nullptr; }
  void on_tick();
  void save();
  /// Message-waiting (RFC 3842), unasked, for telephones that did not subscribe to it.
  void notify(const std::string& contact, const std::string& proxy, const std::string& summary);

 private:
  const Secret* password_of(const std::string& user) const;
  bool is_at_home(const std::string& user) const;
  DigestVerdict judge(const NuaEvent& event, const std::string& user, std::string_view method);
  void challenge(const NuaEvent& event, bool stale);
  void accept(const NuaEvent& event, const std::string& user);
  int bind(const NuaEvent& event, const std::string& user);
  std::vector<PhoneContact> contacts_of(const std::string& user) const;
  void tell(const std::string& user);
  void save_at_once();

  NuaCore& core_;
  DigestGuard guard_;
  LoginGuard logins_;
  Registrar registrar_;
  std::unordered_map<std::string, std::vector<PhoneContact>> told_;
  int ticks_ = 0;
  bool unsaved_ = false;
  bool saved_at_once_ = false;  ///< since the tick before
};

}  // namespace vcsr::sip
