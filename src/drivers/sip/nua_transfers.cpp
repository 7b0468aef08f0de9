// SPDX-License-Identifier: Apache-2.0
// Transfers in both directions: REFER and its notifications (RFC 3515), Replaces (RFC 3891).
#include <cctype>

#include <sofia-sip/url.h>

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_cause.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

/// The Replaces among the headers of a Refer-To: "Replaces=id%3Bto-tag%3D1%3Bfrom-tag%3D2".
class Replaces {
 public:
  explicit Replaces(const char* headers) {
    std::string_view rest = headers ? headers : "";
    while (!rest.empty()) {
      const std::string_view header = rest.substr(0, rest.find('&'));
      rest.remove_prefix(std::min(rest.size(), header.size() + 1));
      const std::size_t equals = header.find('=');
      if (equals == header.npos || !equal_ignoring_case(header.substr(0, equals), "Replaces")) continue;
      given_ = true;
      std::string value(header.substr(equals + 1));
      url_unescape(value.data(), value.c_str());
      header_ = sip_replaces_make(home_.home, value.c_str());
    }
  }

  bool given() const { return given_; }
  const sip_replaces_t* header() const { return header_; }

 private:
  struct Home {
    su_home_t home[1] = {};
    Home() { su_home_init(home); }
    ~Home() { su_home_deinit(home); }
    Home(const Home&) = delete;
  } home_;
  bool given_ = false;
  const sip_replaces_t* header_ = nullptr;
};

std::string escaped(std::string_view text) {
  std::string all;
  for (const char byte : text) {
    if (std::isalnum(static_cast<unsigned char>(byte)) || byte == '-' || byte == '.' || byte == '_') {
      all += byte;
      continue;
    }
    constexpr char digits[] = "0123456789ABCDEF";
    const auto code = static_cast<unsigned char>(byte);
    all += {'%', digits[code >> 4], digits[code & 15]};
  }
  return all;
}

std::string status_line(Cause outcome) {
  if (outcome == Cause::normal) return "SIP/2.0 200 OK\r\n";
  const int status = status_of(outcome);
  const char* phrase = sip_status_phrase(status);
  return "SIP/2.0 " + std::to_string(status) + " " + (phrase ? phrase : "Failed") + "\r\n";
}

}  // namespace

CallId NuaCalls::replaced_by(const sip_replaces_t* replaces) const {
  if (!replaces || !replaces->rp_call_id || !replaces->rp_to_tag || !replaces->rp_from_tag) return 0;
  nua_handle_t* handle = nua_handle_by_replaces(core_.nua(), replaces);
  if (!handle) return 0;
  const HandleOwner* owner = nua_handle_magic(handle);
  nua_handle_unref(handle);
  if (!owner || owner->kind != HandleOwner::Kind::call) return 0;
  const NuaCall& call = static_cast<const NuaCall&>(*owner);
  // Of what is only ringing, nothing but our own calls can be picked up.
  const bool open = call.state == NuaCall::State::talking || call.state == NuaCall::State::calling;
  return open && !call.told ? call.id : 0;
}

void NuaCalls::send_refer(NuaCall& call, const std::string& target) {
  call.referring = true;
  const std::string to = "<" + target + ">", by = "<" + core_.own_uri() + ">";
  nua_refer(call.handle, SIPTAG_REFER_TO_STR(to.c_str()), SIPTAG_REFERRED_BY_STR(by.c_str()), TAG_END());
}

void NuaCalls::refer(CallId id, const std::string& target) {
  NuaCall* call = find(id);
  if (call && call->state == NuaCall::State::talking) send_refer(*call, target);
}

