// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "drivers/sip/flood_filter.hpp"
#include "drivers/sip/nua_calls.hpp"
#include "drivers/sip/nua_phones.hpp"
#include "drivers/sip/nua_recordings.hpp"
#include "drivers/sip/nua_subscriptions.hpp"
#include "drivers/sip/nua_thread.hpp"
#include "drivers/sip/nua_trunks.hpp"
#include "drivers/sip/sdp_session.hpp"
#include "drivers/sip/sip_text.hpp"
#include "drivers/sip/sofia.hpp"
#include "drivers/sip/source_gate.hpp"
#include "drivers/sip/tls_context.hpp"
#include "drivers/sip/tls_sessions.hpp"

namespace vcsr::sip {

/// Everything that lives on sofia's thread.
class NuaCore {
 public:
  NuaCore(Loop& loop, const SipOptions& options, std::shared_ptr<EventOutbox> outbox);

  /// On the thread, before anything else. Throws Error(unavailable).
  void open(su_root_t* root);
  void on_event(const NuaEvent& event);
  void on_tick();
  /// So many ticks there were; for any thread.
  std::uint64_t ticks() const { return ticks_.load(std::memory_order_relaxed); }
  /// Lets go of everything and then ends the root's run.
  void stop();
  /// After the run. False: sofia did not finish, and its memory has to be left to it.
  bool close();

  nua_t* nua() const { return nua_; }
  su_root_t* root() const { return root_; }
  Loop& loop() const { return loop_; }
  const SipOptions& options() const { return options_; }
  /// For parties of this version; the first address's where there is no other.
  const SdpProfile& profile(IpVersion version) const {
    return second_ && second_->version() == version ? *second_ : profile_;
  }
  const SdpProfile& profile() const { return profile_; }
  /// Whether parties of the version are reached that the first address is not of.
  bool has_both_versions() const { return second_.has_value(); }
  /// Of where requests to this URI go; the first address's where that is a name.
  IpVersion version_towards(const std::string& uri) const;
  /// Of whom the request in hand came from.
  IpVersion source_version() const { return ip_version(source_host()).value_or(profile_.version()); }
  std::uint16_t port() const { return port_; }
  std::uint16_t tls_port() const { return tls_port_; }
  WallTime now() const { return loop_.wall_time(); }
  bool stopping() const { return phase_ != Phase::open; }
  void tell(StackEvent event) { outbox_->put(std::move(event)); }
  CallId next_id() { return next_id_.fetch_add(1, std::memory_order_relaxed); }
  /// Distinct in every session of every run.
  std::uint64_t session_id(CallId call) const { return first_session_ + call; }
  const Log& log() const { return log_; }
  /// Who is connected to there over TLS must show a certificate for this host.
  void expect_certificate(const std::string& place, const std::string& host);
  /// As contact of requests that go out this way.
  std::string own_contact(const SipUri& way, IpVersion version) const;
  /// What a dialog's party is told that is reached this way; empty where the stack knows.
  std::string contact_towards(const std::string& uri) const;
  /// Where the request in hand came from: "192.0.2.1:5060", and ";transport=tls" where it is no datagram.
  std::string source(const NuaEvent& event) const;
  /// The dialog's requests go where the event came from, if the way it names would have to be looked up or is
  /// none.
  void go_back_to(const NuaEvent& event) const;
  /// Its host alone.
  std::string source_host() const;
  /// A trunk's host or one like it: it may flood us, and speak for callers who are not its own.
  void trust(std::string_view uri_host) { trusted_.insert(network_of(std::string(unbracketed(uri_host)))); }
  bool trusts(const std::string& host) const { return trusted_.contains(network_of(host)); }
  /// A host whose users are ours.
  bool is_own(std::string_view uri_host) const {
    return same_host(uri_host, bracketed(options_.address)) || same_host(uri_host, options_.realm) ||
           (second_ && same_host(uri_host, bracketed(second_->address)));
  }
  const std::string& own_uri() const { return own_uri_; }

 private:
  enum class Phase { open, letting_go, shutting_down, shut };

  void route(const NuaEvent& event);
  bool too_many(const NuaEvent& event);
  bool shut_out(const std::string& host);
  nua_t* create(const std::string& address);
  bool listen_at(const std::string& address);
  void filter(const std::string& address);
  void refuse_stray(const NuaEvent& event);
  void shut_down();
  bool idle() const { return calls.empty() && trunks.empty() && recordings.empty(); }

  Loop& loop_;
  const SipOptions& options_;
  SdpProfile profile_;
  std::optional<SdpProfile> second_;
  std::uint16_t port_, tls_port_;
  std::unique_ptr<TlsContext> tls_;  ///< null without TLS
  std::optional<TlsSessions> tls_sessions_;
  int tls_ticks_ = 0;
  SourceGate gate_;
  struct Filters {
    FloodFilter datagrams{SOCK_DGRAM}, connections{SOCK_STREAM};
  };
  std::deque<Filters> filters_;    ///< of each address
  std::set<std::string> trusted_;  ///< networks that are never kept out
  std::string own_uri_;
  std::uint64_t first_session_;
  std::shared_ptr<EventOutbox> outbox_;
  Log log_;
  std::atomic<CallId> next_id_ = 1;
  std::atomic<std::uint64_t> ticks_ = 0;
  su_root_t* root_ = nullptr;
  nua_t* nua_ = nullptr;
  su_timer_t* timer_ = nullptr;
  Phase phase_ = Phase::open;
  int patience_ = 0;  ///< ticks left for the phase

 public:
  // Last, because they are made of what stands above.
  NuaCalls calls;
  NuaPhones phones;
  NuaSubscriptions subscriptions;
  NuaTrunks trunks;
  NuaRecordings recordings;
};

/// The text of a body of the type, empty otherwise; SDP may come without a type.
std::string_view body_of(const sip_t* sip, std::string_view type);
/// Cuts display names, parameters and headers off.
std::string uri_of(const url_t* url);
/// The same with its parameters.
std::string contact_of(const url_t* url);
/// The first header of this name that sofia does not know itself.
std::string_view unknown_header(const sip_t* sip, std::string_view name);
/// By the Allow and Supported headers.
bool allows(const sip_t* sip, std::string_view method);
bool supports(const sip_t* sip, std::string_view feature);
/// Q.850 in the Reason header, or else `otherwise`.
Cause cause_of(const sip_t* sip, Cause otherwise);

}  // namespace vcsr::sip
