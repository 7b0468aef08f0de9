// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_calls.hpp"

#include <algorithm>
#include <utility>

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_cause.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr char sdp_type[] = "application/sdp";

const char* phrase_of(int status) {
  const char* phrase = sip_status_phrase(status);
  return phrase ? phrase : "Failed";
}

/// "sip:1001@192.0.2.1" and the name beside it.
Address address_of(const sip_addr_t* header) {
  Address address(uri_of(header->a_url));
  if (header->a_display) address.name = parse_name_addr(std::string(header->a_display) + " <sip:x>").name;
  return address;
}

std::string user_of(const sip_from_t* from) { return from->a_url->url_user ? from->a_url->url_user : ""; }

/// Who calls; whoever has proved to be a user of ours is nobody else.
Address caller_of(const sip_t* sip, const NuaPhones& phones) {
  const std::string_view asserted = unknown_header(sip, "P-Asserted-Identity");
  const bool ours = phones.has_account(user_of(sip->sip_from));
  return asserted.empty() || ours ? address_of(sip->sip_from) : parse_name_addr(asserted);
}

std::unique_ptr<Arrival> arrival_of(const sip_t* sip, Address caller) {
  auto arrival = std::make_unique<Arrival>();
  arrival->from = std::move(caller);
  const url_t* dialled = sip->sip_request->rq_url;
  arrival->to = dialled->url_user ? Address(uri_of(dialled)) : address_of(sip->sip_to);
  arrival->id = sip->sip_call_id->i_id;
  return arrival;
}

/// An Accept header that leaves session descriptions out asks for answers that nobody can give.
bool accepts_sdp(const sip_t* sip) {
  if (!sip->sip_accept) return true;
  for (const sip_accept_t* accept = sip->sip_accept; accept; accept = accept->ac_next) {
    const std::string_view type = accept->ac_type ? accept->ac_type : "";
    for (const std::string_view suits :
         {std::string_view(sdp_type), std::string_view("application/*"), std::string_view("*/*")}) {
      if (equal_ignoring_case(type, suits)) return true;
    }
  }
  return false;
}

/// Refuses an INVITE before it has become a call.
void refuse(nua_handle_t* handle, int status, const char* retry_after = nullptr) {
  nua_respond(handle, status, phrase_of(status), TAG_IF(retry_after, SIPTAG_RETRY_AFTER_STR(retry_after)),
              TAG_IF(status == 415 || status == 406, SIPTAG_ACCEPT_STR(sdp_type)), TAG_END());
  nua_handle_destroy(handle);
}

}  // namespace

bool NuaCalls::too_fast() {
  const std::size_t limit = core_.options().max_calls_per_second;
  if (limit == 0) return false;
  const auto second =
      std::chrono::duration_cast<std::chrono::seconds>(core_.now().time_since_epoch()).count();
  if (second != second_) this_second_ = 0;
  second_ = second;
  return ++this_second_ > limit;
}

bool NuaCalls::admit() {
  if (!core_.stopping() && open() < core_.options().max_calls && !too_fast()) return true;
  refused_.fetch_add(1, std::memory_order_relaxed);
  return false;
}

void NuaCalls::refuse_more(nua_handle_t* handle) {
  refused_.fetch_add(1, std::memory_order_relaxed);
  nua_respond(handle, SIP_503_SERVICE_UNAVAILABLE, NUTAG_WITH_THIS(core_.nua()), SIPTAG_RETRY_AFTER_STR("5"),
              TAG_END());
  nua_handle_destroy(handle);
}

