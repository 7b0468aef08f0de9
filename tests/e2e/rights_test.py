#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rights on recordings, over HTTP and by command: everybody has what the role grants, and denials are on record."""
import json
import os
import subprocess
import unittest

from listening_test import ListeningCenter, caller
from recording_test import call
from tool_test import LIMIT, TOOL

USERS = """
[[user]]
name = "anna"
role = "agent"
agent = "1001"
token = "anna-token"
[[user]]
name = "ben"
role = "supervisor"
queues = ["service"]
token = "ben-token"
[[user]]
name = "ida"
role = "auditor"
token = "ida-token"
[[user]]
name = "max"
role = "administrator"
token = "max-token"
"""


class GuardedCenter(ListeningCenter):
    def __init__(self):
        super().__init__()
        self.config.write_text(self.config.read_text() + USERS)

    def order(self, user, path, body):
        return self.ask("POST", path, f"{user}-token", json.dumps(body))

    def command(self, user, *arguments):
        return subprocess.run([TOOL, "recording", *arguments, "-c", str(self.config)], capture_output=True, text=True,
                              timeout=LIMIT, env=os.environ | ({"VCSR_TOKEN": f"{user}-token"} if user else {}))

    def found_by(self, user):
        return [found["id"] for found in json.loads(self.ask("GET", "/api/recordings", f"{user}-token").read())]


class RightsTest(unittest.TestCase):
    def test_everybody_may_over_http_what_the_role_grants_and_denials_are_journalled(self):
        with GuardedCenter() as center:
            call(center)
            [one] = center.found_by("ida")
            path = f"/api/recordings/{one}"
            self.assertEqual(center.found_by("max"), [one])
            # Nobody's queue, nobody's agent: it is neither Ben's nor Anna's.
            self.assertEqual((center.found_by("ben"), center.found_by("anna")), ([], []))
            self.assertEqual(center.ask("GET", path, "wrong").status, 401)
            heard = center.ask("GET", path + "/audio", "ida-token")
            self.assertEqual((heard.status, heard.headers["Content-Type"]), (200, "audio/wav"))
            self.assertEqual(heard.read(4), b"RIFF")

            denied = center.order("ida", path, {"do": "destroy", "reason": "x"})
            self.assertEqual(denied.status, 403)
            self.assertEqual(denied.read().decode(), 'ida (auditor) lacks the right "destroy"\n')
            entry = center.wait_for("recording.ledger", by="ida", details={"right": "destroy"})
            self.assertEqual((entry["subject"], entry["data"]["kind"]), (one, "denied"))
            self.assertEqual(center.ask("GET", path + "/export", "ida-token").status, 403)
            self.assertEqual(center.ask("GET", path + "/audio", "ben-token").status, 403)

            self.assertEqual(center.order("max", path, {"do": "delete"}).status, 400)
            deleted = center.order("max", path, {"do": "delete", "reason": "asked"})
            self.assertEqual(json.loads(deleted.read())["state"], "deleted")
            self.assertEqual(center.order("max", path, {"do": "destroy", "reason": "asked"}).status, 200)
            self.assertEqual(center.order("max", path, {"do": "restore"}).status, 409)
            self.assertEqual(center.ask("GET", "/api/recordings/nothing", "max-token").status, 404)

    def test_only_who_may_hears_a_running_call(self):
        with GuardedCenter() as center, caller(center) as calling:
            contact = center.wait_for("recording.started")["subject"]
            path = f"/api/contacts/{contact}/listen"
            self.assertEqual(center.ask("GET", path, "anna-token").status, 403)
            self.assertEqual(center.ask("POST", path, "ida-token").status, 403)
            self.assertEqual(center.ask("GET", path, "max-token").status, 200)
            calling.terminate()

    def test_the_command_asks_for_a_token_and_names_the_right_that_is_missing(self):
        with GuardedCenter() as center:
            call(center)
            [one] = center.found_by("ida")
            nobody = center.command(None, "list")
            self.assertEqual(nobody.returncode, 1)
            self.assertIn("give the token of one in VCSR_TOKEN", nobody.stderr)
            self.assertIn(one, center.command("ida", "list").stdout)
            self.assertNotIn(one, center.command("anna", "list").stdout)
            denied = center.command("ben", "delete", one, "--reason", "x")
            self.assertEqual(denied.returncode, 1)
            self.assertIn('ben (supervisor) lacks the right "delete"', denied.stderr)
            exported = center.command("ben", "export", one, str(center.folder / "out.wav"))
            self.assertIn('ben (supervisor) has the right "export" for own queues only', exported.stderr)
            self.assertFalse((center.folder / "out.wav").exists())
            self.assertIn('lacks the right "administer"', center.command("ida", "sweep").stderr)
            held = center.command("max", "hold", one, "--reason", "lawsuit", "--by", "somebody else")
            self.assertEqual(held.returncode, 0, held.stderr)
            shown = center.command("max", "show", one).stdout
            self.assertRegex(shown, r"denied +ben")
            self.assertRegex(shown, r"held +max")


if __name__ == "__main__":
    unittest.main()
