// SPDX-License-Identifier: Apache-2.0
#include "store/journal/event_texts.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

using namespace events;

constexpr const char* contact = "contact";

constexpr EventText texts[] = {
    {contact_arrived, contact, "a contact begins",
     R"(channel id
        from text the customer's address
        to text
        name text the display name
        direction in|out out: we called the customer
        driver_id text SIP: Call-ID)"},
    {contact_ringing, contact, "the telephone of the customer whom we call rings", ""},
    {contact_dialed, contact, "what came of calling the customer",
     R"(result answered|busy|no_answer|refused|unreachable
        cause text
        rang seconds
        trunk id)"},
    {contact_progress, contact, "what the network says while it rings, once each",
     "heard sound|ringing|dial|busy|reorder|sit"},
    {contact_answerer, contact, "who answered",
     R"(kind human|machine|fax|ivr|no_speech|unknown
        confidence number
        greeting seconds
        beep flag)"},
    {contact_answered, contact, "the customer's call is answered", ""},
    {contact_identified, contact, "the customer was recognized",
     R"(customer id
        name text
        by text the kind of identity
        indicators map
        contacts count how many there were before)"},
    {contact_verified, contact, "how sure it is that it is the customer", "verification text"},
    {contact_language, contact, "the customer's language", "language text BCP 47"},
    {contact_reason, contact, "why the customer called", "reason text"},
    {contact_required, contact, "what the contact asks of an agent", "requirement text"},
    {contact_prefers, contact, "the customer is to have this agent, if she is free soon",
     R"(agent id
        lasts seconds)"},
    {contact_collected, contact, "something the customer told",
     R"(key text
        value any
        source? text who said so
        confidence? number from 0 to 1)"},
    {contact_suggested, contact, "what the agent might do next; an empty action takes it back",
     "action text"},
    {source_asked, contact, "a back office was asked who the customer is",
     R"(source id
        query text
        outcome found|not_found|late|failed|refused
        took seconds
        why? text)"},
    {contact_settled, contact, "the matter is settled without an agent", "what text"},
    {contact_queued, contact, "the contact begins to wait",
     R"(queue id
        strategy text
        requirement text what it asks of agents
        priority number
        position count
        estimate? seconds of the wait; missing where nothing is known
        before? seconds its head start: what it has waited before)"},
    {contact_resumed, contact, "it waited when the program ended and goes on waiting, at its place",
     R"(queue id
        strategy text
        requirement text
        priority number
        position count
        waited seconds
        from text
        to text
        name text
        reason text
        language text
        channel id)"},
    {contact_callback, contact, "the customer is to be called back",
     R"(queue id
        number text as numbers are compared
        priority number
        before seconds what she has waited
        at time "": at once
        caller id the contact in which she asked)"},
    {contact_called_back, contact, "what came of calling back",
     R"(queue id
        agent id
        result answered|busy|no_answer|refused|unreachable
        tries count with this one
        again time when she is called again; "": never)"},
    {contact_assigned, contact,
     "an agent was chosen, and on what that rests; one for each agent where it is offered to several",
     R"(queue id
        agent id
        strategy text
        score number by the strategy
        why contact_came|agent_free|preferred
        step count how often the requirement was relaxed
        requirement text as it was by then
        next list [{agent, score}]: who would have come next
        agents count of the queue
        qualified count of them have the skills
        free count of them
        logged_out count
        not_ready count
        wrap_up count
        engaged count
        reserved count
        debt? number where the queue has a goal: how far its share answered in time is below)"},
    {contact_offered, contact, "an agent is offered the contact",
     R"(queue id
        agent id
        pop map the screen pop: from, name, customer, reason, language, verification, indicators, collected, history: [{began, reason, outcome, agent}], waited)"},
    {offer_ended, contact, "what came of an offer",
     R"(queue id
        agent id
        result accepted|picked_up|answered_elsewhere|withdrawn|recalled|unreached|busy|no_answer|refused|unreachable picked_up: by another telephone; answered_elsewhere: by another of those who were offered it; recalled: by a supervisor; unreached: she answered, the customer whom we called back did not)"},
    {contact_disposed, contact, "what came of the contact, says the agent; the last one counts",
     R"(queue id
        agent id
        code text
        note text
        cause text
        actor id)"},
    {contact_wrapped_up, contact, "the agent's time for notes is over; may come after contact.closed",
     R"(queue id
        agent id
        lasted seconds
        cause text
        actor id)"},
    {contact_left_queue, contact, "the contact waits no longer",
     R"(queue id
        result answered|abandoned|timed_out|key|nobody|callback|unreached|full|long_wait|closed nobody: none is logged in any more; callback: to be called back; unreached: whom we called back; full, nobody, long_wait, closed: was not taken
        waited seconds)"},
    {contact_overflowed, contact, "a queue passes the contact on",
     R"(queue id
        when full|nobody|long_wait|waited|key|closed
        to queue|mailbox|prompt|closed|callback
        target text)"},
    {contact_connected, contact, "who is in charge of the customer from now on",
     R"(party text the address
        agent id "": the party is none
        leg count)"},
    {contact_disconnected, contact, "somebody is in charge no longer",
     R"(party text
        agent id
        leg count
        talked seconds
        held seconds)"},
    {contact_held, contact, "the customer is put on hold, or taken off it",
     R"(held flag
        leg count
        by customer|party|center party: its telephone; center: Parties::hold())"},
    {contact_parked, contact, "the customer is parked",
     R"(slot text
        leg count
        party text the address
        agent id)"},
    {contact_unparked, contact, "the customer is parked no longer",
     R"(slot text
        lasted seconds
        result picked_up|returned|queued|unanswered|dropped|abandoned returned: to who parked her; unanswered: the dialogue goes on
        leg count who has her; 0: nobody)"},
    {contact_transferred, contact, "the customer is passed on",
     R"(target text
        result text
        leg? count who passed her on; 1: the customer's own line did
        consulted? flag before it)"},
    {contact_alternated, contact, "whom the one in charge talks with from now on",
     "leg count 1 or the consulted"},
    {contact_conferenced, contact, "the consulted joins the talk", "leg count"},
    {contact_taken_over, contact, "a supervisor is in charge from now on", "leg count"},
    {leg_offered, contact, "a telephone is called",
     R"(leg count its number
        role text
        party text the address
        agent id)"},
    {leg_answered, contact, "it answers", "leg count"},
    {leg_replaced, contact, "somebody took the place of a leg, and its number",
     R"(leg count
        by text the address)"},
    {leg_muted, contact, "",
     R"(leg count
        muted flag)"},
    {leg_supervises, contact, "",
     R"(leg count
        mode listen|whisper|barge)"},
    {leg_ended, contact, "a telephone's part is over, and where its time went",
     R"(leg count
        role text
        party text
        agent id
        cause text
        answered flag
        rang seconds
        talked seconds
        held seconds
        beside seconds
        trunk? id where it went out over one
        media? map where it is known: {heard: {packets, lost, jitter, mos}, sent (the same, as its telephone reported it), round_trip})"},
    {dialogue_failed, contact, "the dialogue broke", "error text"},
    {contact_closed, contact, "the contact is over: its one outcome",
     R"(outcome text
        cause text
        length seconds
        waited seconds
        talked seconds
        held seconds
        queue id
        agent id
        recordings list
        error text)"},
    {contact_consent, contact, "what the customer says to being recorded",
     R"(to recording
        given flag
        how text "key 1", "no answer", …)"},
    {contact_listed, contact, "the caller stands on a list",
     R"(list id
        kind blocked|favored
        number text of the entry
        reason text)"},
};

}  // namespace

std::span<const EventText> contact_events() { return texts; }

}  // namespace vcsr