void NuaCalls::arrive(const NuaEvent& event) {
  if (!admit()) return refuse(event.handle, 503, "5");
  Address caller = caller_of(event.sip, core_.phones);
  std::string phone;
  if (!core_.phones.admits(event, caller, phone)) return nua_handle_destroy(event.handle);
  const std::string_view sdp = body_of(event.sip, sdp_type);
  if (sdp.empty() && event.sip->sip_payload) return refuse(event.handle, 415);
  if (!accepts_sdp(event.sip)) return refuse(event.handle, 406);
  const sip_replaces_t* replaces = event.sip->sip_replaces;
  const CallId replaced = replaced_by(replaces);
  if (replaces && !replaced) return refuse(event.handle, 481);
  // RFC 3891 §3: what was answered meanwhile is not picked up.
  if (replaced && replaces->rp_early_only && find(replaced)->state != NuaCall::State::calling)
    return refuse(event.handle, 486);
  const CallId id = core_.next_id();
  SdpSession session(core_.profile(core_.source_version()), core_.session_id(id));
  if (!sdp.empty()) {
    const int status = session.try_offer(sdp);
    if (status != 200) return refuse(event.handle, status);
  }
  NuaCall& call =
      keep(std::make_unique<NuaCall>(id, NuaCall::State::offered, std::move(session)), event.handle);
  nua_handle_bind(event.handle, &call);
  call.contact = core_.contact_towards("sip:" + core_.source(event));
  core_.go_back_to(event);
  call.expects = sdp.empty();
  call.updates = allows(event.sip, "UPDATE");
  call.timers = supports(event.sip, "timer");
  if (event.sip->sip_contact) call.remote = uri_of(event.sip->sip_contact->m_url);
  StackEvent arrived{StackEvent::Kind::arrived, id};
  arrived.other = replaced;
  arrived.plan = call.session.plan();
  arrived.on = call.session.held();
  arrived.arrival = arrival_of(event.sip, std::move(caller));
  arrived.arrival->phone = std::move(phone);
  core_.tell(std::move(arrived));
}

void NuaCalls::invite(CallId id, const Invitation& invitation) {
  if (!invitation.others.empty()) return fork(id, invitation);
  if (invitation.number.empty()) {
    if (!invitation.host.empty()) core_.expect_certificate(invitation.proxy, invitation.host);
    const TrunkAttempt attempt{invitation.to, invitation.from, invitation.proxy, {}, invitation.trunk};
    send_invite(id, attempt, invitation.rtp_port);
    return;
  }
  std::vector<std::size_t> routes = core_.trunks.routes(invitation.number);
  if (routes.empty())
    core_.log().warning("no trunk may be given this number", {{"number", invitation.number}});
  const Cause without = routes.empty() ? Cause::rejected : Cause::congestion;
  std::reverse(routes.begin(), routes.end());
  dial_number(id, std::make_unique<Invitation>(invitation), std::move(routes), without);
}

/// Over the first trunk that has room; `last` is why there is none.
void NuaCalls::dial_number(CallId id, std::unique_ptr<Invitation> dialed, std::vector<std::size_t> routes,
                           Cause last) {
  while (!routes.empty()) {
    const std::size_t trunk = routes.back();
    routes.pop_back();
    if (!core_.trunks.take(trunk)) continue;
    const TrunkAttempt attempt = core_.trunks.attempt(trunk, *dialed);
    StackEvent routed{StackEvent::Kind::routed, id};
    routed.text = attempt.name;
    core_.tell(std::move(routed));
    send_invite(id, attempt, dialed->rtp_port);
    NuaCall* const call = find(id);
    if (!call) return core_.trunks.release(trunk);
    call->line = static_cast<int>(trunk);
    call->dialed = std::move(dialed);
    call->routes = std::move(routes);
    call->answer_ticks = core_.trunks.answer_ticks(trunk);
    unanswered_.push_back(id);
    return;
  }
  core_.tell({StackEvent::Kind::ended, id, last});
}

