#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what a compiler does not know: that includes follow cmake/layers.cmake, that time and
chance come from the Loop, the form of co_await that GCC 12 compiles correctly, lengths, names.

    check_style.py [ROOT]     prints one line per breach, exits with 1 if there is any
"""
import fnmatch
import pathlib
import re
import sys

from cpp_scan import Source

FILE_LIMIT, FUNCTION_LIMIT = 400, 60
TEST_FILE_LIMIT, TEST_CASE_LIMIT = 600, 100  # a test's table of cases stands inside it
CPP = {".cpp", ".hpp"}
CODE_TREES = ("include", "src", "tests", "examples", "bindings", "bench")
TEXT_TREES = CODE_TREES + ("cmake", "docs", "packaging", ".ci", "console")
TEXT = CPP | {".py", ".sh", ".mjs", ".js", ".css", ".html", ".cmake", ".txt", ".md", ".toml", ".yml", ".in", ""}
NOT_OURS = {"node_modules", "__pycache__", "build", "data"}

# Third-party headers by the library of cmake/third_party.cmake that allows them.
THIRD_PARTY = {
    "third_asio": ("boost/",),
    "third_json": ("nlohmann/",),
    "third_spdlog": ("spdlog/", "fmt/"),
    "third_sqlite": ("SQLiteCpp/", "sqlite3.h"),
    "third_openssl": ("openssl/",),
    "third_bid": ("bid_",),
    "third_cctz": ("cctz/",),
    "third_icu": ("unicode/",),
    "third_pcre2": ("pcre2.h",),
    "third_ical": ("libical/",),
    "third_cli": ("CLI/",),
    "third_pugixml": ("pugixml.hpp",),
    "third_toml": ("toml++/",),
    "third_sndfile": ("sndfile.h",),
    "third_sofia": ("sofia-sip/",),
    "third_srtp": ("srtp2/",),
    "third_curl": ("curl/",),
    "third_pq": ("libpq-fe.h",),
    "third_odbc": ("sql.h", "sqlext.h"),
    "third_phone": ("phonenumbers/",),
    "third_sphinx": ("pocketsphinx.h", "sphinxbase/"),
    "third_spandsp": ("spandsp.h", "spandsp/"),
    "nobody": ("pybind11/", "doctest/", "benchmark/"),
}
# Headers that bring the whole library or a foreign event loop, by their nature.
FREE_HEADERS = {"include/vcsr/vcsr.hpp", "include/vcsr/asio.hpp"}
BRINGS_EXAMPLES = "src/tools/main.cpp"  # the command serves the examples' flows where they are built
HEAVY = {"regex", "iostream", "filesystem"}

# Where time and chance may enter, and why.
CLOCK_ALLOWED = {
    "src/base/asio_loop.cpp": "the loop of production is where both come from",
    "src/drivers/sip/nua_clock.cpp": "sofia-sip asks for the time on its own thread",
    "src/drivers/sip/rtp/rtp_*.cpp": "the media thread ticks every 20 ms whatever the loop does",
}
WAIT_ALLOWED = {
    "src/media/recording/recording_queue.cpp": "the writer's thread tries a full disk again by itself",
}
CLOCK = re.compile(
    r"(steady|system|high_resolution)_clock::now|\btime\((NULL|nullptr|0)\)|\bgettimeofday\(|\bclock_gettime\("
    r"|\brandom_device\b|\bs?rand\(|\bgetrandom\("
)
SLEEP = re.compile(r"this_thread::sleep|\b(usleep|nanosleep)\(|(?<![\w.>])sleep\(\d")
WAIT = re.compile(r"[.>]wait_(for|until)\(")
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
VAGUE = re.compile(r"manager|handler|helper|(?<![a-z])utils?(?![a-z])", re.I)
TYPE = re.compile(r"\b(?:class|struct)\s+(?:VCSR_EXPORT\s+)?(\w+)")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
LAYER = re.compile(r"^vcsr_layer\(\s*([^)]+)\)", re.M)


class Layers:
    """The architecture as cmake/layers.cmake states it."""

    def __init__(self, text):
        self.depends, self.libs, self.owner, self.folders, self.breaches = {}, {}, {}, {}, []
        for declaration in LAYER.findall(re.sub(r"#.*", "", text)):
            self._declare(declaration.split())

    def _declare(self, words):
        name, part = words[0], None
        lists = {"FOLDERS": [], "DEPENDS": [], "HEADERS": [], "LIBS": []}
        for word in words[1:]:
            if word in lists:
                part = word
            else:
                lists[part].append(word)
        for lower in lists["DEPENDS"]:
            if lower not in self.depends:
                self.breaches.append(f"cmake/layers.cmake: {name} depends on {lower}, which no line above names")
        self.depends[name] = lists["DEPENDS"]
        self.libs[name] = lists["LIBS"]
        self.owner.update({header: name for header in lists["HEADERS"]})
        self.folders.update({f"{name}/{folder}": name for folder in lists["FOLDERS"]})

    def closure(self, name):
        return {name}.union(*(self.closure(lower) for lower in self.depends.get(name, [])))

    def of(self, path):
        """The layer of `path` below include/vcsr or src; None if there is none."""
        if "/" not in path:
            return self.owner.get(path, "core")
        for folder in (path.rsplit("/", 1)[0], path.removesuffix(".hpp")):
            if folder in self.depends:
                return folder
        return self.folders.get(path.rsplit("/", 1)[0])


class Tree:
    def __init__(self, root):
        self.root = root
        self.layers = Layers((root / "cmake/layers.cmake").read_text())

    def files(self, trees):
        for tree in trees:
            for path in sorted((self.root / tree).rglob("*")):
                if path.is_file() and not NOT_OURS.intersection(path.relative_to(self.root).parts):
                    yield path
        yield from (path for path in sorted(self.root.iterdir()) if path.is_file())

    def breaches(self):
        yield from self.layers.breaches
        for path in self.files(TEXT_TREES):
            if path.suffix in TEXT:
                name = path.relative_to(self.root).as_posix()
                text = path.read_text(errors="replace")
                for number, message in sorted(self._file(name, text)):
                    yield f"{name}:{number}: {message}"

    def _file(self, name, text):
        yield from check_text(name, text)
        if pathlib.PurePath(name).suffix in CPP and name.startswith(CODE_TREES):
            source = Source(text)
            yield from check_cpp(name, text, source)
            yield from self._includes(name, text)

    def _includes(self, name, text):
        tree, _, below = name.partition("/")
        layer = None
        if name.startswith("include/vcsr/"):
            layer = self.layers.of(below.removeprefix("vcsr/"))
        elif tree == "src":
            layer = self.layers.of(below) if "/" in below else None
        if tree in ("include", "src") and layer is None:
            yield 1, "its folder is no layer: name it in cmake/layers.cmake"
            return
        for found in INCLUDE.finditer(text):
            number = text.count("\n", 0, found.start()) + 1
            for message in self._include(name, tree, layer, found[1] == '"', found[2]):
                yield number, message

    def _include(self, name, tree, layer, quoted, target):
        public = name.startswith("include/") and name not in FREE_HEADERS
        if public and not quoted and target in HEAVY:
            yield f"a public header may not include <{target}>: it costs every user's compile time"
        if name not in FREE_HEADERS:
            yield from self._third_party(tree, layer, public, target)
        if quoted and name not in FREE_HEADERS and tree in ("include", "src"):
            yield from self._layer_include(name, layer, public, target)
        if quoted and tree in ("examples", "bindings") and not target.startswith("vcsr/"):
            if not self._beside(name, target):
                yield f'"{target}" is not public: {tree} stand on include/vcsr only'

    def _beside(self, name, target):
        folders = (self.root / name).parents
        return any((folder / target).is_file() for folder in folders if folder not in (self.root / "x").parents)

    def _layer_include(self, name, layer, public, target):
        if target in ("vcsr/vcsr.hpp", "vcsr/asio.hpp"):
            yield f'"{target}" is for users of the library: include the header you need'
        elif name == BRINGS_EXAMPLES and (self.root / "examples" / target).is_file():
            return
        elif public and not target.startswith("vcsr/"):
            yield f'a public header may not include the private "{target}"'
        else:
            other = self.layers.of(target.removeprefix("vcsr/"))
            if other is None or "/" not in target:
                yield f'"{target}": write "vcsr/<layer>/…" for public and "<layer>/…" for private headers'
            elif other not in self.layers.closure(layer):
                yield f"{layer} may not include {other} ({target}): cmake/layers.cmake"

    def _third_party(self, tree, layer, public, target):
        for lib, prefixes in THIRD_PARTY.items():
            if not target.startswith(prefixes):
                continue
            if public:
                yield f"a public header may not include <{target}>"
            elif tree == "src" and lib not in self.layers.libs[layer]:
                yield f"{layer} may not include <{target}>: LIBS in cmake/layers.cmake does not list {lib}"


def check_text(name, text):
    """What holds for every file, whatever its language."""
    suffix = pathlib.PurePath(name).suffix
    for found in LEFT_OVER.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, f"{found[0]}: do it, or leave it out"
    if name.startswith(CODE_TREES):
        head = text.split("\n", 2)[:2]
        if suffix in CPP and head[0] != "// SPDX-License-Identifier: Apache-2.0":
            yield 1, "the first line is '// SPDX-License-Identifier: Apache-2.0'"
        if suffix in {".py", ".sh"} and "# SPDX-License-Identifier: Apache-2.0" not in head and text.strip():
            yield 1, "the first line (or the one after #!) is '# SPDX-License-Identifier: Apache-2.0'"
        if VAGUE.search(pathlib.PurePath(name).stem):
            yield 1, "the file's name says little: use a word of the trade"


def check_cpp(name, text, source):
    test = name.startswith("tests/")
    lines = text.count("\n")
    limit, function_limit = (TEST_FILE_LIMIT, TEST_CASE_LIMIT) if test else (FILE_LIMIT, FUNCTION_LIMIT)
    if lines > limit:
        yield limit, f"{lines} lines, the limit is {limit}: split the file by subject"
    for line, length, head in source.functions():
        if length > function_limit:
            yield line, f"a function of {length} lines, the limit is {function_limit}: {head}"
    if name.endswith(".hpp") and "#pragma once" not in text:
        yield 1, "a header has '#pragma once'"
    for line, why in source.awaits():
        yield line, f"{why} (GCC 12 miscompiles it)"
    for found in TYPE.finditer(source.code):
        if VAGUE.search(found[1]):
            yield source.line(found.start()), f"{found[1]} says little: use a word of the trade"
    yield from check_time(name, source)


def check_time(name, source):
    if name.startswith(("include/", "src/", "examples/")):
        rules = [(CLOCK, CLOCK_ALLOWED, "time and chance come from the Loop"),
                 (SLEEP, CLOCK_ALLOWED, "no thread sleeps: wait for an event or a timer of the Loop"),
                 (WAIT, CLOCK_ALLOWED | WAIT_ALLOWED, "a wait with a limit belongs to the Loop")]
    elif name.startswith("tests/"):
        rules = [(SLEEP, {}, "tests do not sleep: wait for the event, in virtual time")]
    else:
        rules = []
    for pattern, allowed, message in rules:
        if not any(fnmatch.fnmatch(name, where) for where in allowed):
            for found in pattern.finditer(source.code):
                yield source.line(found.start()), message


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    breaches = list(Tree(root).breaches())
    print(*breaches, sep="\n", end="\n" if breaches else "")
    print(f"style: {len(breaches)} breaches" if breaches else "style: no breach")
    return bool(breaches)


if __name__ == "__main__":
    sys.exit(main())
