// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/sip/nua_challenge.hpp"
#include "drivers/sip/nua_thread.hpp"
#include "drivers/sip/sofia.hpp"
#include "drivers/sip/trunk_table.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// A registration of ours with another registrar, or a way out.
struct NuaTrunk : HandleOwner {
  explicit NuaTrunk(SipRegistration registration)
      : HandleOwner(Kind::trunk),
        registration(std::move(registration)),
        expires(this->registration.expires) {}

  const SipRegistration registration;
  const SipTrunk* line = nullptr;  ///< null for a registration only
  nua_handle_t* probe = nullptr;   ///< of OPTIONS
  std::string place = {};          ///< an address that its name has; "" where it has no name
  std::string proxy = {};          ///< the same as a URI
  Duration expires;                ///< as long as the registrar wants it
  std::string realm = {};          ///< the registrar's, learnt from its first challenge
  std::string contact = {}, call_id = {};
  bool challenged = false;  ///< the request in hand was answered with credentials already
  bool registered = false;
  int retry_in = 0;  ///< ticks; 0: nothing to do
  int probe_in = 0;  ///< ticks
  bool probing = false;
};

/// One INVITE to a number, as it goes out over a trunk.
struct TrunkAttempt {
  std::string to, from, proxy;
  std::string asserted;   ///< the P-Asserted-Identity of a caller who is hidden from the party
  int trunk = -1;         ///< for NuaTrunks::answer()
  std::string name = {};  ///< of the trunk
};

/// Our registrations: REGISTER out, refreshed by the stack, taken back at the end; and our trunks, which are
/// asked by OPTIONS whether they are up. Challenges are answered here and not by the stack, which knows no
/// SHA-256 and gives passwords to whoever asks.
class NuaTrunks {
 public:
  explicit NuaTrunks(NuaCore& core);

  void begin();
  void on_event(const NuaEvent& event, NuaTrunk& trunk);
  void on_tick();

  /// Answers a challenge to an INVITE of this trunk; empty when there is nothing to answer it with.
  std::optional<DigestAnswer> answer(const NuaEvent& event, int trunk, const std::string& uri);

  /// The trunks that may take the number, the best first.
  std::vector<std::size_t> routes(const std::string& number) const { return table_.routes(number); }
  /// Counts a call on the trunk until release(); false when it has as many as it may.
  bool take(std::size_t trunk);
  /// In how many ticks some response must have come.
  int answer_ticks(std::size_t trunk) const;
  void release(std::size_t trunk) { table_.release(trunk); }
  TrunkAttempt attempt(std::size_t trunk, const Invitation& invitation) const;
  /// An INVITE got no response in time.
  void on_silence(std::size_t trunk);
  /// A call could not be made over the trunk that its TrunkAttempt has.
  void on_trouble(int number);
  /// Where the name of a registrar or trunk is by now; it stays where it is as long as its name has that
  /// address and has not `failed` there.
  void found(std::size_t number, const std::vector<std::string>& addresses, bool failed);

  void unregister_all();
  void drop_all();
  bool empty() const;

 private:
  void send(NuaTrunk& trunk, const std::optional<DigestAnswer>& credentials = {});
  bool answer_challenge(const NuaEvent& event, NuaTrunk& trunk, bool leaving);
  void open(NuaTrunk& trunk);
  void probe(NuaTrunk& trunk);
  void on_probed(const NuaEvent& event, NuaTrunk& trunk);
  void set_up(NuaTrunk& trunk, bool up);
  void set_place(NuaTrunk& trunk, const std::string& address);
  void move(NuaTrunk& trunk, const std::string& address);
  void look_again(const NuaTrunk& trunk);
  std::size_t place_of(const NuaTrunk& trunk) const;
  void on_registered(NuaTrunk& trunk);
  void on_failure(const NuaEvent& event, NuaTrunk& trunk);

  NuaCore& core_;
  std::vector<std::unique_ptr<NuaTrunk>> trunks_;  ///< registrations, then trunks
  TrunkTable table_;
};

}  // namespace vcsr::sip
