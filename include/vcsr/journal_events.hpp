// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The types of journal entries. What has happened, what the subject is and what the data holds is said in
/// the schemas of vcsr/journal_schema.hpp, from which docs/journal-events.md is made.
namespace vcsr::events {

inline constexpr const char* contact_arrived = "contact.arrived";
inline constexpr const char* contact_ringing = "contact.ringing";
inline constexpr const char* contact_dialed = "contact.dialed";
inline constexpr const char* contact_progress = "contact.progress";
inline constexpr const char* contact_answerer = "contact.answerer";
inline constexpr const char* contact_answered = "contact.answered";
inline constexpr const char* contact_identified = "contact.identified";
inline constexpr const char* contact_verified = "contact.verified";
inline constexpr const char* contact_language = "contact.language";
inline constexpr const char* contact_reason = "contact.reason";
inline constexpr const char* contact_required = "contact.required";
inline constexpr const char* contact_prefers = "contact.prefers";
inline constexpr const char* contact_collected = "contact.collected";
inline constexpr const char* contact_suggested = "contact.suggested";
inline constexpr const char* source_asked = "source.asked";
inline constexpr const char* contact_settled = "contact.settled";
inline constexpr const char* contact_queued = "contact.queued";
inline constexpr const char* contact_resumed = "contact.resumed";
inline constexpr const char* contact_callback = "contact.callback";
inline constexpr const char* contact_called_back = "contact.called_back";
inline constexpr const char* contact_assigned = "contact.assigned";
inline constexpr const char* contact_offered = "contact.offered";
inline constexpr const char* offer_ended = "contact.offer_ended";
inline constexpr const char* contact_disposed = "contact.disposed";
inline constexpr const char* contact_wrapped_up = "contact.wrapped_up";
inline constexpr const char* contact_left_queue = "contact.left_queue";
inline constexpr const char* contact_overflowed = "contact.overflowed";
inline constexpr const char* contact_connected = "contact.connected";
inline constexpr const char* contact_disconnected = "contact.disconnected";
inline constexpr const char* contact_held = "contact.held";
inline constexpr const char* contact_parked = "contact.parked";
inline constexpr const char* contact_unparked = "contact.unparked";
inline constexpr const char* contact_transferred = "contact.transferred";
inline constexpr const char* contact_alternated = "contact.alternated";
inline constexpr const char* contact_conferenced = "contact.conferenced";
inline constexpr const char* contact_taken_over = "contact.taken_over";

inline constexpr const char* leg_offered = "leg.offered";
inline constexpr const char* leg_answered = "leg.answered";
inline constexpr const char* leg_replaced = "leg.replaced";
inline constexpr const char* leg_muted = "leg.muted";
inline constexpr const char* leg_supervises = "leg.supervises";
inline constexpr const char* leg_ended = "leg.ended";
inline constexpr const char* dialogue_failed = "dialogue.failed";
inline constexpr const char* contact_closed = "contact.closed";

inline constexpr const char* contact_consent = "contact.consent";

inline constexpr const char* recording_notice = "recording.notice";
inline constexpr const char* recording_decided = "recording.decided";
inline constexpr const char* recording_refused = "recording.refused";
inline constexpr const char* recording_started = "recording.started";
inline constexpr const char* recording_withdrawn = "recording.withdrawn";
inline constexpr const char* recording_finished = "recording.finished";
inline constexpr const char* recording_paused = "recording.paused";
inline constexpr const char* recording_pause_expired = "recording.pause_expired";
inline constexpr const char* recording_ledger = "recording.ledger";
inline constexpr const char* recording_overheard = "recording.overheard";
inline constexpr const char* recording_space = "recording.space";
inline constexpr const char* recording_ended_for_space = "recording.ended_for_space";
inline constexpr const char* recording_backup = "recording.backup";
inline constexpr const char* recording_copy = "recording.copy";

inline constexpr const char* voicemail_left = "voicemail.left";
inline constexpr const char* voicemail_heard = "voicemail.heard";
inline constexpr const char* voicemail_removed = "voicemail.removed";

inline constexpr const char* contact_listed = "contact.listed";
inline constexpr const char* caller_listed = "caller.listed";
inline constexpr const char* caller_unlisted = "caller.unlisted";

inline constexpr const char* customer_created = "customer.created";
inline constexpr const char* customer_saved = "customer.saved";
inline constexpr const char* customer_merged = "customer.merged";
inline constexpr const char* customer_unmerged = "customer.unmerged";
inline constexpr const char* customer_exported = "customer.exported";
inline constexpr const char* customer_erased = "customer.erased";
inline constexpr const char* customers_expired = "customers.expired";
inline constexpr const char* offer_made = "offer.made";
inline constexpr const char* offer_answered = "offer.answered";

inline constexpr const char* agent_skills = "agent.skills";
inline constexpr const char* agent_joined = "agent.joined";
inline constexpr const char* agent_left = "agent.left";
inline constexpr const char* agent_state = "agent.state";
inline constexpr const char* agent_choice = "agent.choice";
inline constexpr const char* agent_forced = "agent.forced";

inline constexpr const char* center_started = "center.started";
inline constexpr const char* center_stopped = "center.stopped";

}  // namespace vcsr::events
