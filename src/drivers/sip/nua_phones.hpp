// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/login_guard.hpp"
#include "drivers/sip/registrar.hpp"
#include "drivers/sip/registrar_file.hpp"
#include "drivers/sip/sofia.hpp"
#include "drivers/sip/stack_event.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr::sip {

struct OpenRequest;

/// The telephones that register with us: REGISTER in. Where registrations are kept in a file, a telephone is
/// told that it is registered once that is on the disk, or after 2 s.
class NuaPhones {
 public:
  explicit NuaPhones(NuaCore& core);
  ~NuaPhones();

  /// Tells who is registered since the run before.
  void begin();
  /// The handle is its own from now on.
  void on_register(const NuaEvent& event);
  /// Whether an INVITE is heard; otherwise it was answered. Whoever calls as a user of our realm proves it,
  /// and the same is asked where there is no such user. A user of another host who is called like one of
  /// ours goes without the name. `phone` becomes the user that was proven.
  bool admits(const NuaEvent& event, Address& caller, std::string& phone);
  /// Whether the request shows the user's password; otherwise it was answered.
  bool proves(const NuaEvent& event, const std::string& user, std::string_view method);
  bool has_account(const std::string& user) const { return password_of(user) != nullptr; }
  void on_tick();
  /// Answers those whose registration is in the file by now.
  void answer_written();
  /// Once the file has what is known; nobody is answered any more.
  void drop_all();
  /// Message-waiting (RFC 3842), unasked, for telephones that did not subscribe to it.
  void notify(const std::string& contact, const std::string& proxy, const std::string& summary);

 private:
  const Secret* password_of(const std::string& user) const;
  bool is_at_home(const std::string& user) const;
  DigestVerdict judge(const NuaEvent& event, const std::string& user, std::string_view method);
  void challenge(const NuaEvent& event, bool stale);
  /// False: it is answered later.
  bool accept(const NuaEvent& event, const std::string& user);
  void confirm(nua_handle_t* handle, const std::string& user, const OpenRequest& request);
  void confirm_first();
  /// On the file's thread.
  void on_written(const std::string& why);
  int bind(const NuaEvent& event, const std::string& user);
  std::vector<PhoneContact> contacts_of(const std::string& user) const;
  void tell(const std::string& user);
  void save();

  /// A telephone whose registration is being written.
  struct Unanswered {
    std::unique_ptr<OpenRequest> request;
    nua_handle_t* handle;
    std::string user;
    std::uint64_t change;
    int since;  ///< tick
  };

  NuaCore& core_;
  DigestGuard guard_;
  LoginGuard logins_;
  Registrar registrar_;
  std::unordered_map<std::string, std::vector<PhoneContact>> told_;
  int ticks_ = 0;
  std::set<std::string> unsaved_;  ///< users who have only renewed what is there, or whose time is over
  std::deque<Unanswered> unanswered_;
  std::optional<RegistrarFile> file_;  ///< none where registrations end with the program
};

}  // namespace vcsr::sip
