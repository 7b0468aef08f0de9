# SPDX-License-Identifier: Apache-2.0
"""A center in virtual time, for tests."""

import vcsr


class World:
    def __init__(self, prompts=()):
        self.loop = vcsr.SimLoop()
        self.journal = vcsr.memory_journal(self.loop)
        self.customers = vcsr.memory_customers(self.loop)
        self.center = vcsr.Center(self.loop, self.journal, self.customers, log_level="off", parking_slots=["701"])
        self.lines = vcsr.SimDriver(list(prompts))
        self.center.add(self.lines)
        self.entries = []
        self.following = self.journal.follow(1, self.entries.append)

    def close(self):
        self.center.close()

    def agent(self, queue, user="1001", talks=30):
        async def behavior(phone):
            await phone.wait(talks)

        self.lines.set_phone(user, behavior)
        agent = self.center.add_agent(user, "Agent " + user, "sim:" + user)
        queue.add(agent)
        agent.log_in()
        agent.set_ready()
        return agent

    def of(self, kind):
        return [entry.data for entry in self.entries if entry.type == kind]

    def outcomes(self):
        return [data["outcome"] for data in self.of("contact.closed")]


async def stays(party):
    await party.ended()
