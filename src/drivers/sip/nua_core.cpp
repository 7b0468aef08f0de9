// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_core.hpp"

#include <algorithm>

#include "drivers/sip/dialog_way.hpp"
#include "drivers/sip/sip_cause.hpp"
#include "drivers/sip/sip_port.hpp"
#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

extern "C" {
int nua_stack_init_transport(nua_t* nua, const tagi_t* tags);
int nua_stack_init_registrations(nua_t* nua);
}

namespace vcsr::sip {

namespace {

constexpr unsigned tick_milliseconds = 250;
// sofia takes all that waits in a connection at once, many messages or a part of one, and cuts who has sent
// more than this; so less than half of it is let wait.
constexpr unsigned most_at_once = 256 * 1024;
constexpr int waiting_at_most = most_at_once / 4;  // the system doubles it
constexpr int letting_go_ticks = 4;
constexpr int certificate_ticks = 8;
constexpr int shutting_down_ticks = 12;
constexpr char allowed[] = "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY";
constexpr char allowed_with_phones[] =
    "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, REGISTER, SUBSCRIBE";

void on_nua_event(nua_event_t kind, int status, const char*, nua_t*, NuaCore* core, nua_handle_t* handle,
                  HandleOwner* owner, const sip_t* sip, tagi_t* tags) {
  // Nothing may be thrown through sofia's frames.
  try {
    core->on_event({kind, status, handle, owner, sip, tags});
  } catch (const std::exception& error) {
    core->log().error("a SIP event failed", {{"why", std::string(error.what())}});
  }
}

void on_timer(NuaCore* core, su_timer_t*, NuaCore*) { core->on_tick(); }

bool lists(const msg_param_t* items, std::string_view wanted) {
  for (; items && *items; ++items) {
    if (equal_ignoring_case(*items, wanted)) return true;
  }
  return false;
}

unsigned policy_of(const std::optional<SipTls>& tls) {
  const SipTls::Verify verify = tls ? tls->verify : SipTls::Verify::nobody;
  switch (verify) {
    case SipTls::Verify::nobody: return TPTLS_VERIFY_NONE;
    case SipTls::Verify::servers: return TPTLS_VERIFY_OUT;
    case SipTls::Verify::everybody: return TPTLS_VERIFY_ALL;
  }
  return TPTLS_VERIFY_ALL;
}

/// What a host may send so often only: the stack keeps its answer for half a minute.
bool asks_much(nua_event_t kind) {
  return kind == nua_i_invite || kind == nua_i_register || kind == nua_i_subscribe || kind == nua_i_options;
}

unsigned whole_seconds(Duration duration) {
  return static_cast<unsigned>(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

}  // namespace

NuaCore::NuaCore(Loop& loop, const SipOptions& options, std::shared_ptr<EventOutbox> outbox)
    : loop_(loop),
      options_(options),
      profile_{options.address, options.codecs, options.encryption},
      port_(free_sip_port(options.address, options.port)),
      tls_port_(options.tls ? free_tls_port(options.address, options.tls->port) : std::uint16_t{0}),
      tls_(options.tls ? std::make_unique<TlsContext>(*options.tls, loop.wall_time(), options.log) : nullptr),
      gate_(options.max_requests_per_source),
      own_uri_("sip:" + bracketed(options.address) + ":" + std::to_string(port_)),
      first_session_(static_cast<std::uint64_t>(loop.wall_time().time_since_epoch().count())),
      outbox_(std::move(outbox)),
      log_(options.log),
      calls(*this),
      phones(*this),
      subscriptions(*this),
      trunks(*this),
      recordings(*this) {
  if (options.second_address.empty()) return;
  second_ = SdpProfile{options.second_address, options.codecs, options.encryption};
  free_sip_port(options.second_address, port_);
  if (tls_) free_tls_port(options.second_address, tls_port_);
}

IpVersion NuaCore::version_towards(const std::string& uri) const {
  const std::optional<SipUri> read = parse_sip_uri(uri);
  return ip_version(read ? unbracketed(read->host) : std::string_view()).value_or(profile_.version());
}

void NuaCore::open(su_root_t* root) {
  root_ = root;
  if (tls_) tls_sessions_.emplace(root);
  // For an IPv6 host sofia takes its first address, whatever that is, and for others one that suits.
  const bool second_first = second_ && second_->version() == IpVersion::v6;
  nua_ = create(second_first ? second_->address : options_.address);
  const bool listens = nua_ && (!second_ || listen_at(second_first ? options_.address : second_->address));
  if (tls_) tls_->take_back();
  if (!listens) {
    throw Error(Error::Code::unavailable,
                "SIP: cannot listen at " + own_uri_.substr(4) +
                    (second_ ? " or at " + second_->address : "") +
                    ": see that the address is this machine's and the port is free");
  }
  timer_ = su_timer_create(su_root_task(root), tick_milliseconds);
  su_timer_set_for_ever(timer_, on_timer, this);
  filter(options_.address);
  if (second_) filter(second_->address);
  phones.begin();
  trunks.begin();
}

void NuaCore::filter(const std::string& address) {
  Filters& filters = filters_.emplace_back();
  filters.datagrams.open(address, {port_});
  filters.connections.open(address, {port_, tls_port_});
  filters.connections.let_wait(waiting_at_most);
  trust(address);
}

// A stack is made with one address, but takes more; what it tells as its own it then has to choose anew.
bool NuaCore::listen_at(const std::string& address) {
  const std::string host = bracketed(address), uri = "sip:" + host + ":" + std::to_string(port_),
                    secure_uri = "sips:" + host + ":" + std::to_string(tls_port_) + ";transport=tls";
  const tagi_t tags[] = {{NUTAG_URL(uri.c_str())},
                         {TAG_IF(tls_, NUTAG_SIPS_URL(secure_uri.c_str()))},
                         {TAG_IF(tls_, NUTAG_CERTIFICATE_DIR(tls_ ? tls_->folder().c_str() : nullptr))},
                         {TAG_END()}};
  return nua_stack_init_transport(nua_, tags) >= 0 && nua_stack_init_registrations(nua_) >= 0;
}

// The stack's own resolver is given nothing to ask: where no name server can be reached it spins for ever.
// Names are looked up before calls are made, and what a party's messages name is reached where they came
// from.
nua_t* NuaCore::create(const std::string& address) {
  const std::string host = bracketed(address), uri = "sip:" + host + ":" + std::to_string(port_),
                    secure_uri = "sips:" + host + ":" + std::to_string(tls_port_) + ";transport=tls";
  const char* folder = tls_ ? tls_->lend().c_str() : nullptr;
  return nua_create(root_, on_nua_event, this, NUTAG_URL(uri.c_str()), NUTAG_MEDIA_ENABLE(0),
                    NUTAG_AUTOANSWER(0), NUTAG_AUTOALERT(0), NUTAG_AUTOACK(0), NUTAG_AUTO302(0),
                    NUTAG_AUTO305(0), NUTAG_MAX_RETRY_AFTER(0), NUTAG_RETRY_COUNT(0), NUTAG_ENABLEMESSAGE(0),
                    NUTAG_OUTBOUND("no-outbound no-natify no-options-keepalive no-validate"),
                    SIPTAG_ALLOW_STR(options_.accounts.empty() ? allowed : allowed_with_phones),
                    NUTAG_APPL_METHOD("UPDATE, REFER, INFO"),
                    TAG_IF(!options_.accounts.empty(), NUTAG_ALLOW_EVENTS("message-summary")),
                    SIPTAG_SUPPORTED_STR("100rel, timer, replaces"),
                    NUTAG_SESSION_TIMER(whole_seconds(options_.session_expires)), NUTAG_MIN_SE(90),
                    SIPTAG_USER_AGENT_STR(options_.user_agent.c_str()), NTATAG_MAXSIZE(most_at_once),
                    NTATAG_USE_NAPTR(0), NTATAG_USE_SRV(0), SRESTAG_RESOLV_CONF("/dev/null"),
                    TPTAG_STUN_SERVER(0), TPTAG_UDP_RMEM(4 * 1024 * 1024), TPTAG_UDP_WMEM(4 * 1024 * 1024),
                    TAG_IF(tls_, NUTAG_SIPS_URL(secure_uri.c_str())),
                    TAG_IF(tls_, NUTAG_CERTIFICATE_DIR(folder)), TPTAG_TLS_VERSION(0),
                    TPTAG_TLS_VERIFY_POLICY(policy_of(options_.tls)), TAG_END());
}

void NuaCore::on_event(const NuaEvent& event) {
  if (event.kind == nua_r_shutdown) {
    if (event.status < 200) return;
    phase_ = Phase::shut;
    su_root_break(root_);
    return;
  }
  route(event);
  if (phase_ == Phase::letting_go && idle()) shut_down();
}

void NuaCore::route(const NuaEvent& event) {
  if (tells_of_target(event)) go_back_to(event);
  if (event.owner && event.owner->kind == HandleOwner::Kind::call) {
    calls.on_event(event, static_cast<NuaCall&>(*event.owner));
  } else if (event.owner && event.owner->kind == HandleOwner::Kind::recording) {
    recordings.on_event(event, static_cast<NuaRecording&>(*event.owner));
  } else if (event.owner && event.owner->kind == HandleOwner::Kind::subscription) {
    subscriptions.on_event(event, static_cast<NuaSubscription&>(*event.owner));
  } else if (event.owner) {
    trunks.on_event(event, static_cast<NuaTrunk&>(*event.owner));
  } else if (asks_much(event.kind) && too_many(event)) {
    event.status < 200 ? calls.refuse_more(event.handle) : nua_handle_destroy(event.handle);
  } else if (event.kind == nua_i_invite) {
    calls.arrive(event);
  } else if (event.kind == nua_i_register) {
    phones.on_register(event);
  } else if (event.kind == nua_i_subscribe) {
    subscriptions.arrive(event);
  } else if (event.kind == nua_r_notify) {
    if (event.status >= 200) nua_handle_destroy(event.handle);
  } else if (event.handle) {
    refuse_stray(event);
  }
}

bool NuaCore::too_many(const NuaEvent& event) {
  const std::string host = source_host();
  const std::string network = network_of(host);
  if (!event.sip || gate_.admit(network, now())) return false;
  if (gate_.floods(network) && !trusts(host) && shut_out(host))
    log_.warning("a host floods; what it sends is dropped for half a minute", {{"from", host}});
  return true;
}

// Whoever forges datagrams of somebody cuts nobody's connection.
bool NuaCore::shut_out(const std::string& host) {
  const bool connected = msg_addrinfo(nua_current_request(nua_))->ai_socktype == SOCK_STREAM;
  return std::any_of(filters_.begin(), filters_.end(), [&](Filters& filters) {
    return (connected ? filters.connections : filters.datagrams).drop(host, now());
  });
}

// OPTIONS and the like outside of calls: the stack has answered most of them, and the handle it made
// for each is ours to destroy.
void NuaCore::refuse_stray(const NuaEvent& event) {
  const bool request =
      event.kind > nua_i_error && event.kind < nua_r_set_params && event.sip && event.sip->sip_request;
  if (request && event.status < 200 && event.kind == nua_i_info)
    nua_respond(event.handle, SIP_481_NO_TRANSACTION, NUTAG_WITH_THIS(nua_), TAG_END());
  else if (request && event.status < 200)
    nua_respond(event.handle, SIP_403_FORBIDDEN, NUTAG_WITH_THIS(nua_), TAG_END());
  if (event.kind < nua_r_set_params) nua_handle_destroy(event.handle);
}

void NuaCore::on_tick() {
  ticks_.fetch_add(1, std::memory_order_relaxed);
  switch (phase_) {
    case Phase::open:
      calls.on_tick();
      for (Filters& filters : filters_) {
        filters.datagrams.refresh(now());
        filters.connections.refresh(now());
      }
      phones.on_tick();
      subscriptions.on_tick();
      trunks.on_tick();
      recordings.on_tick();
      if (tls_ && ++tls_ticks_ % certificate_ticks == 0) tls_->refresh(now());
      break;
    case Phase::letting_go:
      if (idle() || --patience_ <= 0) shut_down();
      break;
    case Phase::shutting_down:
      if (--patience_ <= 0) su_root_break(root_);
      break;
    case Phase::shut: break;
  }
}

void NuaCore::stop() {
  phase_ = Phase::letting_go;
  patience_ = letting_go_ticks;
  calls.hang_up_all();
  trunks.unregister_all();
  recordings.end_all();
  if (idle()) shut_down();
}

void NuaCore::shut_down() {
  phase_ = Phase::shutting_down;
  patience_ = shutting_down_ticks;
  calls.drop_all();
  subscriptions.drop_all();
  phones.drop_all();
  trunks.drop_all();
  recordings.drop_all();
  nua_shutdown(nua_);
}

bool NuaCore::close() {
  if (timer_) su_timer_destroy(timer_);
  if (nua_ && phase_ != Phase::shut) return false;
  if (nua_) nua_destroy(nua_);
  tls_sessions_.reset();
  return true;
}

std::string NuaCore::source(const NuaEvent& event) const {
  msg_t* message = nua_current_request(nua_);
  const su_sockaddr_t* from = message ? msg_addr(message) : nullptr;
  std::string text = source_host();
  if (text.empty()) return text;
  if (from->su_family == AF_INET6) text = "[" + text + "]";
  text += ":" + std::to_string(ntohs(from->su_port));
  const char* protocol = event.sip->sip_via ? event.sip->sip_via->v_protocol : nullptr;
  if (!protocol) return text;
  if (equal_ignoring_case(protocol, sip_transport_tcp)) text += ";transport=tcp";
  if (equal_ignoring_case(protocol, sip_transport_tls)) text += ";transport=tls";
  return text;
}

void NuaCore::go_back_to(const NuaEvent& event) const {
  if (names_a_place(event.sip)) return;
  const std::string there = "sip:" + source(event);
  nua_set_hparams(event.handle, NUTAG_PROXY(there.c_str()), TAG_END());
}

void NuaCore::expect_certificate(const std::string& place, const std::string& host) {
  const std::optional<SipUri> uri = parse_sip_uri(place);
  if (!tls_ || !uri || !uri->tls()) return;
  tls_->expect(RtpAddress::parse(std::string(unbracketed(uri->host)), uri->port_or_default()), host);
}

std::string NuaCore::own_contact(const SipUri& way, IpVersion version) const {
  const std::string host =
      bracketed(profile(version).address) + ":" + std::to_string(way.tls() ? tls_port_ : port_);
  return way.transport.empty() ? host : host + ";transport=" + std::string(way.transport);
}

std::string NuaCore::contact_towards(const std::string& uri) const {
  const std::optional<SipUri> way = parse_sip_uri(uri);
  return second_ && way ? "<sip:" + own_contact(*way, version_towards(uri)) + ">" : std::string();
}

std::string NuaCore::source_host() const {
  msg_t* message = nua_current_request(nua_);
  const su_sockaddr_t* from = message ? msg_addr(message) : nullptr;
  char host[SU_ADDRSIZE] = "";
  if (!from || !su_inet_ntop(from->su_family, SU_ADDR(from), host, sizeof host)) return {};
  return host;
}

std::string_view body_of(const sip_t* sip, std::string_view type) {
  if (!sip || !sip->sip_payload || !sip->sip_payload->pl_data) return {};
  const sip_content_type_t* content = sip->sip_content_type;
  if (content && content->c_type && !equal_ignoring_case(content->c_type, type)) return {};
  return {sip->sip_payload->pl_data, sip->sip_payload->pl_len};
}

std::string uri_of(const url_t* url) {
  std::string text(url->url_scheme ? url->url_scheme : "sip");
  text += ':';
  if (url->url_user) text.append(url->url_user);
  if (url->url_user && url->url_host) text += '@';
  if (url->url_host) text.append(url->url_host);
  if (url->url_port && *url->url_port) text.append(":").append(url->url_port);
  return text;
}

std::string contact_of(const url_t* url) {
  std::string text = uri_of(url);
  if (url->url_params) text.append(";").append(url->url_params);
  return text;
}

std::string_view unknown_header(const sip_t* sip, std::string_view name) {
  for (const sip_unknown_t* header = sip->sip_unknown; header; header = header->un_next) {
    if (header->un_name && header->un_value && equal_ignoring_case(header->un_name, name))
      return header->un_value;
  }
  return {};
}

bool allows(const sip_t* sip, std::string_view method) {
  return sip && sip->sip_allow && lists(sip->sip_allow->k_items, method);
}

bool supports(const sip_t* sip, std::string_view feature) {
  return sip && sip->sip_supported && lists(sip->sip_supported->k_items, feature);
}

Cause cause_of(const sip_t* sip, Cause otherwise) {
  for (const sip_reason_t* reason = sip ? sip->sip_reason : nullptr; reason; reason = reason->re_next) {
    if (!reason->re_protocol || !reason->re_cause || !equal_ignoring_case(reason->re_protocol, "Q.850"))
      continue;
    return cause_of_reason(std::string("Q.850;cause=") + reason->re_cause, otherwise);
  }
  return otherwise;
}

}  // namespace vcsr::sip
