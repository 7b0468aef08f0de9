# SPDX-License-Identifier: Apache-2.0
import pathlib
import sys
import unittest

import vcsr
from world import World, stays

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples" / "delivery"))
import delivery  # noqa: E402


class DeliveryInVirtualTime(unittest.TestCase):
    def setUp(self):
        self.world = World(delivery.PROMPTS)
        self.addCleanup(self.world.close)
        self.service = self.world.center.add_queue("service", wrap_up=5)
        self.world.center.serve("7000", delivery.Delivery(delivery.open_parcels(), self.service).answer)

    def call(self, *numbers):
        async def caller(party):
            await party.hears("choose-language")
            party.press("1")
            for number in numbers:
                await party.hears("enter-waybill")
                party.press(number)
            await party.ended()

        party = self.world.lines.call("sim:13900000000", "sim:7000", caller)
        self.world.loop.run()
        return party

    def test_a_good_number_is_answered_with_place_and_day(self):
        caller = self.call("78412345675")

        told = " ".join(caller.heard)
        self.assertIn("left Guangzhou on November twentieth", told)
        self.assertEqual(self.world.outcomes(), ["self_served"])

    def test_a_doubtful_number_goes_to_an_agent_who_sees_it_and_why(self):
        self.world.agent(self.service)

        self.call("78412345676", "78412345676")

        pop = self.world.of("contact.offered")[0]["pop"]
        self.assertEqual(pop["collected"]["waybill"], "78412345676")
        self.assertEqual(pop["collected"]["doubt"], "ends in 6 where 5 was expected")
        self.assertEqual(pop["reason"], "waybill 78412345676 ends in 6 where 5 was expected")
        self.assertEqual(self.world.outcomes(), ["served"])

    def test_the_check_digit_is_the_serial_number_modulo_seven(self):
        for waybill in ("78412345675", "18098765435"):
            self.assertEqual(delivery.fault(waybill), "")
        self.assertEqual(delivery.fault("123"), "has 3 digits instead of 11")


if __name__ == "__main__":
    unittest.main()
