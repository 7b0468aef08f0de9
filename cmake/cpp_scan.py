# SPDX-License-Identifier: Apache-2.0
"""Reads just enough C++ for check_style.py: functions with their lengths, and how co_await stands."""
import re

LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",
    re.S,
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*", re.M | re.S)
BLOCK_BEFORE = re.compile(
    r"(?:[);{}:]|\b(?:else|do|try|noexcept|const|mutable|override|final)|->\s*[\w:<>,\s&*]+)\s*$|^\s*$"
)
CONTROL = re.compile(r"\s*(?:\}\s*)?(?:if|for|while|switch|catch|else|do|try|return|co_return)\b")
SCOPE_HEAD = re.compile(r"\b(?:namespace|extern|class|struct|enum|union)\b[^();=]*$")
ACCESS = re.compile(r"\b(?:public|private|protected):")
AWAIT = re.compile(r"(?<!operator )\bco_await\b")
CONDITION = re.compile(r"\s*(?:else\s+)?(?:if\s*(?:constexpr\s*)?|for\s*|while\s*)\(|\s*else\b")
AWAIT_HEAD = re.compile(r"\s*(?:co_return|(?P<target>[^.=(?!&|][^=?!|]*?)(?<![-+*/%&|^<>!=])=)?\s*$")
LAMBDA = re.compile(r"(?:^|[(,={\s&|])\[[^\[\]]*\]\s*[({<]")


def blank(found):
    """Same length and lines, no content."""
    return re.sub(r"[^\n]", " ", found[0])


class Source:
    def __init__(self, text):
        self.code = DIRECTIVE.sub(blank, LITERAL.sub(lambda found: blank_literal(found), text))
        self.blocks = []  # (start of the head, opening brace, closing brace)
        self.starts = {}  # position of a co_await -> where its statement starts
        self._scan()

    def line(self, position):
        return self.code.count("\n", 0, position) + 1

    def _scan(self):
        awaits = {found.start() for found in AWAIT.finditer(self.code)}
        stack, start = [], 0
        for at, char in enumerate(self.code):
            if char in "([{":
                block = char == "{" and is_block(self.code[max(start, at - 300):at])
                stack.append((block, start, at))
                start = at + 1 if block else start
            elif char in ")]}" and stack:
                block, outer, opened = stack.pop()
                if block:
                    self.blocks.append((outer, opened, at))
                    inside = any(not other for other, _, _ in stack)
                    start = outer if inside else at + 1
            elif char == ";" and (not stack or stack[-1][0]):
                start = at + 1
            elif at in awaits:
                self.starts[at] = start

    def functions(self):
        """(line, number of lines, head) of each function; lambdas count as part of theirs, but the
        SUBCASEs of a test stand alone."""
        end, found = -1, []
        for start, opened, closed in sorted(self.blocks):
            head = ACCESS.sub(blank, self.code[start:opened])
            part = head.lstrip().startswith("SUBCASE(") and opened < end
            if not part and (opened < end or "(" not in head or CONTROL.match(head) or SCOPE_HEAD.search(head)):
                continue
            first = start + len(head) - len(head.lstrip())
            lines = self.line(closed) - self.line(first) + 1
            if part:
                found[whole][1] -= lines
            else:
                end, whole = closed, len(found)
            found.append([self.line(first), lines, " ".join(head.split())[:60]])
        return found

    def awaits(self):
        """(line, what is wrong) of each co_await that GCC 12 may miscompile."""
        for at, start in sorted(self.starts.items()):
            head = strip_conditions(self.code[start:at])
            found = AWAIT_HEAD.match(head)
            if not found or head.count("(") > head.count(")") or head.count("{") > head.count("}"):
                yield self.line(at), "co_await stands at the head of a statement or right of '='; name the value first"
            elif found["target"] and re.search(r"\bauto\s*[&\s]*\[", found["target"]):
                yield self.line(at), "name the awaited value first, then take it apart"
            else:
                yield from self._awaited(at)

    def _awaited(self, at):
        awaited = self.code[at + len("co_await"):self._statement_end(at)]
        if LAMBDA.search(awaited):
            yield self.line(at), "name the lambda before you await with it"
        elif re.search(r"\{(?!\s*\.)", awaited):
            yield self.line(at), "name what stands in braces before you await with it"

    def _statement_end(self, at):
        depth = 0
        for position in range(at, len(self.code)):
            char = self.code[position]
            if char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
            if depth < 0 or (char == ";" and depth == 0):
                return position
        return len(self.code)


def is_block(head):
    """Whether `head {` opens a scope of statements or members, not an initializer."""
    return bool(BLOCK_BEFORE.search(head) or SCOPE_HEAD.search(head))


def blank_literal(found):
    """Comments vanish; strings stay as empty quotes, so that no word in them counts."""
    text = found[0]
    if text.startswith("/"):
        return blank(found)
    return '"' + re.sub(r"[^\n]", "_", text[1:-1]) + '"'


def strip_conditions(head):
    """`if (…) x = ` -> `x = `; labels of a switch go as well."""
    head = re.sub(r"^\s*(?:case\s[^?]*?(?<!:):(?!:)|default\s*:)", "", head)
    while found := CONDITION.match(head):
        if head[found.end() - 1] != "(":
            head = head[found.end():]
            continue
        depth, at = 1, found.end()
        while at < len(head) and depth:
            depth += {"(": 1, ")": -1}.get(head[at], 0)
            at += 1
        if depth:
            return head
        head = head[at:]
    return head
