# SPDX-License-Identifier: Apache-2.0
"""Sounds in files and packets: tones made and found, G.711 and WAV in pure Python."""

import math
import pathlib
import struct

RATE = 8000
FRAME = 160  # 20 ms
PCMU, PCMA = 0, 8
KEYS = {key: (row, column) for row, keys in zip((697, 770, 852, 941), ("123A", "456B", "789C", "*0#D"))
        for column, key in zip((1209, 1336, 1477, 1633), keys)}


def expand_mu(code):
    code = ~code & 0xFF
    value = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
    return 0x84 - value if code & 0x80 else value - 0x84


def expand_a(code):
    code ^= 0x55
    value, segment = ((code & 0x0F) << 4) + 8, (code & 0x70) >> 4
    if segment:
        value = (value + 0x100) << (segment - 1)
    return value if code & 0x80 else -value


MU = [expand_mu(code) for code in range(256)]
A = [expand_a(code) for code in range(256)]
NEAREST = {law: {} for law in (PCMU, PCMA)}


def compress(samples, law=PCMU):
    """G.711 by the nearest code: slow the first time, then remembered."""
    table, known = (MU if law == PCMU else A), NEAREST[law]
    for sample in set(samples).difference(known):
        known[sample] = min(range(256), key=lambda code: abs(table[code] - sample))
    return bytes(known[sample] for sample in samples)


def tone(hertz, seconds, level=9000, rate=RATE):
    """A tone, or several at once."""
    parts = hertz if isinstance(hertz, (tuple, list)) else (hertz,)
    return [round(sum(level / len(parts) * math.sin(2 * math.pi * part * i / rate) for part in parts))
            for i in range(int(seconds * rate))]


def silence(seconds, rate=RATE):
    return [0] * int(seconds * rate)


def write_wav(path, samples, rate=RATE):
    data = struct.pack(f"<{len(samples)}h", *samples)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16,
                       b"data", len(data))
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_bytes(head + data)


class Track:
    """One channel of a recording."""

    def __init__(self, samples, rate):
        self.samples, self.rate, self.frame = samples, rate, rate // 50

    @property
    def seconds(self):
        return len(self.samples) / self.rate

    def level(self, begin=0.0, end=None):
        """Root mean square between two moments."""
        part = self.samples[int(begin * self.rate):None if end is None else int(end * self.rate)]
        return math.sqrt(sum(sample * sample for sample in part) / len(part)) if part else 0.0

    def frames(self):
        for start in range(0, len(self.samples) - self.frame + 1, self.frame):
            yield start / self.rate, self.samples[start:start + self.frame]

    def spans(self, holds, longest_gap=0.35, shortest=0.08):
        """Where a property of 20 ms holds, as [begin, end] in seconds. A busy machine makes gaps."""
        found = []
        for at, frame in self.frames():
            if not holds(frame):
                continue
            if found and at - found[-1][1] <= longest_gap:
                found[-1][1] = at + 0.02
            else:
                found.append([at, at + 0.02])
        return [span for span in found if span[1] - span[0] >= shortest]

    def tones(self, hertz, share=0.5, least=200.0):
        """Where a tone makes up most of what is heard (Goertzel)."""
        coefficient = 2 * math.cos(2 * math.pi * hertz / self.rate)

        def holds(frame):
            energy = sum(sample * sample for sample in frame)
            if energy < least * least * len(frame):
                return False
            last = before = 0.0
            for sample in frame:
                last, before = sample + coefficient * last - before, last
            return 2 * (last * last + before * before - coefficient * last * before) / len(frame) > share * energy

        return self.spans(holds)


def read_wav(path):
    """The channels of a WAV file, 16-bit or G.711, as tracks; its sizes may promise less than it holds, not more."""
    data = pathlib.Path(path).read_bytes()
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE", f"{path} is no WAV file"
    at, form = 12, None
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8:at + 8 + size]
        if kind == b"fmt ":
            form, channels, rate = struct.unpack_from("<HHI", body)
        if kind == b"data":
            assert len(body) == size, f"{path} promises {size} bytes and holds {len(body)}"
            if form == 1:
                samples = struct.unpack(f"<{size // 2}h", body[:size // 2 * 2])
            else:
                samples = [(A if form == 6 else MU)[code] for code in body]
            return [Track(samples[channel::channels], rate) for channel in range(channels)]
        at += 8 + size + size % 2
    raise AssertionError(f"{path} has no samples")


def write_prompt(folder, seconds=5, name="tone", hertz=1000):
    """A prompt by that name, of one tone."""
    write_wav(folder / "prompts" / "en" / f"{name}.wav", tone(hertz, seconds))
