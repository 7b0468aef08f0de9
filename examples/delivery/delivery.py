# SPDX-License-Identifier: Apache-2.0
"""The delivery service in Python: the same dialogue, prompts and database as delivery.cpp.

    PYTHONPATH=build/release/python python3 examples/delivery/delivery.py

answers calls to sip:7000@127.0.0.1. In virtual time it is tests/python/delivery_test.py."""

import datetime
import pathlib
import sqlite3

import vcsr
from vcsr import Prompt, Spoken

HERE = pathlib.Path(__file__).resolve().parent
PROMPTS = [str(HERE.parent / "music"), str(HERE / "prompts")]


def open_parcels(path=":memory:"):
    parcels = sqlite3.connect(path)
    parcels.row_factory = sqlite3.Row
    if not parcels.execute("SELECT 1 FROM sqlite_master WHERE name = 'parcels'").fetchone():
        parcels.executescript((HERE / "delivery.sql").read_text(encoding="utf-8"))
    return parcels


def fault(waybill):
    """What is wrong with the number of an air waybill (IATA Resolution 600a); "" for nothing."""
    if len(waybill) != 11:
        return f"has {len(waybill)} digits instead of 11"
    if not waybill.isdecimal():
        return "is not all digits"
    expected = int(waybill[3:10]) % 7
    return "" if int(waybill[10]) == expected else f"ends in {waybill[10]} where {expected} was expected"


def day(iso):
    return Spoken.date(datetime.date.fromisoformat(iso))


def status(parcel, language):
    place = parcel["place_zh" if language.startswith("zh") else "place_en"]
    now = Prompt(parcel["status"]).filled("place", place).filled("day", day(parcel["day"]))
    if parcel["status"] == "delivered":
        return now
    return now + Prompt("expected").filled("day", day(parcel["expected"]))


class Delivery:
    def __init__(self, parcels, service):
        self.parcels = parcels
        self.service = service

    async def answer(self, call):
        await call.answer()
        known = await call.customer.identify()
        if not known:
            await self.choose_language(call)
        reason = await self.tell_status(call)
        if reason:
            await call.say("person-will-help")
            served = await self.service.serve(call, reason, patience=600)
            if served.result == vcsr.Served.Result.served:
                return
            await call.say("all-busy")
        await call.say("goodbye")

    async def choose_language(self, call):
        for language in ("en", "zh") * 2:
            choice = await call.ask(Prompt("choose-language").in_(language), first_digit=2, choices="12")
            if choice.kind == vcsr.Heard.Kind.digits:
                call.contact.language = "zh" if choice.text == "2" else "en"
                return

    async def tell_status(self, call):
        """Tells about one shipment after the other. Returns why a person is needed, or nothing."""
        question, doubts = Prompt("welcome") + "enter-waybill", 0
        while True:
            waybill = (await call.ask(question, max_digits=11, tries=2, first_digit=10, next_digit=5)).text
            if waybill == "0":
                return "asked for a person"
            if not waybill:
                return "entered no waybill number"
            call.customer.set("waybill", waybill)
            parcel = self.parcels.execute("SELECT * FROM parcels WHERE waybill = ?", (waybill,)).fetchone()
            if not parcel:
                doubt = fault(waybill) or "is not in our books"
                call.customer.set("doubt", doubt)
                doubts += 1
                if doubts == 2:
                    return f"waybill {waybill} {doubt}"
                question = Prompt("waybill-wrong").filled("waybill", Spoken.digits(waybill)) + "enter-waybill"
                continue
            call.contact.settle("status told: " + parcel["status"])
            choice = await call.ask(status(parcel, call.contact.language) + "what-next", choices="019")
            if choice.text == "0":
                return f"asked for a person about waybill {waybill}"
            if choice.text != "1":
                return None
            question, doubts = Prompt("enter-waybill"), 0


def main():
    loop = vcsr.AsioLoop()
    center = vcsr.Center(loop, vcsr.memory_journal(loop), vcsr.memory_customers(loop), log_level="info")
    service = center.add_queue("service", music="music", position="position")
    service.add(center.add_agent("1001", "Wang Fang", "sip:1001", follows_phone=True))
    center.serve("7000", Delivery(open_parcels(), service).answer)
    center.add(vcsr.SipDriver(vcsr.Voice(loop, PROMPTS), accounts={"1001": "river-bank"}))
    print("dial sip:7000@127.0.0.1; Ctrl-C ends", flush=True)
    loop.run()


if __name__ == "__main__":
    main()
