// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_subscriptions.hpp"

#include <algorithm>
#include <vector>

#include "drivers/sip/nua_core.hpp"
#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr unsigned long longest_seconds = 3600;
/// After that a NOTIFY has failed (RFC 3261 §17.1.2.2).
constexpr Duration time_to_hear_the_end = std::chrono::seconds(64);

std::chrono::seconds expiry_of(const sip_t* sip) {
  const unsigned long asked = sip->sip_expires ? sip->sip_expires->ex_delta : longest_seconds;
  return std::chrono::seconds(std::min(asked, longest_seconds));
}

}  // namespace

void NuaSubscriptions::arrive(const NuaEvent& event) {
  const url_t* const to = event.sip->sip_to->a_url;
  const std::string user = to->url_user ? to->url_user : "";
  const bool refused_by_stack = event.status >= 200;
  if (!refused_by_stack && !core_.stopping() && event.sip->sip_contact &&
      core_.phones.proves(event, user, "SUBSCRIBE"))
    return keep(event, user);
  if (!refused_by_stack && (core_.stopping() || !event.sip->sip_contact))
    nua_respond(event.handle, SIP_400_BAD_REQUEST, NUTAG_WITH_THIS(core_.nua()), TAG_END());
  nua_handle_destroy(event.handle);
}

void NuaSubscriptions::keep(const NuaEvent& event, const std::string& user) {
  if (count(user) >= core_.options().max_contacts) {
    nua_respond(event.handle, SIP_403_FORBIDDEN, NUTAG_WITH_THIS(core_.nua()), TAG_END());
    return nua_handle_destroy(event.handle);
  }
  auto made = std::make_unique<NuaSubscription>();
  NuaSubscription& subscription = *made;
  subscription.user = user;
  subscription.contact = contact_of(event.sip->sip_contact->m_url);
  subscription.handle = event.handle;
  all_.emplace(&subscription, std::move(made));
  nua_handle_bind(event.handle, &subscription);
  // Telephones behind a router are where they came from.
  const std::string there = "sip:" + core_.source(event);
  nua_set_hparams(event.handle, NUTAG_PROXY(there.c_str()), TAG_END());
  accept(event, subscription);
}

void NuaSubscriptions::accept(const NuaEvent& event, NuaSubscription& subscription) {
  const std::chrono::seconds expiry = expiry_of(event.sip);
  const std::string seconds = std::to_string(expiry.count());
  subscription.expires = core_.now() + expiry;
  nua_respond(event.handle, SIP_200_OK, NUTAG_WITH_THIS(core_.nua()), SIPTAG_EXPIRES_STR(seconds.c_str()),
              TAG_END());
  if (expiry.count() > 0) notify(subscription, nua_substate_active);
  else end(subscription);
}

// The stack has answered what belongs to a subscription, whose tags nobody else knows, and repeats the last
// NOTIFY by itself.
void NuaSubscriptions::renew(const NuaEvent& event, NuaSubscription& subscription) {
  const std::chrono::seconds expiry = expiry_of(event.sip);
  subscription.expires = core_.now() + expiry;
  if (expiry.count() == 0) subscription.ended = true;
}

void NuaSubscriptions::on_event(const NuaEvent& event, NuaSubscription& subscription) {
  if (event.kind == nua_i_subscribe) return renew(event, subscription);
  if (event.kind != nua_r_notify || event.status < 200) return;
  int state = nua_substate_active;
  tl_gets(event.tags, NUTAG_SUBSTATE_REF(state), TAG_END());
  // RFC 6665 §4.2.2: whoever cannot be told any more has no subscription.
  if (state == nua_substate_terminated || event.status >= 300) forget(subscription);
}

void NuaSubscriptions::tell(const std::string& user, const std::string& summary) {
  summaries_[user] = summary;
  for (const auto& [key, subscription] : all_)
    if (subscription->user == user && !subscription->ended) notify(*subscription, nua_substate_active);
}

bool NuaSubscriptions::has(const std::string& contact) const {
  return std::any_of(all_.begin(), all_.end(),
                     [&](const auto& one) { return one.second->contact == contact && !one.second->ended; });
}

void NuaSubscriptions::notify(const NuaSubscription& subscription, int state) {
  const auto known = summaries_.find(subscription.user);
  const std::string summary =
      known == summaries_.end() ? message_summary(core_.own_uri(), WaitingMessages{}) : known->second;
  nua_notify(subscription.handle, SIPTAG_EVENT_STR("message-summary"), NUTAG_SUBSTATE(state),
             SIPTAG_CONTENT_TYPE_STR("application/simple-message-summary"),
             SIPTAG_PAYLOAD_STR(summary.c_str()), TAG_END());
}

void NuaSubscriptions::end(NuaSubscription& subscription) {
  subscription.ended = true;
  notify(subscription, nua_substate_terminated);
}

void NuaSubscriptions::forget(NuaSubscription& subscription) {
  nua_handle_bind(subscription.handle, nullptr);
  nua_handle_destroy(subscription.handle);
  all_.erase(&subscription);
}

void NuaSubscriptions::on_tick() {
  std::vector<NuaSubscription*> gone;
  for (const auto& [key, subscription] : all_) {
    if (!subscription->ended && subscription->expires <= core_.now()) end(*subscription);
    else if (subscription->expires + time_to_hear_the_end <= core_.now()) gone.push_back(subscription.get());
  }
  for (NuaSubscription* subscription : gone) forget(*subscription);
}

void NuaSubscriptions::drop_all() {
  while (!all_.empty()) forget(*all_.begin()->second);
}

std::size_t NuaSubscriptions::count(const std::string& user) const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [&](const auto& one) { return one.second->user == user; }));
}

}  // namespace vcsr::sip
