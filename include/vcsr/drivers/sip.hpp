// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/log.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/media/external_recorder.hpp"
#include "vcsr/media/voice.hpp"
#include "vcsr/telephony/driver.hpp"
#include "vcsr/telephony/sip_codec.hpp"

namespace vcsr {

/// A telephone that may register with us (RFC 3261 §10, digest per RFC 2617/7616) and is then
/// reached as "sip:USER": a call rings at all the places where it has registered.
struct SipAccount {
  std::string user;
  Secret password;
};

/// A registrar with which we register, as a telephone or a trunk does.
struct SipRegistration {
  std::string registrar;  ///< "sip:127.0.0.1:5060"
  std::string user;
  Secret password;
  Duration expires = std::chrono::seconds(300);
};

/// Whether audio is encrypted (SRTP, RFC 3711, with keys in the description, RFC 4568). The keys are only as
/// secret as the signaling that carries them.
enum class SipEncryption : std::uint8_t {
  off,      ///< encrypted media is refused
  allowed,  ///< taken where the party offers it
  offered,  ///< and offered in our calls; a party that knows nothing of it is heard in the clear (RFC 8643)
  required  ///< calls without it are refused
};

/// A way out to the telephone network. A number ("tel:+861055500001", or the user part of a URI at a
/// trunk's own host) is dialled over the trunks whose prefixes grant it and over no other: by the longest
/// prefix, then by cost. When one gives no sign of life, answers 408 or 5xx or cannot be reached, the next
/// is tried; what the called party decides (busy, no answer, declined) stands.
struct SipTrunk {
  std::string name;       ///< in the log; empty: its address
  std::string address;    ///< "sip:192.0.2.9:5060", "sip:pbx.example;transport=tls"
  std::string user = {};  ///< with the password answers its challenges; empty: nothing does
  Secret password = {};
  bool registers = false;                        ///< as a telephone does, with `user`
  Duration expires = std::chrono::seconds(300);  ///< of the registration
  std::vector<std::string> prefixes = {};        ///< of the numbers it is given; "*": all; none: none
  std::vector<std::string> denied = {};          ///< of numbers it is never given
  double cost = 0;                               ///< in any unit
  std::size_t max_calls = 0;                     ///< at once; 0: no limit
  std::size_t max_calls_per_day = 0;             ///< begun within one day, UTC; 0: no limit
  Address caller_id = {};                        ///< shown where a call names nobody: "+8610…" or a SIP URI
  Duration answer_time = std::chrono::seconds(5);   ///< in which some response must come
  Duration check_every = std::chrono::seconds(30);  ///< by OPTIONS, whether it is up; 0: never
  /// Over TLS: the name that its certificate bears (RFC 5922) where that is not the host of `address`.
  std::string tls_name = {};
};

/// The algorithms offered to telephones (RFC 8760). Several in use give up where SHA-256 is offered at all.
enum class SipDigest : std::uint8_t {
  md5,
  both,  ///< SHA-256 first
  sha256
};

/// SIP over TLS. The files are PEM; when they change, connections made from then on use the new ones.
struct SipTls {
  /// Whose certificates must lead to one of `authorities`. Those of trunks and registrars, and of hosts that
  /// are dialled by name, must be for that host, too.
  enum class Verify : std::uint8_t { nobody, servers, everybody };

