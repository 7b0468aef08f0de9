// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The types of journal entries and what their data holds. The subject is a contact's id unless it
/// says otherwise; durations are seconds with fractions.
namespace vcsr::events {

/// channel, from, to, name (display name), direction ("in", "out"), driver_id (SIP Call-ID)
inline constexpr const char* contact_arrived = "contact.arrived";
/// (nothing): the telephone of the customer whom we call rings
inline constexpr const char* contact_ringing = "contact.ringing";
/// result: "answered", "busy", "no_answer", "refused", "unreachable"; cause, rang, trunk ("" for none): what
/// came of calling the customer
inline constexpr const char* contact_dialed = "contact.dialed";
/// heard: what the network says while it rings, once each: "sound", "ringing", "dial", "busy", "reorder",
/// "sit"
inline constexpr const char* contact_progress = "contact.progress";
/// kind ("human", "machine", "fax", "ivr", "no_speech", "unknown"), confidence, greeting, beep: who answered
inline constexpr const char* contact_answerer = "contact.answerer";
/// (nothing)
inline constexpr const char* contact_answered = "contact.answered";
/// customer, name, by (kind of identity), indicators, contacts (how many before)
inline constexpr const char* contact_identified = "contact.identified";
/// verification
inline constexpr const char* contact_verified = "contact.verified";
/// language
inline constexpr const char* contact_language = "contact.language";
/// reason
inline constexpr const char* contact_reason = "contact.reason";
/// requirement
inline constexpr const char* contact_required = "contact.required";
/// agent, lasts
inline constexpr const char* contact_prefers = "contact.prefers";
/// key, value; source and confidence where they are known
inline constexpr const char* contact_collected = "contact.collected";
/// action: what the agent might do next; "" takes it back
inline constexpr const char* contact_suggested = "contact.suggested";
/// source, query, outcome ("found", "not_found", "late", "failed", "refused"), took, why: a back office was
/// asked who the customer is
inline constexpr const char* source_asked = "source.asked";
/// what
inline constexpr const char* contact_settled = "contact.settled";
/// queue, strategy, requirement (what it asks of agents), priority, position, estimate (of the wait; missing
/// where nothing is known), before (its head start: what it has waited before; missing where it has none)
inline constexpr const char* contact_queued = "contact.queued";
/// queue, strategy, requirement, priority, position, waited, from, to, name, reason, language, channel: it
/// waited when the program ended and goes on waiting, at its place
inline constexpr const char* contact_resumed = "contact.resumed";
/// queue, number (as numbers are compared), priority, before (what she has waited), at ("": at once), caller
/// (the contact in which she asked; "" for none): the customer is to be called back
inline constexpr const char* contact_callback = "contact.callback";
/// queue, agent, result ("answered", "busy", "no_answer", "refused", "unreachable"), tries (with this one),
/// again (when she is called again; "" for never)
inline constexpr const char* contact_called_back = "contact.called_back";
/// queue, agent; strategy, score (by the strategy), why ("contact_came", "agent_free", "preferred"), step
/// (how often the requirement was relaxed), requirement (as it was by then), next: [{agent, score}], and of
/// the queue's agents how many there are (agents), have the skills (qualified), were free, logged_out,
/// not_ready, in wrap_up, engaged, reserved: on what the choice of an agent rests; debt, where the queue has
/// a goal: how far its share answered in time is below. One for each agent where it is offered to several
inline constexpr const char* contact_assigned = "contact.assigned";
/// queue, agent, pop: the screen pop {from, name, customer, reason, language, verification,
/// indicators, collected, history: [{began, reason, outcome, agent}], waited}
inline constexpr const char* contact_offered = "contact.offered";
/// queue, agent, result: "accepted", "picked_up" (by another telephone), "answered_elsewhere" (by another of
/// those who were offered it), "withdrawn", "recalled" (by a supervisor), "unreached" (she answered, the
/// customer whom we called back did not), or why not: "busy", "no_answer", "refused", "unreachable"
inline constexpr const char* offer_ended = "contact.offer_ended";
/// queue, agent, code, note, cause, actor: what came of it; the last one counts
inline constexpr const char* contact_disposed = "contact.disposed";
/// queue, agent, lasted, cause, actor: the agent's time for notes is over; may come after contact.closed
inline constexpr const char* contact_wrapped_up = "contact.wrapped_up";
/// queue, result: "answered", "abandoned", "timed_out", "key", "nobody" (none is logged in any more),
/// "callback" (to be called back), "unreached" (whom we called back), or of those who were not taken "full",
/// "nobody", "long_wait", "closed"; waited
inline constexpr const char* contact_left_queue = "contact.left_queue";
/// queue, when ("full", "nobody", "long_wait", "waited", "key", "closed"), to ("queue", "mailbox", "prompt",
/// "closed", "callback"), target
inline constexpr const char* contact_overflowed = "contact.overflowed";
/// party (address), agent ("" when the party is none), leg: who is in charge of the customer from now on
inline constexpr const char* contact_connected = "contact.connected";
/// party, agent, leg, talked, held
inline constexpr const char* contact_disconnected = "contact.disconnected";
/// held (bool), leg, by ("customer", "party": its telephone; "center": Parties::hold())
inline constexpr const char* contact_held = "contact.held";
/// slot, leg, party (address), agent: who parked the customer
inline constexpr const char* contact_parked = "contact.parked";
/// slot, lasted, result: "picked_up", "returned" (to who parked her), "queued", "unanswered" (the dialogue
/// goes on), "dropped", "abandoned"; leg: who has her, 0 for nobody
inline constexpr const char* contact_unparked = "contact.unparked";
/// target, result; leg (who passed the customer on; 1: the customer's own line did), consulted (before it)
inline constexpr const char* contact_transferred = "contact.transferred";
/// leg: whom the one in charge talks with from now on, 1 or the consulted
inline constexpr const char* contact_alternated = "contact.alternated";
/// leg: the consulted who joined the talk
inline constexpr const char* contact_conferenced = "contact.conferenced";
/// leg: the supervisor who is in charge from now on
inline constexpr const char* contact_taken_over = "contact.taken_over";

/// Subject: the contact. leg (its number), role, party (address), agent
inline constexpr const char* leg_offered = "leg.offered";
/// leg
inline constexpr const char* leg_answered = "leg.answered";
/// leg, by (address): somebody took the place of the leg, and its number
inline constexpr const char* leg_replaced = "leg.replaced";
/// leg, muted (bool)
inline constexpr const char* leg_muted = "leg.muted";
/// leg, mode ("listen", "whisper", "barge")
inline constexpr const char* leg_supervises = "leg.supervises";
/// leg, role, party, agent, cause, answered (bool), and where its time went: rang, talked, held, beside;
/// trunk where it went out over one; media where it is known: {heard: {packets, lost, jitter, mos}, sent (the
/// same, as its telephone reported it), round_trip}
inline constexpr const char* leg_ended = "leg.ended";
/// error: the dialogue broke
inline constexpr const char* dialogue_failed = "dialogue.failed";
/// outcome, cause, length, waited, talked, held, queue, agent, recordings, error
inline constexpr const char* contact_closed = "contact.closed";

/// to ("recording"), given (bool), how ("key 1", "no answer", …)
inline constexpr const char* contact_consent = "contact.consent";

/// prompt: the customer was told that the call is recorded
inline constexpr const char* recording_notice = "recording.notice";
/// mode ("none", "on_demand", "speech", "all"), rule, reason, queue, agent, whole_call (bool)
inline constexpr const char* recording_decided = "recording.decided";
/// reason: the call goes on without a recording
inline constexpr const char* recording_refused = "recording.refused";
/// recording, file, only_speech (bool)
inline constexpr const char* recording_started = "recording.started";
/// recording, kept (bool): the customer has withdrawn her consent, and the recording ends
inline constexpr const char* recording_withdrawn = "recording.withdrawn";
/// recording, file ("": it was removed or, says the error, was not made), began, length, paused, gaps:
/// [{at (in the file), length, reason, left_out}], lost, error
inline constexpr const char* recording_finished = "recording.finished";
/// recording, paused (bool), reason
inline constexpr const char* recording_paused = "recording.paused";
/// recording, reason: a pause was forgotten and is ended
inline constexpr const char* recording_pause_expired = "recording.pause_expired";
/// Subject: the recording's id. An entry of the archive's ledger: number, hash, kind ("recorded", "noted",
/// "listened", "exported", "held", "released", "deleted", "restored", "destroyed", …), by, details
inline constexpr const char* recording_ledger = "recording.ledger";
/// recording ("" where nothing is recorded), by, begins (bool), length: somebody hears the open call, until
/// `begins` is false
inline constexpr const char* recording_overheard = "recording.overheard";
/// Subject: "". space ("plenty", "low", "scarce", "critical"), trouble: how much the disk of recordings has
/// left
inline constexpr const char* recording_space = "recording.space";
/// recording, rule, reason: it ends before its time, the call goes on
inline constexpr const char* recording_ended_for_space = "recording.ended_for_space";
/// Subject: "". state ("failing", "well"), target, why, copied, waiting: the copying of recordings to another
/// place began to fail, or is well again
inline constexpr const char* recording_backup = "recording.backup";
/// recording, state ("begun", "failed", "ended"), recorder, why: its copy to a session recording server
inline constexpr const char* recording_copy = "recording.copy";

/// mailbox, message (the recording's id), from, name, customer, reason, length, file
inline constexpr const char* voicemail_left = "voicemail.left";
/// Subject: the contact in which it was left. mailbox, message
inline constexpr const char* voicemail_heard = "voicemail.heard";
inline constexpr const char* voicemail_removed = "voicemail.removed";

/// list, kind ("blocked", "favored"), number (of the entry), reason: the caller stands on a list
inline constexpr const char* contact_listed = "contact.listed";
/// Subject: the list's name. number, reason, by, until ("" for none)
inline constexpr const char* caller_listed = "caller.listed";
/// Subject: the list's name. number, reason ("expired" when its time was over), by
inline constexpr const char* caller_unlisted = "caller.unlisted";

/// Subject: the customer's id. contact ("" for none), kind, provisional: a folder was made
inline constexpr const char* customer_created = "customer.created";
/// Subject: the customer's id. contact, by, changed (names of the parts of the folder)
inline constexpr const char* customer_saved = "customer.saved";
/// Subject: the id that stays. merged (the other id), by, why
inline constexpr const char* customer_merged = "customer.merged";
/// Subject: the id that stayed. merged (the id that is its own again), by, why
inline constexpr const char* customer_unmerged = "customer.unmerged";
/// Subject: the customer's id. by
inline constexpr const char* customer_exported = "customer.exported";
/// Subject: the customer's id. by, why
inline constexpr const char* customer_erased = "customer.erased";
/// Subject: "". removed (how many), by: what was older than is to be kept
inline constexpr const char* customers_expired = "customers.expired";

/// Subject: the agent's id. skills: {name: level}
inline constexpr const char* agent_skills = "agent.skills";
/// Subject: the agent's id. queue, level: takes its contacts from now on; said again at another level
inline constexpr const char* agent_joined = "agent.joined";
/// Subject: the agent's id. queue
inline constexpr const char* agent_left = "agent.left";
/// Subject: the agent's id. state, reason, before (the state until now), lasted, name, contact; cause
/// ("agent", "supervisor", "engine", "device", "timer"), actor (who; "" for none); session at the log-out:
/// how long it was
inline constexpr const char* agent_state = "agent.state";
/// Subject: the agent's id. state, reason, cause, actor: what the agent will be after the contact in hand;
/// state "": no choice is pending any more
inline constexpr const char* agent_choice = "agent.choice";
/// Subject: the agent's id. order ("ready", "not_ready", "log_out", "free"), by, why: a supervisor's
inline constexpr const char* agent_forced = "agent.forced";

/// Subject: "". version: a center began to serve
inline constexpr const char* center_started = "center.started";
/// Subject: "". A center took leave in good order
inline constexpr const char* center_stopped = "center.stopped";

}  // namespace vcsr::events
