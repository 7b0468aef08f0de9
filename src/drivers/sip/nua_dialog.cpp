// SPDX-License-Identifier: Apache-2.0
// What parties do in calls: the half of NuaCalls that listens.
#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_cause.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr char sdp_type[] = "application/sdp";
/// RFC 3261 §14.1: some seconds after a 491, and not the same for both sides.
constexpr int glare_ticks_owner = 10;
constexpr int glare_ticks_other = 4;

}  // namespace

void NuaCalls::on_event(const NuaEvent& event, NuaCall& call) {
  switch (event.kind) {
    case nua_i_invite: on_invited_again(event, call); break;
    case nua_i_update: on_update(event, call); break;
    case nua_r_invite: on_invite_response(event, call); break;
    case nua_i_ack: on_ack(event, call); break;
    case nua_i_cancel:
    case nua_i_bye: call.cause = cause_of(event.sip, Cause::normal); break;
    case nua_i_error:
      if (event.status == 408) call.cause = Cause::lost;
      break;
    case nua_r_bye:
      // A BYE that was not ours: the stack's own, where nobody refreshed the session.
      if (!call.told) call.cause = Cause::lost;
      break;
    case nua_i_state: on_state(event, call); break;
    case nua_i_refer: on_refer(event, call); break;
    case nua_r_refer: on_refer_response(event, call); break;
    case nua_i_notify: on_notify(event, call); break;
    case nua_i_info: on_info(event, call); break;
    default: break;
  }
}

