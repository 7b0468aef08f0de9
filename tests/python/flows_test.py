# SPDX-License-Identifier: Apache-2.0
import datetime
import gc
import unittest

import vcsr
from world import World, stays


class Flows(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)

    def serve(self, flow, caller=stays):
        self.world.center.serve("8000", flow)
        party = self.world.lines.call("sim:13800000001", "sim:8000", caller)
        self.world.loop.run()
        return party

    def test_a_caller_hears_what_the_flow_says(self):
        async def flow(call):
            await call.answer()
            await call.say(vcsr.words("Hello from Python."))

        anna = self.serve(flow)

        self.assertEqual(anna.heard, ["Hello from Python."])
        self.assertEqual(self.world.outcomes(), ["self_served"])

    def test_values_come_back_from_what_is_awaited(self):
        heard = []

        async def flow(call):
            await call.answer()
            heard.append(await call.ask(vcsr.words("Your number?"), max_digits=4, next_digit=datetime.timedelta(seconds=2)))

        async def caller(party):
            await party.hears("number")
            party.press("4711")
            await party.ended()

        self.serve(flow, caller)

        self.assertEqual((heard[0].kind, heard[0].text), (vcsr.Heard.Kind.digits, "4711"))

    def test_an_agent_consults_and_passes_the_customer_on(self):
        seen = []

        async def flow(call):
            await call.answer()
            await call.dial("sim:1001")
            call.parties.hold()
            seen.append([(leg.leg, leg.role, leg.state) for leg in call.parties.all()])
            call.parties.retrieve()
            await call.parties.consult("sim:1002")
            call.parties.complete()
            seen.append([leg.address for leg in call.parties.all() if leg.in_charge])

        for user in ("1001", "1002"):
            self.world.lines.set_phone(user)
        self.serve(flow)

        self.assertEqual(seen[0], [(1, "customer", "hold"), (2, "party", "connected")])
        self.assertEqual(seen[1], ["sim:1002"])

    def test_a_customer_is_parked_and_picked_up(self):
        seen = []
        center = self.world.center
        agents = [center.add_agent(id, id, "sim:" + id, picks_up=["*"]) for id in ("1001", "1002")]

        async def flow(call):
            await call.answer()
            await call.dial("sim:1001")
            seen.append(call.parties.park(limit=60))
            seen.append([(parked.slot, parked.agent, parked.contact == call.id) for parked in center.parked])
            await center.parked_call("701").parties.pick_up(agents[1])
            seen.append((call.parties.parked, [leg.agent for leg in call.parties.all() if leg.in_charge]))

        for user in ("1001", "1002"):
            self.world.lines.set_phone(user)
        agents[1].log_in()
        self.serve(flow)

        self.assertEqual(seen, ["701", [("701", "1001", True)], (None, ["1002"])])
        with self.assertRaisesRegex(vcsr.Error, "there are: 701"):
            center.parked_call("7")
        with self.assertRaisesRegex(vcsr.Error, "no call rings at agent 1001"):
            center.ringing_call(agents[0])

    def test_a_caller_who_leaves_throws_hangup_through_the_flow_and_its_finally(self):
        steps = []

        async def flow(call):
            await call.answer()
            try:
                await call.say(vcsr.words("A very long story about very little."))
            except vcsr.Hangup:
                steps.append("hangup")
                raise
            finally:
                steps.append("finally")

        async def caller(party):
            await party.answered()
            await party.wait(0.5)

        self.serve(flow, caller)

        self.assertEqual(steps, ["hangup", "finally"])
        self.assertEqual(self.world.outcomes(), ["left"])

    def test_an_error_has_a_code_and_words_and_can_be_caught(self):
        caught = []

        async def flow(call):
            await call.answer()
            try:
                call.record()
            except vcsr.Error as error:
                caught.append((error.code, str(error)))

        self.serve(flow)

        self.assertEqual(caught[0][0], "unavailable")
        self.assertIn("recordings", caught[0][1])

    def test_a_flow_that_raises_fails_its_contact_and_nothing_else(self):
        async def flow(call):
            await call.answer()
            raise ValueError("no such tariff")

        self.serve(flow)

        self.assertEqual(self.world.outcomes(), ["failed"])
        self.assertIn("no such tariff", self.world.of("dialogue.failed")[0]["error"])

    def test_awaiting_something_foreign_is_a_clear_error(self):
        class Foreign:
            def __await__(self):
                yield "something"

        async def flow(call):
            await Foreign()

        self.serve(flow)

        self.assertIn("a flow can await what vcsr gives to await, not 'something'",
                      self.world.of("dialogue.failed")[0]["error"])

    def test_the_garbage_collector_ends_no_call(self):
        async def flow(call):
            await call.answer()
            del call
            for _ in range(5):
                gc.collect()
                await self.world.loop.sleep(60)

        self.serve(flow)

        self.assertEqual(self.world.outcomes(), ["self_served"])
        self.assertEqual(self.world.loop.now, datetime.timedelta(seconds=300))

    def test_a_center_that_nobody_holds_goes_on(self):
        world = World()

        async def flow(call):
            await call.answer()
            await call.say(vcsr.words("Still here."))

        world.center.serve("8000", flow)
        party = world.lines.call("sim:anna", "sim:8000", stays)
        loop = world.loop
        del world, flow
        gc.collect()
        loop.run()

        self.assertEqual(party.heard, ["Still here."])

    def test_closing_the_center_runs_the_flows_finally(self):
        steps = []

        async def flow(call):
            try:
                await call.answer()
                await call.ended()
            finally:
                steps.append("finally")

        self.world.center.serve("8000", flow)
        self.world.lines.call("sim:anna", "sim:8000", stays)
        self.world.loop.run_for(5)
        self.world.center.close()

        self.assertEqual(steps, ["finally"])
        with self.assertRaisesRegex(vcsr.Error, "the center is closed"):
            self.world.center.calls

    def test_a_flow_waits_in_a_queue_and_talks_with_an_agent(self):
        queue = self.world.center.add_queue("service", wrap_up=10)
        agent = self.world.agent(queue, talks=30)
        served = []

        async def flow(call):
            await call.answer()
            call.customer.set("waybill", "123")
            served.append(await queue.serve(call, "where is my parcel", patience=60))

        self.serve(flow)

        self.assertEqual(served[0].agent, "1001")
        self.assertEqual(served[0].talked, datetime.timedelta(seconds=30))
        self.assertEqual(self.world.of("contact.offered")[0]["pop"]["collected"], {"waybill": "123"})
        self.assertEqual(agent.state, vcsr.AgentState.ready)
        self.assertEqual(queue.report().answered, 1)

    def test_a_customer_is_recognized_by_the_number(self):
        names, seen = [], []

        async def flow(call):
            known = await call.customer.identify()
            names.append((known, call.customer.name, call.customer.indicators))
            call.customer.set("weather", "rain", source="speech", confidence=0.6)
            call.customer.suggest("offer the card")
            seen.append((call.customer.folder["name"], call.customer.suggestion))

        async def save(call):
            await self.world.customers.save("Anna Li", {"phone": "138-0000-0001"}, indicators={"segment": "vip", "score": 0.5})

        self.serve(save)
        self.serve(flow)

        self.assertEqual(names, [(True, "Anna Li", {"segment": "vip", "score": 0.5})])
        self.assertEqual(seen, [("Anna Li", "offer the card")])
        self.assertEqual(self.world.of("contact.collected"),
                         [{"key": "weather", "value": "rain", "source": "speech", "confidence": 0.6}])

    def test_arguments_that_do_not_fit_are_named(self):
        async def flow(call):
            await call.answer()
            call.customer.set("key", object())

        self.serve(flow)

        self.assertIn("expected None, bool, int, float, str, list or dict", self.world.of("dialogue.failed")[0]["error"])
        with self.assertRaisesRegex(vcsr.Error, "there is no queue 'nowhere'; there are: none"):
            self.world.center.queue("nowhere")

    def test_two_runs_give_the_same_journal(self):
        def run():
            world = World()

            async def flow(call):
                await call.answer()
                await call.ask(vcsr.words("One or two?"))

            async def caller(party):
                await party.hears("One")
                party.press("1")
                await party.ended()

            world.center.serve("*", flow)
            for number in range(200):
                world.lines.call(f"sim:{number}", "sim:1", caller)
                world.loop.run_for(1)
            world.loop.run()
            told = [repr(entry) for entry in world.entries]
            world.close()
            return told

        self.assertEqual(run(), run())


if __name__ == "__main__":
    unittest.main()
