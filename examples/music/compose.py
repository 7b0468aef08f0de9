#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Composes the music on hold: compose.py en/music.wav. Needs nothing but Python.

Sixteen slow bars over four chords, a soft electric piano, made so that the end leads into the
beginning. 8 kHz, mu-law: what a telephone carries."""

import math
import struct
import sys

RATE = 8000
BEAT = 0.75  # seconds
CHORDS = [  # one bar of two beats each: bass, then three voices, as MIDI notes
    (48, (60, 64, 71)), (45, (60, 64, 67)), (50, (60, 65, 69)), (43, (59, 65, 67)),
    (52, (59, 62, 67)), (45, (60, 64, 67)), (50, (57, 60, 65)), (43, (55, 59, 65)),
]
MELODY = [76, None, 74, 72, 69, None, 72, 74, 77, None, 76, 74, 74, None, 71, None,
          74, None, 76, 79, 76, None, 72, 69, 72, None, 74, 77, 74, 71, 67, None]


def frequency(note):
    return 440.0 * 2 ** ((note - 69) / 12)


def strike(samples, start, note, length, loudness):
    """Adds a note that decays; what rings beyond the end is heard at the beginning."""
    step = 2 * math.pi * frequency(note) / RATE
    for i in range(int(length * RATE)):
        t = i / RATE
        envelope = min(1.0, t / 0.01) * math.exp(-1.6 * t) * min(1.0, (length - t) / 0.05)
        wave = math.sin(step * i) + 0.35 * math.sin(2 * step * i) * math.exp(-3 * t) + 0.12 * math.sin(3 * step * i) * math.exp(-6 * t)
        samples[(int(start * RATE) + i) % len(samples)] += loudness * envelope * wave


def mu_law(sample):
    """ITU-T G.711."""
    magnitude = min(abs(sample), 32635) + 132
    exponent = magnitude.bit_length() - 8
    return ~((0x80 if sample < 0 else 0) | exponent << 4 | (magnitude >> (exponent + 3)) & 0x0F) & 0xFF


def compose():
    samples = [0.0] * int(len(CHORDS) * 4 * BEAT * RATE)
    for bar, (bass, voices) in enumerate(CHORDS):
        start = bar * 4 * BEAT
        strike(samples, start, bass, 2.8, 0.5)
        strike(samples, start + 2 * BEAT, bass + 7, 1.6, 0.25)
        for order, voice in enumerate(voices):
            for turn in (0, 1.5 * BEAT, 3 * BEAT):
                strike(samples, start + turn + 0.03 * order, voice, 1.8, 0.2 if turn else 0.3)
    for position, note in enumerate(MELODY):
        if note:
            strike(samples, position * BEAT, note, 1.5, 0.4)
    peak = max(abs(sample) for sample in samples)
    return [round(sample / peak * 20000) for sample in samples]


def main(path):
    sound = bytes(mu_law(sample) for sample in compose())
    layout = struct.pack("<HHIIHHH", 7, 1, RATE, RATE, 1, 8, 0)
    fact = struct.pack("<I", len(sound))
    chunks = b"WAVE"
    for name, content in ((b"fmt ", layout), (b"fact", fact), (b"data", sound)):
        chunks += name + struct.pack("<I", len(content)) + content
    with open(path, "wb") as file:
        file.write(b"RIFF" + struct.pack("<I", len(chunks)) + chunks)


if __name__ == "__main__":
    main(sys.argv[1])
