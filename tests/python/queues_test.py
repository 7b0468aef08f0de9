# SPDX-License-Identifier: Apache-2.0
"""Agents, queues, lists of callers and key figures, in virtual time."""

import datetime
import unittest

import vcsr
from world import World, stays

seconds = lambda count: datetime.timedelta(seconds=count)


class Queues(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.center, self.loop = self.world.center, self.world.loop
        self.addCleanup(self.world.close)
        self.served = []

    def agent(self, queue, user, **options):
        agent = self.center.add_agent(user, "Agent " + user, "sim:" + user, **options)
        queue.add(agent)
        agent.log_in()
        agent.set_ready()
        return agent

    def call(self, queue, contact, **options):
        """A caller whose dialogue has this contact served, so that it is awaited on the loop."""

        async def flow(call):
            self.served.append(await queue.serve(contact, **options))
            contact.close()

        self.center.serve("9000", flow)
        self.world.lines.call("sim:1", "sim:9000", stays)
        self.loop.run_for(1)

    def test_a_chat_is_accepted_finished_and_disposed_by_hand(self):
        queue = self.center.add_queue("chats", wrap_up=20, wrap_up_extension=30, dispositions=["sold", "lost"],
                                      disposition_mandatory=True)
        anna = self.agent(queue, "1001", capacity=vcsr.Capacity(3, takes={vcsr.Channel.chat: 1}))
        contact = self.center.open(vcsr.Channel.chat, from_="web:li", reason="order", collected={"order": 4711})
        self.call(queue, contact)
        self.assertEqual((contact.channel, contact.customer.get("order")), (vcsr.Channel.chat, 4711))
        self.assertEqual(self.center.find_contact(contact.id).id, contact.id)

        [offered] = anna.contacts
        self.assertEqual((offered.contact, offered.state), (contact.id, vcsr.AgentState.reserved))
        anna.accept(contact.id)
        self.loop.run_for(5)
        anna.set_not_ready("break")
        self.assertEqual((anna.pending.state, anna.pending.reason), (vcsr.AgentState.not_ready, "break"))
        anna.cancel_pending()
        self.assertIsNone(anna.pending)
        anna.finish(contact.id)
        self.loop.run_for(1)

        self.assertTrue(anna.contacts[0].needs_disposition)
        anna.extend_wrap_up(20)
        self.assertEqual(anna.contacts[0].extension_left, seconds(10))
        with self.assertRaisesRegex(vcsr.Error, "needs a disposition first"):
            anna.finish_wrap_up()
        anna.dispose(contact.id, "sold", "two of them")
        anna.finish_wrap_up()
        self.loop.run_for(0)
        self.assertEqual(anna.state, vcsr.AgentState.ready)
        self.assertEqual((self.served[0].result, self.served[0].agent), (vcsr.Served.Result.served, "1001"))
        self.assertEqual((contact.closed, contact.outcome), (True, vcsr.Outcome.served))
        self.assertEqual(self.world.of("contact.disposed")[0]["code"], "sold")

    def test_requirements_hold_until_they_relax_and_every_no_is_explained(self):
        queue = self.center.add_queue("service", requirement="zh >= 2", relaxed=[(60, vcsr.Requirement())])
        self.agent(queue, "1001", skills={"zh": 1})
        contact = self.center.open()
        self.call(queue, contact)

        why = queue.explain(contact.id)
        self.assertEqual((why.state, why.position), (vcsr.Explanation.State.waiting, 1))
        self.assertEqual(why.agents[0].refusal, vcsr.Refusal.lacks_skill)
        self.assertIn("zh is 1, needs 2", " ".join(why.in_words()))
        self.assertNotEqual(why.in_words(), queue.explain(contact.id, "zh").in_words("zh"))
        self.loop.run_for(60)
        self.assertEqual(queue.explain(contact.id).offered_to, ["1001"])

    def test_a_contact_asks_for_skills_and_for_an_agent(self):
        queue = self.center.add_queue("service")
        anna, ben = self.agent(queue, "1001", skills={"zh": 3}), self.agent(queue, "1002")
        ben.set_not_ready("break")
        contact = self.center.open()
        contact.require("not trainee")
        contact.prefer_agent("1002", 30)
        self.call(queue, contact)
        self.assertEqual(queue.explain(contact.id).preferred, "1002")

        self.loop.run_for(30)

        self.assertEqual(queue.explain(contact.id).offered_to, ["1001"])
        anna.skills = {"zh": 4}
        self.assertEqual(anna.skills, {"zh": 4})

    def test_a_supervisor_forces_and_the_desktop_gives_signs_of_life(self):
        queue = self.center.add_queue("service")
        anna = self.agent(queue, "1001", heartbeat_limit=30)
        self.loop.run_for(20)
        anna.heartbeat()
        self.loop.run_for(20)
        self.assertEqual(anna.state, vcsr.AgentState.ready)
        self.loop.run_for(20)
        self.assertEqual((anna.state, anna.reason), (vcsr.AgentState.not_ready, "heartbeat lost"))

        anna.force(vcsr.AgentOrder.ready, "ben", "they wait")

        self.loop.run_for(0)
        self.assertEqual(anna.state, vcsr.AgentState.ready)
        self.assertEqual(self.world.of("agent.forced"), [{"order": "ready", "by": "ben", "why": "they wait"}])

    def test_a_function_chooses_the_agent(self):
        queue = self.center.add_queue("service", strategy=vcsr.Strategy.custom,
                                      score=lambda contact, agent: 1 if agent == "1002" else 0)
        self.agent(queue, "1001")
        self.agent(queue, "1002")
        contact = self.center.open()
        self.call(queue, contact)

        self.assertEqual(queue.explain(contact.id).offered_to, ["1002"])

    def test_options_that_cannot_be_are_named(self):
        with self.assertRaisesRegex(TypeError, "unexpected argument 'warp_up'"):
            self.center.add_queue("a", warp_up=1)
        with self.assertRaisesRegex(TypeError, "argument 'limit' cannot be 'many'"):
            self.center.add_queue("a", limit="many")
        with self.assertRaisesRegex(vcsr.Error, "column 6"):
            self.center.add_queue("a", requirement="zh >=")
        with self.assertRaisesRegex(ValueError, "one of queue, mailbox, prompt"):
            vcsr.Overflow(vcsr.Overflow.When.full)

    def test_a_caller_who_waits_too_long_overflows(self):
        away = vcsr.Overflow(vcsr.Overflow.When.waited, after=60, queue="others")
        queue, others = self.center.add_queue("service", overflows=[away]), self.center.add_queue("others")
        self.assertEqual((away.to, away.target, away.after), ("queue", "others", seconds(60)))

        async def flow(call):
            await call.answer()
            await queue.serve(call, "advice")

        self.center.serve("8000", flow)
        self.world.lines.call("sim:1", "sim:8000", stays)
        self.loop.run_for(61)

        self.assertEqual((len(queue.waiting), len(others.waiting)), (0, 1))
        self.assertEqual(queue.report().flowed_out, {"waited": 1})

    def test_callers_on_a_list_are_refused_until_it_is_over(self):
        nuisance = self.center.add_caller_list("nuisance")
        nuisance.add(vcsr.CallerEntry("+86138*", "spam", by="wu"))
        self.center.serve("8000", lambda call: call.answer())
        party = self.world.lines.call("sim:+8613800000001", "sim:8000", stays)
        self.loop.run_for(1)

        self.assertEqual(self.world.outcomes(), ["refused"])
        self.assertEqual(nuisance.find("sip:+8613811112222@a").reason, "spam")
        nuisance.remove("+86138*", "wu", "a mistake")
        self.assertEqual((nuisance.entries, self.center.caller_lists[0].name), ([], "nuisance"))
        self.assertFalse(party.live)

    def test_key_figures_are_what_the_journal_makes_of_them(self):
        figures = vcsr.KeyFigures(interval=900, targets={"service": 5})
        following = self.world.journal.follow(1, figures.apply)
        queue = self.center.add_queue("service", wrap_up=0)
        anna = self.agent(queue, "1001")
        contact = self.center.open()
        self.call(queue, contact)
        anna.accept(contact.id)
        self.loop.run_for(30)
        anna.finish(contact.id)
        self.loop.run_for(1)

        total = figures.queue_total("service")
        self.assertEqual((total.offered, total.answered, total.talked), (1, 1, seconds(30)))
        self.assertEqual(total.service_level(vcsr.ServiceLevel.answered), 1.0)
        self.assertTrue(total.conserved)
        self.assertIsNone(total.time_to_abandon)
        self.assertEqual(figures.agents, ["1001"])
        self.assertEqual(figures.queue("service", vcsr.Attribution.by_enqueue)[0].length, seconds(900))
        del following

    def test_a_customer_is_called_back_by_an_agent_who_was_free_for_it(self):
        queue = self.center.add_queue("service", wrap_up=0, fairness=vcsr.Fairness.service_level,
                                      callback=vcsr.CallbackTerms(tries=2, retry_after=60, from_="sim:8000"))
        self.world.agent(queue)

        async def at_home(phone):
            await phone.wait(20)

        self.world.lines.set_phone("anna", at_home)
        contact = queue.call_back("sim:anna", reason="the order", collected={"order": 4711})
        with self.assertRaisesRegex(vcsr.Error, "to be called back already"):
            queue.call_back("sim:anna")
        self.loop.run_for(60)

        self.assertEqual(contact.channel, vcsr.Channel.callback)
        self.assertEqual(self.world.outcomes(), ["served"])
        self.assertEqual([back["result"] for back in self.world.of("contact.called_back")], ["answered"])
        self.assertEqual((queue.report().callbacks, queue.report().unreached), (0, 0))

    def test_callbacks_have_a_time_and_terms(self):
        hours = vcsr.OpeningHours(["Mon-Fri 09:00-18:00"], zone="UTC", closed=["2026-01-01"])
        terms = vcsr.CallbackTerms(first=vcsr.CallbackTerms.First.customer, hours=hours, numbers=["+86"])
        queue = self.center.add_queue("service", callback=terms)

        self.assertEqual((terms.first, terms.tries, terms.numbers), (vcsr.CallbackTerms.First.customer, 3, ["+86"]))
        self.assertFalse(hours.open_at("2026-01-01T10:00:00.000Z"))
        self.assertEqual(hours.next_opening("2026-01-01T10:00:00.000Z"), "2026-01-02T09:00:00.000Z")
        self.assertEqual(hours.next_closing("2026-01-02T10:00:00.000Z"), "2026-01-02T18:00:00.000Z")
        with self.assertRaisesRegex(vcsr.Error, "out of the hours"):
            queue.call_back("sim:+861381", at="2026-01-01T10:00:00.000Z")
        with self.assertRaisesRegex(TypeError, "unexpected argument 'attempts'"):
            vcsr.CallbackTerms(attempts=3)

    def test_a_queue_takes_contacts_in_its_hours_and_says_what_else_happens(self):
        away = vcsr.Overflow(vcsr.Overflow.When.closed, closed="")
        queue = self.center.add_queue("service", hours=vcsr.OpeningHours([]))
        self.call(queue, self.center.open())

        self.assertEqual((away.to, away.target), ("closed", ""))
        self.assertEqual([served.result for served in self.served], [vcsr.Served.Result.closed])
        self.assertEqual((queue.report().entered, queue.report().refused), (0, 1))
        with self.assertRaisesRegex(ValueError, "closed and callback"):
            vcsr.Overflow(vcsr.Overflow.When.full, closed="", callback=True)

    def test_staffing_is_that_of_erlang(self):
        self.assertAlmostEqual(vcsr.erlang_b(10, 10), 0.214582, 6)
        self.assertAlmostEqual(vcsr.erlang_c(10, 14), 0.174132, 6)
        needed = vcsr.agents_needed(vcsr.StaffingModel.erlang_c, per_hour=200, handling=180)
        reached = vcsr.forecast(vcsr.StaffingModel.erlang_c, per_hour=200, handling=180, agents=needed)
        fewer = vcsr.forecast(vcsr.StaffingModel.erlang_c, per_hour=200, handling=180, agents=needed - 1)
        self.assertGreaterEqual(reached.sl_offered, 0.8)
        self.assertLess(fewer.sl_offered, 0.8)
        self.assertEqual(vcsr.agents_scheduled(14, 0.3), 20)


if __name__ == "__main__":
    unittest.main()
