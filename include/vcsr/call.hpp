// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/contact.hpp"
#include "vcsr/customer_context.hpp"
#include "vcsr/media/answerer.hpp"
#include "vcsr/media/prompt.hpp"
#include "vcsr/media/recognizer.hpp"
#include "vcsr/recorder.hpp"
#include "vcsr/telephony/address.hpp"
#include "vcsr/telephony/cause.hpp"

namespace vcsr {

/// How a question is put. Its `choices` and its grammar are not copied: they outlive the asking.
struct AskOptions {
  int max_digits = 1;                              ///< complete as soon as so many are there
  int tries = 1;                                   ///< how often the question is put
  Duration first_digit = std::chrono::seconds(5);  ///< after the question was heard
  Duration next_digit = std::chrono::seconds(3);   ///< after the one before; then the input is complete
  char terminator = '#';                           ///< ends the input and is not part of it; 0: none
  bool barge_in = true;                            ///< a digit stops the question
  bool type_ahead = true;                          ///< digits pressed before count
  std::string_view choices = {};  ///< single digits that are answers; others ask again; empty: all
  /// What may be said instead, where the center has a transcriber and the line gives audio; null: nothing.
  const Grammar* grammar = nullptr;
  bool speech_barges_in = false;  ///< listens during the question too; needs lines without echo
};
static_assert(std::is_trivially_destructible_v<AskOptions>);

/// The answer to a question, from its last try.
struct Heard {
  enum class Kind { nothing, digits, wrong, speech };  ///< wrong: no choice and nothing the grammar allows
  Kind kind = Kind::nothing;
  std::string text = {};  ///< the digits, without the terminator; or the words
  double confidence = 1;  ///< of words
};

/// What came of calling somebody.
enum class Reached { answered, busy, no_answer, refused, unreachable };
/// "answered", "busy", …
VCSR_EXPORT const char* to_string(Reached reached) noexcept;

/// How somebody is called.
struct DialPartyOptions {
  Duration ring_time = std::chrono::seconds(20);  ///< then it is Reached::no_answer
};
static_assert(std::is_trivially_destructible_v<DialPartyOptions>);

class Parties;

/// A conversation with one customer by telephone, from arrival to the last word.
///
/// A Call is a handle: copies name the same conversation and may be kept after it has ended; the
/// center owns it, so dropping every handle ends nothing. Every awaited operation throws Hangup once
/// the customer has gone, except ended(). One operation at a time is awaited, except that what
/// plays and who is waited for may be different dialogues' affair. Used on its center's loop.
class VCSR_EXPORT Call {
 public:
  /// Lets somebody hear a call, until it is destroyed or the call is over; the ear is then let go. On the
  /// loop.
  class VCSR_EXPORT Listening {
   public:
    Listening(Listening&&) noexcept;
    Listening& operator=(Listening&&) noexcept;
    ~Listening();

   private:
    friend class Call;
    class Token;
    explicit Listening(std::unique_ptr<Token> token);
    std::unique_ptr<Token> token_;
  };

  /// The id of its contact.
  const std::string& id() const;
  const Address& from() const;
  const Address& to() const;
  /// The customer is still there.
  bool live() const;
  bool answered() const;

  Contact contact() const;
  CustomerContext customer() const;
  /// Everybody else in the call: hold, consult, transfer, conference, supervision (vcsr/parties.hpp).
  Parties parties() const;

  /// Lets the caller hear that it rings; ignored once answered.
  void ring();
  /// Returns when the line is open; at once when it is already.
  Task<> answer();
  /// Refuses a call that was not answered; ends one that was.
  void reject(Cause cause);

  /// Until the prompt has been heard. Throws Error(not_found) for a prompt that does not exist.
  Task<> say(Prompt prompt);
  /// Listens who has answered a call that the center made: a person, voicemail, a fax. Nothing should be
  /// played meanwhile. Unknown counts as human: see Answerer::maybe_human().
  Task<Answerer> detect_answerer(AnswererOptions options = {});
  /// Puts a question and collects digits, or what is said with AskOptions::grammar. Throws like say().
  Task<Heard> ask(Prompt question, AskOptions options = {});
  /// The same for a PIN or card number: the digits are nowhere logged, journalled or recorded
  /// (recordings are silent meanwhile).
  Task<Secret> ask_secret(Prompt question, AskOptions options = {});
  /// Until this key is pressed; others, and what was pressed before, are forgotten.
  Task<> until_pressed(char key);
  /// Begins to play and returns; until something else is played, or for ever with `repeat`. Throws Hangup
  /// when the customer has gone; a prompt that does not exist is silence.
  void play(Prompt prompt, bool repeat = false);
  void stop_playing();
  /// Until the last of them has gone out: 0-9 * # A-D.
  Task<> send_digits(std::string digits);

  /// Calls somebody and, when answered, connects both. What plays goes on until then. Unreachable is also
  /// an address that the call's own driver does not understand.
  Task<Reached> dial(Address to, DialPartyOptions options = {});
  /// Until the customer talks with nobody any more: the connected party has left, and whoever it passed the
  /// customer on to or added.
  Task<> talk();
  /// Lets all go with whom the customer talks.
  void hang_up_party();
  /// Blind transfer: the customer's own line calls `to`. When that succeeds the call ends here, as everywhere
  /// with Hangup; what is returned says why it did not.
  Task<Reached> transfer(Address to);

  /// Records from now on; the recording that runs already when there is one. Where the customer did not agree
  /// to be recorded, or the disk has no space for recordings, it is over before it begins:
  /// Recorder::running() is false, its id "", and stop() tells why. One whose file cannot be made ends by
  /// itself, with recording.finished in the journal and the reason in its error; the call goes on. Throws
  /// Hangup when the customer has gone, Error(unavailable) when no recordings folder was set.
  Recorder record();
  /// The same for somebody at a desktop or a telephone: where the policy records on demand or records
  /// anyway. Throws Error(refused) with the policy's reason or because the customer did not agree, and what
  /// record() throws; for want of space it is over before it begins, as with record().
  Recorder request_recording();
  /// The recording that is running; nothing when there is none.
  std::optional<Recorder> recorder() const;

  /// Lets `ear` hear the call beside recordings, on the media thread: what the customer says, and what she
  /// hears. Silence while a secret is asked for and while the call's recording is paused. Throws Hangup when
  /// the customer has gone, Error(unsupported) where the driver gives no audio, Error(refused) when four
  /// listen already.
  [[nodiscard]] Listening overhear(std::shared_ptr<AudioTap> ear);

  void hang_up(Cause cause = Cause::normal);
  /// Until the call is over; the one operation that never throws Hangup.
  Task<> ended();

  class Impl;
  explicit Call(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  friend class Center;
  friend class Mailbox;
  friend class Queue;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr
