// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_recordings.hpp"

#include <utility>

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/recorder_metadata.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr char sdp_type[] = "application/sdp";
constexpr int glare_ticks = 10;     // RFC 3261 §14.1: whoever began the dialog waits longer than the other
constexpr int patience_ticks = 20;  // 5 s, as for trunks
constexpr std::size_t longest_phrase = 80;

/// "503 Service Unavailable": the server's words, or the stack's.
std::string reason_of(const NuaEvent& event) {
  const char* phrase = event.sip && event.sip->sip_status ? event.sip->sip_status->st_phrase : nullptr;
  if (!phrase) phrase = sip_status_phrase(event.status);
  return std::to_string(event.status) + " " + std::string(phrase ? phrase : "").substr(0, longest_phrase);
}

/// The server may be well in a moment, or another may take its place.
bool passing(const NuaEvent& event) {
  const bool heard = event.sip && !nta_sip_is_internal(event.sip);
  return !heard || event.status == 408 || event.status == 480 || event.status == 486 ||
         (event.status >= 500 && event.status < 600);
}

/// The Route of a dialog's requests, by the Record-Route of the answer to our INVITE; "" without one.
std::string route_back(const sip_t* answer) {
  std::string route;
  for (const sip_record_route_t* hop = answer->sip_record_route; hop; hop = hop->r_next)
    route = "<" + contact_of(hop->r_url) + ">" + (route.empty() ? "" : ", " + route);
  return route;
}

bool news(const NuaRecording& recording) {
  return recording.stale || recording.paused != recording.told_paused;
}

}  // namespace

void NuaRecordings::begin(CallId id, const RecorderInvitation& invitation) {
  if (!invitation.host.empty()) core_.expect_certificate(invitation.proxy, invitation.host);
  const std::string to = "<" + invitation.to + ">";
  nua_handle_t* handle = core_.stopping() ? nullptr
                                          : nua_handle(core_.nua(), nullptr, NUTAG_URL(invitation.to.c_str()),
                                                       SIPTAG_TO_STR(to.c_str()),
                                                       SIPTAG_FROM_STR(invitation.from.c_str()), TAG_END());
  if (!handle) {
    StackEvent ended{StackEvent::Kind::ended, id, Cause::failed};
    ended.text = "the SIP stack takes no more calls";
    return core_.tell(std::move(ended));
  }
  const std::string& way = invitation.proxy.empty() ? invitation.to : invitation.proxy;
  const IpVersion version = core_.version_towards(way);
  auto owned =
      std::make_unique<NuaRecording>(id, RecorderSdp(core_.profile(version), core_.session_id(id),
                                                     invitation.ports, core_.options().recorder_encryption));
  NuaRecording& recording = *owned;
  recordings_.emplace(id, std::move(owned));
  recording.handle = handle;
  nua_handle_bind(handle, &recording);
  recording.target = invitation.to;
  recording.proxy = invitation.proxy;
  recording.metadata = invitation.metadata;
  recording.paused = invitation.paused;
  recording.contact = "<sip:" + core_.own_contact(*parse_sip_uri(way), version) + ">;+sip.src";
  recording.answer_in = patience_ticks;
  offer(recording);
}

void NuaRecordings::offer(NuaRecording& recording) {
  recording.told_paused = recording.paused;
  recording.stale = false;
  recording.open = true;
  recording.challenged = false;
  recording.credentials = {};
  send(recording);
}

void NuaRecordings::send(NuaRecording& recording) {
  recording.sdp.set_paused(recording.told_paused);
  const DigestAnswer& credentials = recording.credentials;
  const char* const value = credentials.value.empty() ? nullptr : credentials.value.c_str();
  const RecorderBody body = recorder_body(recording.sdp.offer(), recording.metadata);
  nua_invite(recording.handle, SIPTAG_CONTACT_STR(recording.contact.c_str()), SIPTAG_REQUIRE_STR("siprec"),
             TAG_IF(!recording.call_id.empty(), SIPTAG_CALL_ID_STR(recording.call_id.c_str())),
             SIPTAG_CONTENT_TYPE_STR(body.type.c_str()), SIPTAG_PAYLOAD_STR(body.text.c_str()),
             TAG_IF(value && !credentials.proxy, SIPTAG_AUTHORIZATION_STR(value)),
             TAG_IF(value && credentials.proxy, SIPTAG_PROXY_AUTHORIZATION_STR(value)),
             TAG_IF(!recording.proxy.empty(), NUTAG_PROXY(recording.proxy.c_str())), TAG_END());
}

void NuaRecordings::pause(CallId id, bool on) {
  NuaRecording* const recording = find(id);
  if (!recording) return;
  recording->paused = on;
  offer_what_is_new(*recording);
  // Where nothing new is to be said, what was agreed on holds again.
  const bool talking = recording->state == NuaRecording::State::talking;
  if (talking && !recording->open && !news(*recording)) tell_targets(*recording);
}

void NuaRecordings::describe(CallId id, const std::string& metadata) {
  NuaRecording* const recording = find(id);
  if (!recording) return;
  recording->metadata = metadata;
  recording->stale = true;
  offer_what_is_new(*recording);
}

void NuaRecordings::offer_what_is_new(NuaRecording& recording) {
  const bool free = recording.state == NuaRecording::State::talking && !recording.open;
  if (free && news(recording) && recording.again_in == 0) offer(recording);
}

void NuaRecordings::end(CallId id) {
  NuaRecording* const recording = find(id);
  if (!recording || recording->state == NuaRecording::State::ending) return;
  recording->told = true;
  if (std::exchange(recording->state, NuaRecording::State::ending) == NuaRecording::State::calling)
    nua_cancel(recording->handle, TAG_END());
  else nua_bye(recording->handle, TAG_END());
}

void NuaRecordings::on_event(const NuaEvent& event, NuaRecording& recording) {
  switch (event.kind) {
    case nua_r_invite: on_response(event, recording); break;
    case nua_i_invite:
    case nua_i_update: on_offer(event, recording); break;
    case nua_i_ack: on_ack(event, recording); break;
    case nua_r_bye:
    case nua_r_method: on_left(event, recording); break;
    case nua_i_bye: recording.why = "the server ended the session"; break;
    case nua_i_error: recording.why = reason_of(event); break;
    case nua_i_state: on_state(event, recording); break;
    case nua_i_info:
    case nua_i_refer: on_other_request(event); break;
    default: break;
  }
}

void NuaRecordings::on_response(const NuaEvent& event, NuaRecording& recording) {
  if (event.status >= 100) recording.answer_in = 0;
  if (event.status < 200) return;
  if (event.status >= 300 && answer_challenge(event, recording)) return;
  recording.open = false;
  if (event.status < 300) return on_accepted(event, recording);
  if (recording.state == NuaRecording::State::calling) {
    recording.why = reason_of(event);
    recording.retry = passing(event);
  } else if (event.status == 491) {
    recording.stale = true;
    recording.again_in = glare_ticks;
  } else {
    core_.log().warning("a session recording server refused a change",
                        {{"status", event.status}, {"paused", recording.told_paused}});
    recording.again_in = glare_ticks;
    tell_targets(recording);
  }
}

bool NuaRecordings::answer_challenge(const NuaEvent& event, NuaRecording& recording) {
  if (recording.challenged || recording.state == NuaRecording::State::ending) return false;
  const DigestAnswer answer = credentials_for(event, recording, "INVITE");
  if (answer.value.empty()) return false;
  recording.challenged = true;
  recording.goes_on = recording.state == NuaRecording::State::calling;
  if (recording.goes_on && event.sip->sip_call_id) recording.call_id = event.sip->sip_call_id->i_id;
  recording.credentials = answer;
  send(recording);
  return true;
}

DigestAnswer NuaRecordings::credentials_for(const NuaEvent& event, const NuaRecording& recording,
                                            const char* method) const {
  const SipOptions& options = core_.options();
  if ((event.status != 401 && event.status != 407) || options.recorder_user.empty()) return {};
  const std::optional<DigestChallenge> challenge = challenge_of(event.sip);
  if (!challenge) return {};
  return answer_to(*challenge, event.sip, options.recorder_user, options.recorder_password, method,
                   recording.target);
}

void NuaRecordings::on_left(const NuaEvent& event, NuaRecording& recording) {
  if (event.status < 200) return;
  if (event.kind == nua_r_method) forget(recording);
  else leave_again(event, recording);
}

// To the stack a session is over once its BYE has any answer: one with credentials is a request of its own.
void NuaRecordings::leave_again(const NuaEvent& event, NuaRecording& recording) {
  const DigestAnswer answer = credentials_for(event, recording, "BYE");
  const sip_t* const sip = event.sip;
  if (answer.value.empty() || !sip->sip_cseq || !sip->sip_call_id) return;
  const std::string there = "sip:" + core_.source(event);
  nua_handle_t* const handle = nua_handle(core_.nua(), &recording, NUTAG_URL(recording.target.c_str()),
                                          SIPTAG_FROM(sip->sip_from), SIPTAG_TO(sip->sip_to), TAG_END());
  if (!handle) return;
  nua_handle_bind(recording.handle, nullptr);
  nua_handle_destroy(std::exchange(recording.handle, handle));
  const std::string sequence = std::to_string(sip->sip_cseq->cs_seq + 1) + " BYE";
  nua_method(handle, NUTAG_METHOD("BYE"), NUTAG_PROXY(there.c_str()), SIPTAG_CALL_ID(sip->sip_call_id),
             SIPTAG_CSEQ_STR(sequence.c_str()),
             TAG_IF(!recording.route.empty(), SIPTAG_ROUTE_STR(recording.route.c_str())),
             TAG_IF(!answer.proxy, SIPTAG_AUTHORIZATION_STR(answer.value.c_str())),
             TAG_IF(answer.proxy, SIPTAG_PROXY_AUTHORIZATION_STR(answer.value.c_str())), TAG_END());
}

// Nobody is there; what comes of it later is ended.
void NuaRecordings::miss(NuaRecording& recording) {
  recording.why = "no answer";
  recording.retry = true;
  recording.state = NuaRecording::State::ending;
  tell_end(recording);
  nua_cancel(recording.handle, TAG_END());
}

void NuaRecordings::on_accepted(const NuaEvent& event, NuaRecording& recording) {
  // RFC 3261 §22.1: an ACK bears the credentials of its INVITE.
  const char* const value =
      recording.credentials.value.empty() ? nullptr : recording.credentials.value.c_str();
  nua_ack(event.handle, TAG_IF(value && !recording.credentials.proxy, SIPTAG_AUTHORIZATION_STR(value)),
          TAG_IF(value && recording.credentials.proxy, SIPTAG_PROXY_AUTHORIZATION_STR(value)), TAG_END());
  if (recording.state == NuaRecording::State::ending) {
    nua_bye(event.handle, TAG_END());
    return;
  }
  recording.call_id.clear();
  if (recording.state == NuaRecording::State::calling) recording.route = route_back(event.sip);
  if (event.sip->sip_contact) recording.target = contact_of(event.sip->sip_contact->m_url);
  const std::string_view sdp = body_of(event.sip, sdp_type);
  const bool first =
      std::exchange(recording.state, NuaRecording::State::talking) == NuaRecording::State::calling;
  if ((first || !sdp.empty()) && !recording.sdp.take_answer(sdp)) {
    recording.why = "its answer takes neither stream";
    recording.state = NuaRecording::State::ending;
    tell_end(recording);
    nua_bye(event.handle, TAG_END());
    return;
  }
  if (first)
    nua_set_hparams(event.handle, NUTAG_UPDATE_REFRESH(allows(event.sip, "UPDATE") ? 1 : 0), TAG_END());
  tell_targets(recording);
  offer_what_is_new(recording);
}

