#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A link between two TUN devices that loses, delays, reorders and repeats packets, for kernels without netem.
bad_link.py DEVICE DEVICE LOSS DELAY JITTER REPEATED: shares from 0 to 1, times in seconds, both ways alike."""

import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000


def open_device(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def main():
    first, second = map(open_device, sys.argv[1:3])
    loss, delay, jitter, repeated = map(float, sys.argv[3:7])
    other = {first: second, second: first}
    chance = random.Random(5)
    on_their_way, order = [], itertools.count()
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        while on_their_way and on_their_way[0][0] <= now:
            _, _, device, packet = heapq.heappop(on_their_way)
            try:
                os.write(device, packet)
            except OSError:
                pass  # the device is not up yet, or no more
        wait = on_their_way[0][0] - now if on_their_way else None
        for device in select.select([first, second], [], [], wait)[0]:
            packet = os.read(device, 65536)
            if chance.random() < loss:
                continue
            for _ in range(2 if chance.random() < repeated else 1):
                # Whoever is delayed by less overtakes.
                due = time.monotonic() + delay + chance.uniform(0, jitter)
                heapq.heappush(on_their_way, (due, next(order), other[device], packet))


if __name__ == "__main__":
    main()
