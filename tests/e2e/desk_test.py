# SPDX-License-Identifier: Apache-2.0
"""The desks of agents, supervisors and programs over HTTP: a chat from its arrival to its record, orders, restarts."""

import json
import signal
import unittest
import urllib.error
import urllib.request

from harness import main, serve, wait_until

CONFIG = """
[web]
port = 0
[voice]
synthesizer = "none"
[[queue]]
name = "chats"
wrap_up = "1min"
dispositions = ["sold", "lost"]
disposition_mandatory = true
[[agent]]
id = "1001"
name = "Anna"
follows_phone = false
queues = ["chats"]
capacity = { units = 3, takes = { chat = 1 } }
[[user]]
name = "anna"
role = "agent"
agent = "1001"
token = "anna-token"
[[user]]
name = "ben"
role = "supervisor"
queues = ["chats"]
token = "ben-token"
[[user]]
name = "gateway"
role = "administrator"
token = "gateway-token"
"""


class DeskTest(unittest.TestCase):
    def setUp(self):
        self.center = serve(self, CONFIG)

    def ask(self, user, path, body=None):
        """Status and answer; `body` makes it a POST."""
        url = self.center.process.line(r"page on (\S+)/")[1]
        request = urllib.request.Request(f"{url}/api/{path}", headers={"Authorization": f"Bearer {user}-token"},
                                         data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def order(self, **fields):
        return self.ask("anna", "agents/1001", fields)

    def state(self, user="anna"):
        return self.ask(user, "agents/1001")[1]["state"]

    def put(self, **fields):
        status, put = self.ask("gateway", "queues/chats/contacts", {"channel": "chat", "from": "web:li", **fields})
        self.assertEqual(status, 201, put)
        return put["contact"]

    def test_a_chat_goes_from_the_gateway_over_the_agent_to_its_outcome(self):
        self.order(do="log_in")
        self.order(do="ready")
        contact = self.put(reason="where is my order", collected={"order": 4711})
        self.center.journal.wait("contact.offered", contact, agent="1001")

        self.assertEqual(self.order(do="accept", contact=contact)[1]["state"], "busy")
        self.center.journal.wait("contact.connected", contact, agent="1001")
        self.assertEqual(self.order(do="finish", contact=contact)[1]["contacts"][0]["state"], "wrap_up")
        refused = self.order(do="finish_wrap_up")
        self.assertEqual((refused[0], "needs a disposition first" in refused[1]["error"]), (409, True))
        self.order(do="dispose", contact=contact, code="sold", note="two of them")
        self.assertEqual(self.order(do="finish_wrap_up")[1]["state"], "ready")

        end = self.ask("gateway", f"queues/chats/contacts/{contact}?wait=20")[1]
        self.assertEqual((end["state"], end["outcome"], end["agent"]), ("ended", "served", "1001"))
        disposed = self.center.journal.wait("contact.disposed", contact)["data"]
        self.assertEqual((disposed["code"], disposed["note"], disposed["actor"]), ("sold", "two of them", "1001"))

    def test_a_supervisor_asks_why_a_chat_waits_and_orders_the_agent_to_take_it(self):
        contact = self.put()
        why = self.ask("ben", f"queues/chats/contacts/{contact}/why?language=zh")[1]
        self.assertEqual((why["agents"][0]["refusal"], why["position"]), ("logged_out", 1))
        self.order(do="log_in")
        self.assertEqual(self.ask("ben", "agents/1001", {"do": "ready"})[0], 403)
        self.assertEqual(self.order(do="force", order="ready", why="x")[0], 403)

        forced = self.ask("ben", "agents/1001", {"do": "force", "order": "ready", "why": "they wait"})

        self.assertEqual(forced[0], 200)
        self.center.journal.wait("contact.offered", contact, agent="1001")
        audit = self.center.journal.wait("agent.forced", "1001")["data"]
        self.assertEqual(audit, {"by": "ben", "order": "ready", "why": "they wait"})

    def test_key_figures_are_counted_live_and_again_after_the_center_was_killed(self):
        self.order(do="log_in")
        self.order(do="ready")
        contact = self.put()
        self.center.journal.wait("contact.offered", contact, agent="1001")
        self.order(do="accept", contact=contact)
        self.center.journal.wait("contact.left_queue", contact)

        def total():
            figures = self.ask("ben", "figures")[1]
            return figures["queues"][0]["total"] if figures["complete"] else {}

        wait_until(lambda: total().get("answered") == 1, "the answer to be counted")
        self.assertEqual(self.ask("anna", "figures")[0], 403)

        self.center.end_process(signal.SIGKILL)
        self.center.start()
        self.put()

        # The one that was in hand is back in its queue and counts again.
        wait_until(lambda: total().get("offered") == 3, "both chats to be counted, one of them twice")
        self.assertEqual((total()["answered"], total()["sl_answered"]), (1, 1.0))

    def test_an_agent_is_as_she_had_chosen_after_the_center_was_killed(self):
        self.order(do="log_in")
        self.order(do="not_ready", reason="lunch")

        self.center.end_process(signal.SIGKILL)
        self.center.start()

        status, anna = self.ask("anna", "agents/1001")
        self.assertEqual((status, anna["state"], anna["reason"]), (200, "not_ready", "lunch"))
        self.assertEqual(self.order(do="ready")[1]["state"], "ready")


if __name__ == "__main__":
    main()
