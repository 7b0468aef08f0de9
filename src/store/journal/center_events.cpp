// SPDX-License-Identifier: Apache-2.0
#include "store/journal/event_texts.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

using namespace events;

constexpr const char* contact = "contact";
constexpr const char* agent = "agent";
constexpr const char* nothing = "";

constexpr EventText texts[] = {
    {recording_notice, contact, "the customer was told that the call is recorded", "prompt text"},
    {recording_decided, contact, "what is recorded of the contact, and why",
     R"(mode none|on_demand|speech|all
        rule text
        reason text
        queue id
        agent id
        whole_call flag)"},
    {recording_refused, contact, "the call goes on without a recording", "reason text"},
    {recording_started, contact, "",
     R"(recording id
        file text
        only_speech flag)"},
    {recording_withdrawn, contact, "the customer has withdrawn her consent, and the recording ends",
     R"(recording id
        kept flag)"},
    {recording_finished, contact, "",
     R"(recording id
        file text "": it was removed or, says the error, was not made
        began time
        length seconds
        paused seconds
        gaps list [{at (in the file), length, reason, left_out}]
        lost seconds
        error text)"},
    {recording_paused, contact, "",
     R"(recording id
        paused flag
        reason text)"},
    {recording_pause_expired, contact, "a pause was forgotten and is ended",
     R"(recording id
        reason text)"},
    {recording_ledger, "recording", "an entry of the archive's ledger",
     R"(number count
        hash text
        kind text "recorded", "noted", "listened", "exported", "held", "released", "deleted", "restored", "destroyed", …
        by text
        details any)"},
    {recording_overheard, contact, "somebody hears the open call, until begins is false",
     R"(recording id "": nothing is recorded
        by text
        begins flag
        length seconds)"},
    {recording_space, nothing, "how much the disk of recordings has left",
     R"(space plenty|low|scarce|critical
        trouble text)"},
    {recording_ended_for_space, contact, "a recording ends before its time, the call goes on",
     R"(recording id
        rule text
        reason text)"},
    {recording_backup, nothing, "the copying of recordings to another place began to fail, or is well again",
     R"(state failing|well
        target text
        why text
        copied count
        waiting count)"},
    {recording_copy, contact, "a recording's copy to a session recording server",
     R"(recording id
        state begun|failed|ended
        recorder text
        why text)"},
    {voicemail_left, contact, "a message was left",
     R"(mailbox id
        message id the recording
        from text
        name text
        customer id
        reason text
        length seconds
        file text)"},
    {voicemail_heard, "contact in which it was left", "",
     R"(mailbox id
        message id)"},
    {voicemail_removed, "contact in which it was left", "",
     R"(mailbox id
        message id)"},
    {caller_listed, "list", "a number is put on a list of callers",
     R"(number text
        reason text
        by text
        until time)"},
    {caller_unlisted, "list", "a number is taken off a list of callers",
     R"(number text
        reason text "expired": its time was over
        by text)"},
    {customer_created, "customer", "a folder was made",
     R"(contact? id in which that was
        kind? text of the identity by which nobody was known
        by? text
        provisional flag)"},
    {customer_saved, "customer", "a folder was changed",
     R"(contact? id in which that was
        changed? any the names of its parts
        by? text
        why? text)"},
    {customer_merged, "customer that stays", "two folders became one",
     R"(merged id the other one
        by text
        why text)"},
    {customer_unmerged, "customer that stayed", "a folder is its own again",
     R"(merged id whose it is
        by text
        why text)"},
    {customer_exported, "customer", "all that is kept of a customer was given out", "by text"},
    {customer_erased, "customer", "what is personal of a customer was removed",
     R"(by text
        why text)"},
    {customers_expired, nothing, "what was older than is to be kept was removed",
     R"(removed count how many
        by text)"},
    {offer_made, "customer", "something was offered to a customer",
     R"(offer text
        channel text
        contact id in which that was)"},
    {offer_answered, "customer", "what a customer said to an offer",
     R"(offer text
        accepted flag
        about map by which it was scored
        contact id in which that was)"},
    {agent_skills, agent, "what an agent can do", "skills map levels by name"},
    {agent_joined, agent, "takes a queue's contacts from now on; said again at another level",
     R"(queue id
        level count)"},
    {agent_left, agent, "takes a queue's contacts no longer", "queue id"},
    {agent_state, agent, "",
     R"(state text
        reason text
        before text the state until now
        lasted seconds
        name text
        contact id
        cause agent|supervisor|engine|device|timer|
        actor id who did it
        session? seconds at the log-out: how long it was)"},
    {agent_choice, agent, "what the agent will be after the contact in hand",
     R"(state text "": no choice is pending any more
        reason text
        cause text
        actor id)"},
    {agent_forced, agent, "a supervisor's order",
     R"(order ready|not_ready|log_out|free
        by text
        why text)"},
    {center_started, nothing, "a center began to serve", "version text"},
    {center_stopped, nothing, "a center took leave in good order", ""},
};

}  // namespace

std::span<const EventText> center_events() { return texts; }

}  // namespace vcsr