void NuaCalls::refer(CallId id, CallId other) {
  NuaCall* call = find(id);
  const NuaCall* target = find(other);
  if (!call || call->state != NuaCall::State::talking) return;
  su_home_t home[1] = {};
  su_home_init(home);
  const bool reached = target && target->state == NuaCall::State::talking && !target->remote.empty();
  const sip_replaces_t* replaces = reached ? nua_handle_make_replaces(target->handle, home, 0) : nullptr;
  if (replaces && replaces->rp_to_tag && replaces->rp_from_tag) {
    const std::string dialog = std::string(replaces->rp_call_id) + ";to-tag=" + replaces->rp_to_tag +
                               ";from-tag=" + replaces->rp_from_tag;
    send_refer(*call, target->remote + "?Replaces=" + escaped(dialog));
  } else {
    core_.tell({StackEvent::Kind::referred, id, Cause::failed});
  }
  su_home_deinit(home);
}

void NuaCalls::answer_refer(CallId id, bool taken) {
  NuaCall* call = find(id);
  if (!call || !call->refer) return;
  if (!taken) return decline_refer(*call);
  const std::unique_ptr<OpenRequest> request = std::move(call->refer);
  call->transferring = request->subscription;
  nua_respond(call->handle, SIP_202_ACCEPTED, NUTAG_WITH_SAVED(request->saved), TAG_END());
  notify_transfer(*call, "active;expires=180", "SIP/2.0 100 Trying\r\n");
}

void NuaCalls::transfer_ended(CallId id, Cause outcome) {
  NuaCall* call = find(id);
  if (!call || call->transferring.empty()) return;
  notify_transfer(*call, "terminated;reason=noresource", status_line(outcome));
  call->transferring.clear();
}

void NuaCalls::notify_transfer(NuaCall& call, const char* state, const std::string& line) {
  nua_notify(call.handle, SIPTAG_EVENT_STR(call.transferring.c_str()), SIPTAG_SUBSCRIPTION_STATE_STR(state),
             SIPTAG_CONTENT_TYPE_STR("message/sipfrag"), SIPTAG_PAYLOAD_STR(line.c_str()), TAG_END());
}

void NuaCalls::decline_refer(NuaCall& call) {
  if (const std::unique_ptr<OpenRequest> request = std::move(call.refer))
    nua_respond(call.handle, SIP_603_DECLINE, NUTAG_WITH_SAVED(request->saved), TAG_END());
}

void NuaCalls::on_refer(const NuaEvent& event, NuaCall& call) {
  if (event.status >= 200) return;
  const sip_refer_to_t* to = event.sip->sip_refer_to;
  if (!to || call.state != NuaCall::State::talking || call.refer || !call.transferring.empty()) {
    nua_respond(event.handle, to ? 491 : 400, to ? "Request Pending" : "Refer-To Missing",
                NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  Replaces replaces(to->r_url->url_headers);
  const CallId other = replaced_by(replaces.header());
  if (replaces.given() && (!other || other == call.id)) {
    nua_respond(event.handle, SIP_603_DECLINE, NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return;
  }
  const sip_event_t* subscription = nullptr;
  tl_gets(event.tags, NUTAG_REFER_EVENT_REF(subscription), TAG_END());
  call.refer = std::make_unique<OpenRequest>(core_.nua());
  call.refer->subscription = "refer";
  if (subscription && subscription->o_id)
    call.refer->subscription += std::string(";id=") + subscription->o_id;
  StackEvent transfer{StackEvent::Kind::transfer, call.id};
  transfer.other = other;
  transfer.text = uri_of(to->r_url);
  if (to->r_display) transfer.user = parse_name_addr(std::string(to->r_display) + " <sip:x>").name;
  core_.tell(std::move(transfer));
}

void NuaCalls::on_refer_response(const NuaEvent& event, NuaCall& call) {
  if (event.status < 300 || !call.referring) return;
  call.referring = false;
  core_.tell({StackEvent::Kind::referred, call.id, cause_of_status(event.status)});
}

void NuaCalls::on_notify(const NuaEvent& event, NuaCall& call) {
  const int status = status_of_sipfrag(body_of(event.sip, "message/sipfrag"));
  if (!call.referring || status < 200) return;
  call.referring = false;
  core_.tell({StackEvent::Kind::referred, call.id, status < 300 ? Cause::normal : cause_of_status(status)});
}

}  // namespace vcsr::sip