// The server holds its streams, or wants them elsewhere.
void NuaRecordings::on_offer(const NuaEvent& event, NuaRecording& recording) {
  if (event.status >= 200) return;
  const std::string_view sdp = body_of(event.sip, sdp_type);
  if (event.kind == nua_i_update && sdp.empty()) {
    nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  recording.expects = sdp.empty();
  const int status = sdp.empty() ? 200 : recording.sdp.take_offer(sdp);
  if (status != 200) {
    nua_respond(event.handle, status, sip_status_phrase(status), NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  recording.sdp.set_paused(recording.paused);
  const std::string ours = sdp.empty() ? recording.sdp.offer() : recording.sdp.answer();
  nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()),
              SIPTAG_CONTACT_STR(recording.contact.c_str()), SIPTAG_CONTENT_TYPE_STR(sdp_type),
              SIPTAG_PAYLOAD_STR(ours.c_str()), TAG_END());
  if (!sdp.empty()) tell_targets(recording);
}

void NuaRecordings::on_ack(const NuaEvent& event, NuaRecording& recording) {
  const std::string_view sdp = body_of(event.sip, sdp_type);
  if (std::exchange(recording.expects, false) && !sdp.empty() && recording.sdp.take_answer(sdp))
    tell_targets(recording);
}

// What the stack leaves to us, and nobody does in a recording session.
void NuaRecordings::on_other_request(const NuaEvent& event) {
  if (event.status >= 200) return;
  if (event.kind == nua_i_info)
    nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()), TAG_END());
  else nua_respond(event.handle, SIP_603_DECLINE, NUTAG_WITH_THIS(core_.nua()), TAG_END());
}

void NuaRecordings::on_state(const NuaEvent& event, NuaRecording& recording) {
  int state = nua_callstate_init;
  tl_gets(event.tags, NUTAG_CALLSTATE_REF(state), TAG_END());
  if (state != nua_callstate_terminated || std::exchange(recording.goes_on, false)) return;
  forget(recording);
}

void NuaRecordings::forget(NuaRecording& recording) {
  tell_end(recording);
  nua_handle_t* const handle = recording.handle;
  nua_handle_bind(handle, nullptr);
  recordings_.erase(recording.id);
  nua_handle_destroy(handle);
}

void NuaRecordings::on_tick() {
  for (const auto& [id, recording] : recordings_) {
    const bool waits = recording->state == NuaRecording::State::calling && recording->answer_in > 0;
    if (waits && --recording->answer_in == 0) miss(*recording);
    if (recording->again_in == 0 || --recording->again_in > 0) continue;
    offer_what_is_new(*recording);
  }
}

void NuaRecordings::end_all() {
  std::vector<CallId> all;
  for (const auto& [id, recording] : recordings_) all.push_back(id);
  for (const CallId id : all) end(id);
}

// Handles that are destroyed say nothing more, so what belongs to them can go at once.
void NuaRecordings::drop_all() {
  for (const auto& [id, recording] : recordings_) {
    nua_handle_bind(recording->handle, nullptr);
    nua_handle_destroy(recording->handle);
  }
  recordings_.clear();
}

void NuaRecordings::tell_targets(const NuaRecording& recording) {
  if (recording.told) return;
  StackEvent taken{StackEvent::Kind::recorded, recording.id};
  taken.targets = std::make_unique<RecorderTargets>(recording.sdp.targets());
  core_.tell(std::move(taken));
}

void NuaRecordings::tell_end(NuaRecording& recording) {
  if (std::exchange(recording.told, true)) return;
  StackEvent ended{StackEvent::Kind::ended, recording.id, Cause::failed};
  ended.text = recording.why.empty() ? "the session was lost" : recording.why;
  ended.on = recording.retry;
  core_.tell(std::move(ended));
}

NuaRecording* NuaRecordings::find(CallId id) {
  const auto found = recordings_.find(id);
  return found == recordings_.end() ? nullptr : found->second.get();
}

}  // namespace vcsr::sip