void NuaCalls::send_invite(CallId id, const TrunkAttempt& attempt, std::uint16_t rtp_port) {
  const std::string to = "<" + attempt.to + ">";
  nua_handle_t* handle = core_.stopping() ? nullptr
                                          : nua_handle(core_.nua(), nullptr, NUTAG_URL(attempt.to.c_str()),
                                                       SIPTAG_TO_STR(to.c_str()),
                                                       SIPTAG_FROM_STR(attempt.from.c_str()), TAG_END());
  if (!handle) return tell({StackEvent::Kind::ended, id, Cause::failed});
  const std::string& first_hop = attempt.proxy.empty() ? attempt.to : attempt.proxy;
  SdpSession session(core_.profile(core_.version_towards(first_hop)), core_.session_id(id));
  session.set_port(rtp_port);
  NuaCall& call = keep(std::make_unique<NuaCall>(id, NuaCall::State::calling, std::move(session)), handle);
  nua_handle_bind(handle, &call);
  call.target = call.remote = attempt.to;
  call.proxy = attempt.proxy;
  call.contact = core_.contact_towards(first_hop);
  call.asserted = attempt.asserted.empty() ? "" : "P-Asserted-Identity: " + attempt.asserted;
  call.trunk = attempt.trunk;
  call.caller = call.offered = true;
  const std::string offer = call.session.offer();
  nua_invite(handle, TAG_IF(!call.contact.empty(), SIPTAG_CONTACT_STR(call.contact.c_str())),
             SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(offer.c_str()),
             TAG_IF(!call.asserted.empty(), SIPTAG_HEADER_STR("Privacy: id")),
             TAG_IF(!call.asserted.empty(), SIPTAG_HEADER_STR(call.asserted.c_str())),
             TAG_IF(!call.proxy.empty(), NUTAG_PROXY(call.proxy.c_str())), TAG_END());
}

// The attempt that failed lives on under another name until the stack is done with it.
bool NuaCalls::fail_over(NuaCall& call, Cause cause) {
  if (!call.dialed || call.rang || call.told) return false;
  core_.trunks.on_trouble(call.trunk);
  const CallId id = call.id;
  auto node = calls_.extract(id);
  call.id = node.key() = core_.next_id();
  calls_.insert(std::move(node));
  call.cause = Cause::normal;
  end(call);
  dial_number(id, std::move(call.dialed), std::move(call.routes), cause);
  return true;
}

void NuaCalls::count_off(NuaCall& call) {
  if (call.line >= 0) core_.trunks.release(static_cast<std::size_t>(std::exchange(call.line, -1)));
}

void NuaCalls::watch_answers() {
  std::vector<CallId> waiting;
  waiting.swap(unanswered_);
  for (const CallId id : waiting) {
    NuaCall* const call = find(id);
    if (!call || call->state != NuaCall::State::calling || call->answer_ticks == 0) continue;
    if (--call->answer_ticks > 0) {
      unanswered_.push_back(id);
      continue;
    }
    core_.trunks.on_silence(static_cast<std::size_t>(call->line));
    nua_handle_t* const handle = call->handle;
    if (fail_over(*call, Cause::unreachable)) nua_cancel(handle, TAG_END());
  }
}

void NuaCalls::ring(CallId id) {
  NuaCall* call = find(id);
  if (call && call->state == NuaCall::State::offered)
    nua_respond(call->handle, SIP_180_RINGING,
                TAG_IF(!call->contact.empty(), SIPTAG_CONTACT_STR(call->contact.c_str())), TAG_END());
}

void NuaCalls::progress(CallId id, std::uint16_t rtp_port) {
  NuaCall* call = find(id);
  if (!call || call->state != NuaCall::State::offered || call->expects) return;
  call->session.set_port(rtp_port);
  const std::string answer = call->session.answer();
  nua_respond(call->handle, SIP_183_SESSION_PROGRESS,
              TAG_IF(!call->contact.empty(), SIPTAG_CONTACT_STR(call->contact.c_str())),
              SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(answer.c_str()), TAG_END());
}

void NuaCalls::answer(CallId id, std::uint16_t rtp_port) {
  NuaCall* call = find(id);
  if (!call || call->state != NuaCall::State::offered) return;
  call->state = NuaCall::State::answered;
  call->session.set_port(rtp_port);
  const std::string sdp = call->expects ? call->session.offer() : call->session.answer();
  // A party that knows neither timers nor UPDATE would be sent an empty re-INVITE by the stack.
  const bool refresh = call->updates || call->timers;
  nua_respond(
      call->handle, SIP_200_OK, TAG_IF(!call->contact.empty(), SIPTAG_CONTACT_STR(call->contact.c_str())),
      SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(sdp.c_str()),
      NUTAG_UPDATE_REFRESH(call->updates ? 1 : 0), TAG_IF(!refresh, NUTAG_SESSION_TIMER(0)), TAG_END());
}

