# SPDX-License-Identifier: Apache-2.0
"""`vcsr list`: what is on a center's lists of callers, changed while it runs and while it does not."""

import json
import os
import socket
import subprocess
import unittest

from harness import VCSR, main, serve

CONFIG = """
[web]
port = PORT
[[caller_list]]
name = "nuisance"
[[caller_list.entry]]
number = "+44900*"
[[user]]
name = "wu"
role = "supervisor"
queues = []
token = "wu-token"
[[user]]
name = "ida"
role = "auditor"
token = "ida-token"
"""


class ListsTest(unittest.TestCase):
    def setUp(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.center = serve(self, CONFIG.replace("PORT", str(self.port)))

    def run_list(self, command, *arguments, user="wu"):
        environment = {**os.environ, "VCSR_TOKEN": f"{user}-token"}
        return subprocess.run([VCSR, "list", command, self.center.config, *arguments], capture_output=True, text=True,
                              timeout=60, env=environment)

    def held(self):
        shown = self.run_list("show", "--json", user="ida")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        return {line["number"]: (line["by"], line["reason"]) for line in map(json.loads, shown.stdout.splitlines())}

    def change(self, command, *arguments):
        changed = self.run_list(command, "nuisance", *arguments)
        self.assertEqual(changed.returncode, 0, changed.stderr)

    def test_a_list_is_changed_while_the_center_runs_and_while_it_does_not(self):
        self.change("add", "+86138*", "--reason", "spam", "--for", "24h")
        self.center.journal.wait("caller.listed", "nuisance", number="+86138*", by="wu")
        self.assertEqual(self.held(), {"+44900*": ("", ""), "+86138*": ("wu", "spam")})

        self.center.end_process()
        self.change("add", "0086139*", "--reason", "rude")
        self.change("remove", "+86138*", "--reason", "a mistake")
        self.assertEqual(self.held(), {"+44900*": ("", ""), "+86139*": ("wu", "rude")})

        self.center.start()
        self.change("remove", "+86139*", "--reason", "sorry")
        self.center.journal.wait("caller.unlisted", "nuisance", number="+86139*", by="wu")
        self.assertEqual(self.held(), {"+44900*": ("", "")})

    def test_who_may_not_and_what_cannot_be_is_refused(self):
        def refusal(*arguments, user="wu"):
            refused = self.run_list(*arguments, user=user)
            self.assertNotEqual(refused.returncode, 0)
            return refused.stderr.strip()

        self.assertIn("give the token of one in VCSR_TOKEN", refusal("show", user="thief"))
        self.assertEqual(refusal("add", "nuisance", "+8613900000000", user="ida"), "ida (auditor) may not change lists of callers")
        self.assertEqual(refusal("remove", "nuisance", "+44900*"),
                         "+44900* is on list 'nuisance' for good: take it out of the configuration")
        self.assertIn("there is no list of callers 'spam'", refusal("show", "spam"))
        self.center.end_process()
        self.assertEqual(refusal("add", "nuisance", "+8613900000000", user="ida"), "ida (auditor) may not change lists of callers")
        self.assertEqual(refusal("remove", "nuisance", "+8613900000000"), "+8613900000000 is not on list 'nuisance'")


if __name__ == "__main__":
    main()
