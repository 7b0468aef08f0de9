// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/dialog_way.hpp"

#include "drivers/sip/ip_host.hpp"

namespace vcsr::sip {

namespace {

/// The stack answers a request that it cannot send by another such request, until its thread has no memory
/// left for calls.
bool is_place(const url_t* url) {
  return (url->url_type == url_sip || url->url_type == url_sips) && url->url_host &&
         is_address(url->url_host);
}

/// RFC 3261 §12.1: such a message has a Contact. The dialog's target is otherwise what we dialled, which may
/// be a name, or whom the call is from.
bool makes_a_dialog(const sip_t* message) {
  if (message->sip_request) return !message->sip_to->a_tag;
  const bool reliable = message->sip_status->st_status >= 200 || message->sip_rseq;
  return reliable && message->sip_cseq && message->sip_cseq->cs_method == sip_method_invite;
}

}  // namespace

bool tells_of_target(const NuaEvent& event) {
  const bool in_dialog = event.owner && event.owner->kind != HandleOwner::Kind::trunk;
  return in_dialog && event.sip && (event.sip->sip_request || (event.status > 100 && event.status < 300));
}

bool names_a_place(const sip_t* message) {
  for (const sip_record_route_t* route = message->sip_record_route; route; route = route->r_next) {
    if (!is_place(route->r_url)) return false;
  }
  return message->sip_contact ? is_place(message->sip_contact->m_url) : !makes_a_dialog(message);
}

}  // namespace vcsr::sip