  std::uint16_t port = 5061;       ///< 0: any free one
  std::string certificate;         ///< the file with ours and, after it, its chain
  std::string key;                 ///< the file with its private key, without a password
  std::string authorities = {};    ///< the file with those we trust; needed to verify
  Verify verify = Verify::nobody;  ///< servers: whom we connect to; everybody: telephones, too
};

/// Where SIP and its audio are taken, from whom, and how much of it.
struct SipOptions {
  /// The local IP address that is bound and told to others. Parties are reached by its version, 4 or 6.
  std::string address = "127.0.0.1";
  /// One of the other version, bound with the same ports: parties of either version are reached, and those of
  /// both in one call hear each other. Empty: none.
  std::string second_address = {};
  std::uint16_t port = 5060;       ///< UDP and TCP; 0: any free one
  std::optional<SipTls> tls = {};  ///< empty: none
  std::string realm = "vcsr";      ///< of the digest challenges to telephones
  SipDigest digest = SipDigest::md5;
  std::vector<SipAccount> accounts = {};
  std::size_t max_contacts = 10;  ///< of one account at the same time
  /// Who calls as an account's user must know its password. Others who claim to be at our address, in our
  /// realm or at the host that they dial are challenged the same way, unless a trunk's host sends them.
  bool authenticate_calls = true;
  std::string registrations_file = {};  ///< where registrations outlive the program; empty: nowhere
  std::vector<SipRegistration> registrations = {};
  std::vector<SipTrunk> trunks = {};
  /// The names of trunks and registrars are looked up so often, and when one of them fails: at once, every 5
  /// s at most.
  Duration lookup_every = std::chrono::minutes(5);
  /// The addresses of a host's name, the best first, none where nobody knows any. It may block, and is called
  /// on several threads. Empty: the system is asked.
  std::function<std::vector<std::string>(const std::string& host)> look_up = {};
  /// "sip:user@host" may be dialled at any host; false: at ours, a registrar's and a trunk's only.
  bool dials_any_host = true;
  std::uint16_t rtp_first = 20000;                                  ///< even ports from here …
  std::uint16_t rtp_last = 39998;                                   ///< … to here
  std::vector<SipCodec> codecs = {SipCodec::pcmu, SipCodec::pcma};  ///< in order of preference
  SipEncryption encryption = SipEncryption::allowed;
  std::string user_agent = "vcsr";
  /// A session recording server (SIPREC, RFC 7866) for SipDriver::recorder(): "sip:recorder@192.0.2.9",
  /// "sip:recorder.example;transport=tls"; empty: none.
  std::string recorder = {};
  std::string recorder_user = {};  ///< with the password answers its challenges; empty: nothing does
  Secret recorder_password = {};
  /// Of what it is sent. We always offer: `allowed` is as `off`.
  SipEncryption recorder_encryption = SipEncryption::off;

  /// Beyond a limit calls are answered 503 with Retry-After before any other work is done.
  std::size_t max_calls = 5000;
  std::size_t max_calls_per_second = 0;  ///< 0: no limit
  /// INVITE, REGISTER, SUBSCRIBE and OPTIONS in a second from one host, answered the same way beyond; 0: no
  /// limit.
  std::size_t max_requests_per_source = 1000;

  Duration session_expires = std::chrono::seconds(1800);  ///< RFC 4028; at least 90 s
  std::size_t rtp_threads = 1;  ///< that serve the audio; more than a thousand calls each
  bool realtime = true;         ///< those run at real-time priority where permitted
  Duration media_timeout = std::chrono::seconds(20);  ///< no RTP for so long: Cause::lost; 0: never
  Log log = {};
};

/// Counts of a SIP driver at one moment.
struct SipStatistics {
  std::size_t calls = 0;    ///< open now
  std::size_t refused = 0;  ///< by admission, since the start
  std::size_t phones = 0;   ///< registered now
  std::uint64_t packets_sent = 0, packets_received = 0;
  std::uint64_t packets_foreign = 0;      ///< from addresses that had no business to send
  std::uint64_t packets_unauthentic = 0;  ///< of encrypted calls, not signed with their key or heard before
  Duration tick_late_p99{};  ///< how late the media thread woke up, 99th percentile since the start
};

/// Telephones and trunks over SIP (RFC 3261) and RTP (RFC 3550): G.711, G.722, Opus, RFC 4733 digits.
/// dial() takes "sip:user@host:port", for registered phones "sip:user" and, with trunks, "tel:+86…".
class VCSR_EXPORT SipDriver : public Driver {
 public:
  /// The port in use, after start().
  virtual std::uint16_t port() const = 0;
  /// The same of TLS; 0 without it.
  virtual std::uint16_t tls_port() const = 0;
  /// Whether a telephone of this account is registered with us now.
  virtual bool registered(const std::string& user) const = 0;
  /// Sends copies of recordings to SipOptions::recorder while they are made; give it to copied_to(). Null
  /// where that is empty. May outlive the driver; nothing is copied then.
  virtual std::shared_ptr<ExternalRecorder> recorder() = 0;
  virtual SipStatistics statistics() const = 0;
  /// Why calls are neither made nor answered although the driver was started: its SIP stack stands still.
  /// Looked at every five seconds; empty while it does not.
  virtual std::string trouble() const = 0;
};

/// `voice` turns prompts into audio and outlives the driver. Throws Error(invalid) for options that
/// contradict each other.
VCSR_EXPORT std::unique_ptr<SipDriver> make_sip_driver(SipOptions options, Voice& voice);

}  // namespace vcsr
