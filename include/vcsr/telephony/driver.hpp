// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "vcsr/media/answerer.hpp"
#include "vcsr/media/audio.hpp"
#include "vcsr/media/prompt.hpp"
#include "vcsr/telephony/address.hpp"
#include "vcsr/telephony/cause.hpp"
#include "vcsr/telephony/media_quality.hpp"

namespace vcsr {

class Loop;
class Leg;
struct Arrival;

/// What a driver can do besides taking calls; the same for all its legs, from its making on.
struct Capabilities {
  bool dials = false;      ///< Driver::dial()
  bool transfers = false;  ///< Leg::refer()
  bool taps = false;       ///< Leg::tap() is given audio
};

/// How a leg plays a prompt.
struct PlayOptions {
  bool repeat = false;  ///< until stop_playing(); on_played is then never told
};

/// What a leg tells, always on the loop and never from inside a command. Nothing comes after
/// on_hung_up, nor after the leg was destroyed.
class VCSR_EXPORT LegListener {
 public:
  virtual void on_ringing() {}
  virtual void on_answered() {}
  /// The prompt was heard to its end.
  virtual void on_played() {}
  /// The prompt cannot be played; `why` names it.
  virtual void on_play_failed(const std::string& /*why*/) {}
  /// 0-9 * # A-D, once per key press, however it was signalled.
  virtual void on_digit(char /*digit*/) {}
  /// All digits of send_digits() have gone out.
  virtual void on_digits_sent() {}
  /// The party put us on hold (true) or came back.
  virtual void on_held(bool /*held*/) {}
  /// What became of refer(): normal when the target answered.
  virtual void on_referred(Cause /*outcome*/) {}
  /// The party asks that whoever it talks to be connected to `target` instead of it. True: it will be tried,
  /// and Leg::transfer_ended() tells the party what became of it; false: the party is told that it is
  /// declined.
  virtual bool on_transfer_requested(const Address& /*target*/) { return false; }
  /// The same, to whom the party talks to on another line of its own; `other` is our end of that.
  virtual bool on_attended_transfer(Leg& /*other*/) { return false; }
  /// Somebody takes the party's place: a phone that picks up, or to which it was transferred (RFC 3891).
  /// True: `by` was moved from and is answered, and then this leg is hung up; false: who comes is refused.
  virtual bool on_replaced(std::unique_ptr<Leg>& /*by*/, const Arrival& /*arrival*/) { return false; }
  virtual void on_hung_up(Cause /*cause*/) {}

 protected:
  ~LegListener() = default;
};

/// One party reached through a driver: a telephone, a trunk. In CSTA's words a connection.
///
/// Commands return at once and never throw for what the far side does: what comes of them is told
/// to the listener. Commands to a leg that has ended are ignored. Destroying a leg that has not
/// ended hangs it up (Cause::normal). A leg belongs to its driver's loop, and its driver outlives it.
class VCSR_EXPORT Leg {
 public:
  virtual ~Leg();

  /// Who is told; set before anything else is done with an arriving leg. Outlives the leg, or is
  /// replaced before it dies.
  virtual void listen(LegListener& listener) = 0;

  virtual void ring() = 0;    ///< tells the caller that it rings
  virtual void answer() = 0;  ///< -> on_answered
  /// Ends the leg; on one that was not answered, refuses it for this cause. No on_hung_up follows.
  virtual void hang_up(Cause cause) = 0;

  /// Replaces what is being played. Before the answer it is early media. -> on_played or on_play_failed
  virtual void play(const Prompt& prompt, const std::string& language, PlayOptions options = {}) = 0;
  virtual void stop_playing() = 0;                          ///< no on_played follows
  virtual void send_digits(const std::string& digits) = 0;  ///< -> on_digits_sent

  /// From now on this leg's party hears `other`'s too, or no longer does, until either leg ends or
  /// disconnect() is called on either. Who hears whom is a matrix: each pair both ways is a conference, one
  /// way is listening in or whispering. Digits that are heard are passed on to those who hear. What is played
  /// to a party is heard instead of all others. Both legs are of the same driver.
  virtual void hear(Leg& other, bool on) = 0;
  /// Nobody hears this leg's party any more, and it hears nobody.
  virtual void disconnect() = 0;
  /// Both parties hear each other and nobody else, instead of what was played to them.
  void connect(Leg& other);

  virtual void hold() = 0;
  virtual void retrieve() = 0;
  /// Blind transfer: asks the party to call `target` instead of us. -> on_referred
  virtual void refer(const Address& target) = 0;
  /// Attended transfer: asks the party to call whoever `other` reaches, in our place there. -> on_referred
  virtual void refer(Leg& other);
  /// Tells the party what became of the transfer it asked for: normal when the target answered.
  virtual void transfer_ended(Cause outcome);

  /// Gives a copy of the audio to `tap` from now on; null: to nobody. Ignored where Capabilities::taps
  /// is false.
  virtual void tap(std::shared_ptr<AudioTap> tap) = 0;
  /// The same for one more beside it: a detector, a recognizer.
  virtual void overhear(std::shared_ptr<AudioTap> ear);
  /// Who has answered, where a driver without audio knows.
  virtual std::optional<Answerer::Kind> declared_answerer() const;
  /// How well the audio came through so far, also once the leg ended; empty where that is not known.
  virtual std::optional<MediaQuality> quality() const;
  /// The trunk over which it went out, the last that was tried; "" for none.
  virtual std::string trunk() const { return {}; }
};

/// Who calls whom, as the network tells it: a stranger's words, whatever their form.
struct Arrival {
  Address
      from;    ///< the asserted identity where the network gives one (RFC 3325), else what the caller claims
  Address to;  ///< what was dialled
  std::string id;          ///< the driver's name for it, for logs: a SIP Call-ID
  std::string phone = {};  ///< the user whose telephone calls, where it has proven that; else ""
};

/// Takes what arrives. Outlives the drivers that were started with it.
class VCSR_EXPORT Reception {
 public:
  /// On the loop. To refuse the leg, hang it up or let it go.
  virtual void on_arrival(std::unique_ptr<Leg> leg, const Arrival& arrival) = 0;
  /// A registered phone became reachable or vanished.
  virtual void on_device(const std::string& /*user*/, bool /*reachable*/) {}

 protected:
  ~Reception() = default;
};

/// How a driver calls somebody.
struct DialOptions {
  Address from = {};       ///< shown to the party; empty: the driver's own
  bool hide_from = false;  ///< the party is not shown who calls; the network is told (RFC 3323, RFC 3325)
};

/// How many messages wait in somebody's mailbox.
struct WaitingMessages {
  std::size_t fresh = 0;  ///< not yet heard
  std::size_t heard = 0;
};

/// A way to reach the world: SIP, a switch, a simulation.
///
/// To write one, take drivers/sim as the model and make tests/telephony/driver_contract.hpp pass.
class VCSR_EXPORT Driver {
 public:
  virtual ~Driver();

  virtual std::string_view name() const = 0;
  virtual Capabilities capabilities() const = 0;
  /// Whether dial() understands the address.
  virtual bool reaches(const Address& to) const = 0;

  /// Begins to take calls. Both outlive the driver. Throws Error(unavailable) that names what stands
  /// in the way, such as the port that is in use.
  virtual void start(Loop& loop, Reception& reception) = 0;
  /// Takes no more calls and lets go of those there are; may block for a moment. Also done when destroyed.
  virtual void stop() = 0;

  /// Calls somebody; never null. -> on_ringing, on_answered or on_hung_up
  virtual std::unique_ptr<Leg> dial(const Address& to, LegListener& listener, const DialOptions& options) = 0;

  /// Lets a telephone show how many messages wait for its user (RFC 3842). Ignored for one that is not
  /// there, and by drivers that have no such thing.
  virtual void notify_messages(const Address& /*to*/, const WaitingMessages& /*waiting*/) {}
};

}  // namespace vcsr
