# SPDX-License-Identifier: Apache-2.0
"""A dialogue written in Python answers a real SIP call, placed by the vcsr command."""

import os
import subprocess
import threading
import unittest

import vcsr


@unittest.skipUnless(os.environ.get("VCSR"), "set VCSR to the vcsr command")
class RealCall(unittest.TestCase):
    def test_a_flow_speaks_asks_and_hears_over_sip(self):
        loop = vcsr.AsioLoop()
        center = vcsr.Center(loop, vcsr.memory_journal(loop), vcsr.memory_customers(loop))
        self.addCleanup(center.close)
        heard = []

        async def flow(call):
            await call.answer()
            heard.append((await call.ask(vcsr.words("Please enter four digits."), max_digits=4, first_digit=20)).text)
            await call.say(vcsr.words("Thank you."))

        center.serve("8000", flow)
        driver = vcsr.SipDriver(vcsr.Voice(loop), port=0)
        center.add(driver)
        script = "expect voice within 20s; digits 2468; expect hangup within 20s"
        caller = {}

        def place():
            caller["done"] = subprocess.run(
                [os.environ["VCSR"], "call", f"sip:8000@127.0.0.1:{driver.port}", "-e", script],
                capture_output=True, text=True, timeout=90)
            loop.stop()

        thread = threading.Thread(target=place)
        thread.start()
        loop.run()
        thread.join()

        self.assertEqual(caller["done"].returncode, 0, caller["done"].stdout + caller["done"].stderr)
        self.assertEqual(heard, ["2468"])


if __name__ == "__main__":
    unittest.main()