void NuaCalls::hang_up(CallId id, Cause cause) {
  if (cancel_fork(id, cause)) return;
  NuaCall* call = find(id);
  if (!call) return;
  const std::string reason = reason_of(cause);
  const NuaCall::State state = call->state;
  end(*call);
  switch (state) {
    case NuaCall::State::offered:
      nua_respond(call->handle, status_of(cause), phrase_of(status_of(cause)),
                  SIPTAG_REASON_STR(reason.c_str()), TAG_END());
      break;
    case NuaCall::State::calling: cancel(*call, cause); break;
    // RFC 3261 §15: no BYE before the ACK.
    case NuaCall::State::answered: call->cause = cause; break;
    case NuaCall::State::talking: bye(*call, cause); break;
    case NuaCall::State::ending: break;
  }
}

void NuaCalls::cancel(NuaCall& call, Cause cause) {
  // Of the BYE, where the answer crosses this.
  call.cause = cause;
  const std::string reason = reason_of(cause);
  nua_cancel(call.handle, SIPTAG_REASON_STR(reason.c_str()), TAG_END());
}

void NuaCalls::hold(CallId id, bool on) {
  NuaCall* call = find(id);
  if (!call || call->state != NuaCall::State::talking) return;
  call->session.set_holding(on);
  call->offered = true;
  const std::string offer = call->session.offer();
  nua_invite(call->handle, TAG_IF(!call->contact.empty(), SIPTAG_CONTACT_STR(call->contact.c_str())),
             SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(offer.c_str()), TAG_END());
}

void NuaCalls::on_tick() {
  watch_answers();
  std::vector<CallId> again;
  again.swap(glared_);
  for (const CallId id : again) {
    NuaCall* call = find(id);
    if (call && call->glare_ticks > 0 && --call->glare_ticks > 0) glared_.push_back(id);
    else if (call) hold(id, call->session.holding());
  }
}

void NuaCalls::hang_up_all() {
  std::vector<CallId> all;
  for (const auto& [id, call] : calls_) all.push_back(id);
  for (const CallId id : all) hang_up(id, Cause::normal);
}

// Handles that are destroyed say nothing more, so what belongs to them can go at once.
void NuaCalls::drop_all() {
  for (const auto& [id, call] : calls_) {
    decline_refer(*call);
    nua_handle_bind(call->handle, nullptr);
    nua_handle_destroy(call->handle);
  }
  calls_.clear();
}

NuaCall* NuaCalls::find(CallId id) {
  const auto found = calls_.find(id);
  return found == calls_.end() ? nullptr : found->second.get();
}

NuaCall& NuaCalls::keep(std::unique_ptr<NuaCall> call, nua_handle_t* handle) {
  call->handle = handle;
  open_.fetch_add(1, std::memory_order_relaxed);
  NuaCall& kept = *call;
  calls_.emplace(kept.id, std::move(call));
  return kept;
}

void NuaCalls::end(NuaCall& call) {
  if (call.state != NuaCall::State::ending) open_.fetch_sub(1, std::memory_order_relaxed);
  if (call.state == NuaCall::State::answered) call.awaits_ack = true;
  call.state = NuaCall::State::ending;
  call.told = true;
  count_off(call);
  decline_refer(call);
}

void NuaCalls::drop(NuaCall& call) {
  end(call);
  nua_handle_t* handle = call.handle;
  nua_handle_bind(handle, nullptr);
  calls_.erase(call.id);
  nua_handle_destroy(handle);
}

void NuaCalls::fail(NuaCall& call, Cause cause) {
  if (call.told) return;
  tell({StackEvent::Kind::ended, call.id, cause});
  end(call);
}

void NuaCalls::bye(NuaCall& call, Cause cause) {
  const std::string reason = reason_of(cause);
  nua_bye(call.handle, SIPTAG_REASON_STR(reason.c_str()), TAG_END());
}

void NuaCalls::tell_media(NuaCall& call, StackEvent::Kind kind) {
  if (call.told) return;
  StackEvent event{kind, call.id};
  event.on = call.session.held();
  event.plan = call.session.plan();
  tell(std::move(event));
}

}  // namespace vcsr::sip