void NuaCalls::on_invited_again(const NuaEvent& event, NuaCall& call) {
  if (event.status >= 200) return;
  if (call.state == NuaCall::State::ending) {
    nua_respond(event.handle, SIP_487_REQUEST_TERMINATED, NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  const std::string_view sdp = body_of(event.sip, sdp_type);
  const int status = sdp.empty() ? 200 : call.session.try_offer(sdp);
  call.expects = sdp.empty();
  if (status != 200) {
    nua_respond(event.handle, status, sip_status_phrase(status), NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  const std::string ours = call.expects ? call.session.offer() : call.session.answer();
  nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()),
              TAG_IF(!call.contact.empty(), SIPTAG_CONTACT_STR(call.contact.c_str())),
              SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(ours.c_str()), TAG_END());
  if (!call.expects) tell_media(call, StackEvent::Kind::media);
}

void NuaCalls::on_update(const NuaEvent& event, NuaCall& call) {
  if (event.status >= 200) return;
  const std::string_view sdp = body_of(event.sip, sdp_type);
  if (sdp.empty()) {
    nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  // RFC 3311 §5.2: an offer while another one is open has to wait.
  const int status = call.state == NuaCall::State::talking ? call.session.try_offer(sdp) : 500;
  if (status != 200) {
    nua_respond(event.handle, status, sip_status_phrase(status), NUTAG_WITH_THIS(core_.nua()),
                TAG_IF(status == 500, SIPTAG_RETRY_AFTER_STR("2")), TAG_END());
    return;
  }
  const std::string answer = call.session.answer();
  nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()),
              TAG_IF(!call.contact.empty(), SIPTAG_CONTACT_STR(call.contact.c_str())),
              SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(answer.c_str()), TAG_END());
  tell_media(call, StackEvent::Kind::media);
}

void NuaCalls::on_invite_response(const NuaEvent& event, NuaCall& call) {
  const bool first = call.state == NuaCall::State::calling || call.state == NuaCall::State::ending;
  call.answer_ticks = 0;
  if (event.status < 200) {
    if (call.state == NuaCall::State::calling && event.sip) on_provisional(event, call);
  } else if (event.status < 300) {
    if (first) on_accepted(event, call);
    else on_reinvite_accepted(event, call);
  } else if (call.state == NuaCall::State::calling && on_challenged(event, call)) {
    // Sent again with credentials.
  } else if (event.status == 491 && call.state == NuaCall::State::talking) {
    call.glare_ticks = call.caller ? glare_ticks_owner : glare_ticks_other;
    glared_.push_back(call.id);
  } else if (call.state == NuaCall::State::calling) {
    // What the stack says by itself means that nobody answered, or that there is no way to go.
    const bool heard = event.sip && !nta_sip_is_internal(event.sip);
    call.cause = heard ? cause_of(event.sip, cause_of_status(event.status)) : Cause::unreachable;
    if (!heard || event.status == 408 || (event.status >= 500 && event.status < 600))
      fail_over(call, call.cause);
  }
}

void NuaCalls::on_provisional(const NuaEvent& event, NuaCall& call) {
  if (event.status == 100) return;
  if (!call.rang) tell({StackEvent::Kind::ringing, call.id});
  call.rang = true;
  const std::string_view sdp = body_of(event.sip, sdp_type);
  if (sdp.empty() || call.early) return;
  call.early = call.session.try_answer(sdp);
  if (call.early) tell_media(call, StackEvent::Kind::media);
}

void NuaCalls::on_accepted(const NuaEvent& event, NuaCall& call) {
  const bool wanted = call.state == NuaCall::State::calling;
  const std::string_view sdp = body_of(event.sip, sdp_type);
  const bool suits = sdp.empty() ? call.early : call.session.try_answer(sdp);
  nua_ack(event.handle, TAG_END());
  if (wanted && suits) {
    call.state = NuaCall::State::talking;
    nua_set_hparams(event.handle, NUTAG_UPDATE_REFRESH(allows(event.sip, "UPDATE") ? 1 : 0), TAG_END());
    tell_media(call, StackEvent::Kind::answered);
    return;
  }
  // Answered after we gave up, or with a description that is of no use.
  fail(call, Cause::incompatible);
  bye(call, wanted ? Cause::incompatible : call.cause);
}

void NuaCalls::on_reinvite_accepted(const NuaEvent& event, NuaCall& call) {
  const std::string_view sdp = body_of(event.sip, sdp_type);
  if (call.offered || sdp.empty()) {
    nua_ack(event.handle, TAG_END());
    if (!sdp.empty() && call.session.try_answer(sdp)) tell_media(call, StackEvent::Kind::media);
    return;
  }
  // The stack refreshed the session without an offer of ours.
  const bool suits = call.session.try_offer(sdp) == 200;
  const std::string answer = suits ? call.session.answer() : call.session.last();
  nua_ack(event.handle, SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(answer.c_str()), TAG_END());
  if (suits) tell_media(call, StackEvent::Kind::media);
}

bool NuaCalls::on_challenged(const NuaEvent& event, NuaCall& call) {
  if ((event.status != 401 && event.status != 407) || call.challenged) return false;
  const std::optional<DigestAnswer> credentials = core_.trunks.answer(event, call.trunk, call.target);
  if (!credentials) return false;
  call.challenged = call.again = true;
  const char* value = credentials->value.c_str();
  nua_invite(call.handle, TAG_IF(!call.contact.empty(), SIPTAG_CONTACT_STR(call.contact.c_str())),
             SIPTAG_CALL_ID(event.sip->sip_call_id), SIPTAG_CONTENT_TYPE_STR(sdp_type),
             SIPTAG_PAYLOAD_STR(call.session.last().c_str()),
             TAG_IF(!call.asserted.empty(), SIPTAG_HEADER_STR("Privacy: id")),
             TAG_IF(!call.asserted.empty(), SIPTAG_HEADER_STR(call.asserted.c_str())),
             TAG_IF(!call.proxy.empty(), NUTAG_PROXY(call.proxy.c_str())),
             TAG_IF(!credentials->proxy, SIPTAG_AUTHORIZATION_STR(value)),
             TAG_IF(credentials->proxy, SIPTAG_PROXY_AUTHORIZATION_STR(value)), TAG_END());
  return true;
}

void NuaCalls::on_ack(const NuaEvent& event, NuaCall& call) {
  const std::string_view sdp = body_of(event.sip, sdp_type);
  const bool answered = !call.expects || (!sdp.empty() && call.session.try_answer(sdp));
  const bool expected = std::exchange(call.expects, false);
  if (call.state == NuaCall::State::ending) {
    if (std::exchange(call.awaits_ack, false)) bye(call, call.cause);
  } else if (call.state == NuaCall::State::answered && answered) {
    call.state = NuaCall::State::talking;
    tell_media(call, StackEvent::Kind::answered);
  } else if (call.state == NuaCall::State::answered) {
    fail(call, Cause::incompatible);
    bye(call, Cause::incompatible);
  } else if (expected && answered) {
    tell_media(call, StackEvent::Kind::media);
  }
}

void NuaCalls::on_state(const NuaEvent& event, NuaCall& call) {
  int state = nua_callstate_init;
  tl_gets(event.tags, NUTAG_CALLSTATE_REF(state), TAG_END());
  if (call.again && state == nua_callstate_terminated) {
    // The end of the challenged INVITE is not the end of the call.
    call.again = false;
  } else if (state == nua_callstate_terminating) {
    // The stack hangs up by itself where nobody acknowledges or refreshes.
    fail(call, Cause::lost);
  } else if (state == nua_callstate_terminated) {
    fail(call, call.cause);
    drop(call);
  }
}

void NuaCalls::on_info(const NuaEvent& event, NuaCall& call) {
  if (event.status < 200) nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()), TAG_END());
  const sip_content_type_t* type = event.sip ? event.sip->sip_content_type : nullptr;
  if (!type || !type->c_type) return;
  const std::optional<char> digit = digit_of_info(type->c_type, body_of(event.sip, type->c_type));
  if (!digit) return;
  StackEvent pressed{StackEvent::Kind::digit, call.id};
  pressed.digit = *digit;
  core_.tell(std::move(pressed));
}

}  // namespace vcsr::sip
