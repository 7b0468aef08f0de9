# SPDX-License-Identifier: Apache-2.0
from datetime import date as Date, timedelta
from enum import Enum
from typing import Any, Awaitable, Callable, Mapping, Sequence, overload

__version__: str

Duration = float | timedelta
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
Flow = Callable[["Call"], Awaitable[None]]
Behavior = Callable[["SimParty"], Awaitable[None]]

class Error(Exception):
    code: str

class Hangup(Exception): ...

class Cause(Enum):
    normal: Cause; busy: Cause; no_answer: Cause; rejected: Cause; not_found: Cause
    unreachable: Cause; congestion: Cause; incompatible: Cause; lost: Cause; failed: Cause

class Reached(Enum):
    answered: Reached; busy: Reached; no_answer: Reached; refused: Reached; unreachable: Reached

class Verification(Enum):
    none: Verification; number: Verification; pin: Verification; document: Verification; voice: Verification

class Outcome(Enum):
    self_served: Outcome; served: Outcome; transferred: Outcome; abandoned: Outcome; unserved: Outcome
    left: Outcome; refused: Outcome; failed: Outcome; interrupted: Outcome; unreached: Outcome

class AgentState(Enum):
    logged_out: AgentState; not_ready: AgentState; ready: AgentState; reserved: AgentState
    busy: AgentState; hold: AgentState; wrap_up: AgentState

class AgentOrder(Enum):
    ready: AgentOrder; not_ready: AgentOrder; log_out: AgentOrder; free: AgentOrder

class Channel(Enum):
    voice: Channel; chat: Channel; email: Channel; sms: Channel; fax: Channel; web: Channel; callback: Channel
    voicemail: Channel

class WrapUpMode(Enum):
    timed: WrapUpMode; none: WrapUpMode; optional: WrapUpMode; mandatory: WrapUpMode; forced: WrapUpMode

class Fairness(Enum):
    weight: Fairness; service_level: Fairness

class Strategy(Enum):
    longest_idle: Strategy; fewest_contacts: Strategy; least_talk_time: Strategy; least_occupied: Strategy
    round_robin: Strategy; fixed_priority: Strategy; random: Strategy; ring_all: Strategy; best_skilled: Strategy
    least_skilled: Strategy; custom: Strategy

class Refusal(Enum):
    none: Refusal; lacks_skill: Refusal; logged_out: Refusal; not_ready: Refusal; wrap_up: Refusal
    engaged: Refusal; reserved: Refusal; at_capacity: Refusal

class Reaction(Enum):
    answers: Reaction; busy: Reaction; rejects: Reaction; rings_on: Reaction; unreachable: Reaction

class Heard:
    class Kind(Enum):
        nothing: Heard.Kind; digits: Heard.Kind; wrong: Heard.Kind; speech: Heard.Kind
    kind: Kind
    text: str
    confidence: float

class Served:
    class Result(Enum):
        served: Served.Result; timed_out: Served.Result; full: Served.Result; nobody: Served.Result
        long_wait: Served.Result; key: Served.Result; overflowed: Served.Result
        closed: Served.Result
    result: Result
    agent: str
    waited: timedelta
    talked: timedelta
    queue: str

class Secret:
    def __init__(self, text: str) -> None: ...
    def matches(self, text: str) -> bool: ...
    def reveal(self) -> str: ...

class JournalEntry:
    number: int
    at: str
    type: str
    subject: str
    data: dict[str, Value]

class ContactRecord:
    id: str
    customer: str
    reason: str
    outcome: str
    agent: str
    length: timedelta
    waited: timedelta
    talked: timedelta
    recordings: list[str]
    began: str
    attributes: dict[str, Value]

class Spoken:
    def __init__(self, words: str) -> None: ...
    @staticmethod
    def number(number: int) -> Spoken: ...
    @staticmethod
    def digits(digits: str) -> Spoken: ...
    @staticmethod
    def money(minor: int, currency: str = "CNY") -> Spoken: ...
    @staticmethod
    def date(date: Date) -> Spoken: ...
    def text(self, language: str) -> str: ...

class Prompt:
    def __init__(self, name: str) -> None: ...
    @staticmethod
    def words(text: str) -> Prompt: ...
    def filled(self, slot: str, value: Spoken | str) -> Prompt: ...
    def in_(self, language: str) -> Prompt: ...
    def __add__(self, other: Prompt | str) -> Prompt: ...

def words(text: str) -> Prompt: ...

class RuleMode:
    strict: RuleMode
    spec: RuleMode

class Decision:
    value: Value
    outputs: dict[str, Value]
    rules: list[str]
    reason: str
    def text(self, output: str) -> str: ...
    def __bool__(self) -> bool: ...

class RuleSet:
    @staticmethod
    def load(path: str, mode: RuleMode = ...) -> RuleSet: ...
    @staticmethod
    def parse(
        xml: str, document: str = "rules", mode: RuleMode = ..., imports: Sequence[str] = ()
    ) -> RuleSet: ...
    def decide(self, decision: str, inputs: Mapping[str, Value]) -> Decision: ...
    def explain(self, decision: str, inputs: Mapping[str, Value]) -> list[str]: ...
    def inputs(self, decision: str) -> list[str]: ...
    def decisions(self) -> list[str]: ...
    hash: str

class Operation: ...

class Loop:
    now: timedelta
    wall_time: str
    def sleep(self, duration: Duration) -> Awaitable[None]: ...
    def post(self, function: Callable[[], None]) -> None: ...

class SimLoop(Loop):
    def __init__(self, seed: int = 1) -> None: ...
    def run(self) -> None: ...
    def run_for(self, duration: Duration) -> None: ...
    def step(self) -> bool: ...
    steps: int

class AsioLoop(Loop):
    def __init__(self) -> None: ...
    def run(self) -> None: ...
    def stop(self) -> None: ...

class Subscription: ...

class Journal:
    last: int
    trouble: str
    def read(self, first: int = 1, limit: int = ...) -> Awaitable[list[JournalEntry]]: ...
    def follow(self, first: int, follower: Callable[[JournalEntry], None]) -> Subscription: ...
    def durable(self) -> Awaitable[None]: ...

class CustomerStore:
    def save(self, name: str, identities: Mapping[str, str], language: str = "",
             indicators: Mapping[str, Value] = ...) -> Awaitable[str]: ...
    def contact(self, id: str) -> Awaitable[ContactRecord | None]: ...

def memory_journal(loop: Loop) -> Journal: ...
def memory_customers(loop: Loop, *, region: str = "") -> CustomerStore: ...
def sqlite_journal(loop: Loop, path: str) -> Journal: ...
def sqlite_customers(loop: Loop, path: str, *, region: str = "") -> CustomerStore: ...

class Driver: ...

class SimParty:
    live: bool
    heard: list[str]
    digits: str
    def answered(self) -> Awaitable[None]: ...
    def hears(self, name_or_words: str) -> Awaitable[None]: ...
    def hears_out(self) -> Awaitable[None]: ...
    def connected(self) -> Awaitable[None]: ...
    def wait(self, duration: Duration) -> Awaitable[None]: ...
    def ended(self) -> Awaitable[None]: ...
    def press(self, digits: str) -> None: ...
    def hang_up(self, cause: Cause = ...) -> None: ...
    def vanish(self) -> None: ...

class SimDriver(Driver):
    def __init__(self, prompts: Sequence[str] = ()) -> None: ...
    def call(self, from_: str, to: str, behavior: Behavior) -> SimParty: ...
    def set_phone(self, user: str, behavior: Behavior | None = None, rings: Duration = ...,
                  reaction: Reaction = ...) -> None: ...
    def remove_phone(self, user: str) -> None: ...

class Voice:
    def __init__(self, loop: Loop, prompts: Sequence[str] = (), synthesizer: str = "espeak-ng",
                 cache: str = "") -> None: ...

class SipDriver(Driver):
    def __init__(self, voice: Voice, address: str = "127.0.0.1", port: int = 5060,
                 accounts: Mapping[str, str] = ...) -> None: ...
    port: int
    def registered(self, user: str) -> bool: ...

class CustomerContext:
    known: bool
    id: str
    name: str
    indicators: dict[str, Value]
    history: list[ContactRecord]
    collected: dict[str, Value]
    folder: dict[str, Value]
    suggestion: str
    def get(self, key: str) -> Value: ...
    def set(self, key: str, value: Value, *, source: str = "", confidence: float = 1) -> None: ...
    def suggest(self, action: str) -> None: ...
    def facts(self) -> dict[str, Value]: ...
    def identify(self, kind: str = ..., value: str = ...) -> Awaitable[bool]: ...

class Requirement:
    text: str
    skills: list[str]
    anybody: bool
    def __init__(self, text: str = "") -> None: ...
    def met_by(self, skills: Mapping[str, int]) -> bool: ...
    def why_not(self, skills: Mapping[str, int], language: str = "en") -> str: ...
    def score(self, skills: Mapping[str, int]) -> int: ...
    def or_else(self, other: Requirement | str) -> Requirement: ...
    def and_also(self, other: Requirement | str) -> Requirement: ...

class Contact:
    id: str
    channel: Channel
    outgoing: bool
    from_: str
    to: str
    customer: CustomerContext
    reason: str
    language: str
    verification: Verification
    closed: bool
    outcome: Outcome | None
    def settle(self, what: str) -> None: ...
    def require(self, requirement: Requirement | str) -> None: ...
    def prefer_agent(self, id: str, for_so_long: Duration) -> None: ...
    def close(self) -> None: ...

class RecordingResult:
    file: str
    length: timedelta
    paused: timedelta
    lost: timedelta
    error: str

class Recorder:
    id: str
    file: str
    running: bool
    def stop(self) -> Awaitable[RecordingResult]: ...

class Connection:
    leg: int
    role: str
    state: str
    address: str
    agent: str
    in_charge: bool
    muted: bool
    supervision: str

class ParkedCall:
    slot: str
    contact: str
    by: str
    agent: str

class Parties:
    parked: ParkedCall | None
    def all(self) -> list[Connection]: ...
    def hold(self, leg: int = 1) -> None: ...
    def retrieve(self, leg: int = 1) -> None: ...
    def mute(self, leg: int, on: bool = True) -> None: ...
    def send_digits(self, leg: int, digits: str) -> Awaitable[None]: ...
    def consult(self, to: str, ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def alternate(self) -> None: ...
    def complete(self) -> None: ...
    def reconnect(self) -> None: ...
    def join(self) -> None: ...
    def add(self, to: str, ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def drop(self, leg: int) -> None: ...
    def pass_on(self, to: str, ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def park(self, slot: str = "", *, limit: Duration | None = None, queue: str = "") -> str: ...
    def pick_up(self, by: Agent, ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def supervise(self, supervisor: str, mode: str = "listen", ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def set_supervision(self, leg: int, mode: str) -> None: ...
    def take_over(self, leg: int) -> None: ...

class Call:
    id: str
    from_: str
    to: str
    live: bool
    answered: bool
    contact: Contact
    customer: CustomerContext
    parties: Parties
    def ring(self) -> None: ...
    def answer(self) -> Awaitable[None]: ...
    def reject(self, cause: Cause) -> None: ...
    def say(self, prompt: Prompt | str) -> Awaitable[None]: ...
    def ask(self, question: Prompt | str, *, max_digits: int = 1, tries: int = 1, first_digit: Duration = ...,
            next_digit: Duration = ..., terminator: str = "#", barge_in: bool = True, type_ahead: bool = True,
            choices: str = "") -> Awaitable[Heard]: ...
    def ask_secret(self, question: Prompt | str, *, max_digits: int = 1, tries: int = 1,
                   first_digit: Duration = ..., next_digit: Duration = ...) -> Awaitable[Secret]: ...
    def play(self, prompt: Prompt | str, repeat: bool = False) -> None: ...
    def stop_playing(self) -> None: ...
    def send_digits(self, digits: str) -> Awaitable[None]: ...
    def dial(self, to: str, ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def talk(self) -> Awaitable[None]: ...
    def hang_up_party(self) -> None: ...
    def transfer(self, to: str) -> Awaitable[Reached]: ...
    def record(self) -> Recorder: ...
    def hang_up(self, cause: Cause = ...) -> None: ...
    def ended(self) -> Awaitable[None]: ...

class AgentChoice:
    state: AgentState
    reason: str

class ContactInHand:
    contact: str
    channel: Channel
    queue: str
    state: AgentState
    since: timedelta
    ends: timedelta | None
    extension_left: timedelta
    needs_disposition: bool

class Capacity:
    units: int
    takes: dict[Channel, int]
    at_most: dict[Channel, int]
    def __init__(self, units: int = 1, *, takes: Mapping[Channel, int] = ...,
                 at_most: Mapping[Channel, int] = ...) -> None: ...

class Agent:
    id: str
    name: str
    state: AgentState
    reason: str
    since: timedelta
    pending: AgentChoice | None
    contacts: list[ContactInHand]
    skills: dict[str, int]
    def log_in(self) -> None: ...
    def log_out(self) -> None: ...
    def set_ready(self) -> None: ...
    def set_not_ready(self, reason: str) -> None: ...
    def cancel_pending(self) -> None: ...
    def heartbeat(self) -> None: ...
    def accept(self, contact: str) -> None: ...
    def decline(self, contact: str) -> None: ...
    def finish(self, contact: str) -> None: ...
    def finish_wrap_up(self) -> None: ...
    def want_wrap_up(self) -> None: ...
    def extend_wrap_up(self, by: Duration) -> None: ...
    def dispose(self, contact: str, code: str, note: str = "") -> None: ...
    def force(self, order: AgentOrder, by: str, why: str) -> None: ...

class Overflow:
    class When(Enum):
        full: Overflow.When; nobody: Overflow.When; long_wait: Overflow.When; waited: Overflow.When; key: Overflow.When
        closed: Overflow.When
    when: When
    after: timedelta
    key: str
    to: str
    target: str
    def __init__(self, when: When, *, after: Duration = 0, key: str = "", queue: str = "", mailbox: str = "",
                 prompt: str = "", closed: str | None = None, callback: bool = False) -> None: ...

class OpeningHours:
    def __init__(self, times: Sequence[str], *, zone: str = "", closed: Sequence[str] = (),
                 exceptions: Sequence[str] = ()) -> None: ...
    def open_at(self, time: str) -> bool: ...
    def next_opening(self, time: str) -> str | None: ...
    def next_closing(self, time: str) -> str | None: ...

class CallbackTerms:
    class First(Enum):
        agent: CallbackTerms.First; customer: CallbackTerms.First
    first: First
    tries: int
    retry_after: timedelta
    ring_time: timedelta
    from_: str
    numbers: list[str]
    confirm: bool
    limit: int
    hours: OpeningHours | None
    preference: int
    after_crash: bool
    def __init__(self, *, first: First = ..., tries: int = 3, retry_after: Duration = ..., ring_time: Duration = ...,
                 from_: str = "", numbers: Sequence[str] = (), confirm: bool = True, limit: int = 500,
                 hours: OpeningHours = ..., preference: int = 10, after_crash: bool = False) -> None: ...

class ConsideredAgent:
    agent: str
    refusal: Refusal
    detail: str
    score: float

class Explanation:
    class State(Enum):
        waiting: Explanation.State; held: Explanation.State; offered: Explanation.State
    contact: str
    queue: str
    state: State
    strategy: Strategy
    requirement: str
    position: int
    waited: timedelta
    changes_in: timedelta | None
    preferred: str
    offered_to: list[str]
    agents: list[ConsideredAgent]
    def in_words(self, language: str = "en") -> list[str]: ...

class QueueReport:
    entered: int
    answered: int
    abandoned: int
    timed_out: int
    waiting: int
    left_by_key: int
    callbacks: int
    unreached: int
    deserted: int
    refused: int
    flowed_out: dict[str, int]
    answered_in_time: int
    offers: int
    misses: int
    longest_wait: timedelta
    estimates: int
    close_estimates: int
    estimate_error: timedelta

class Queue:
    name: str
    waiting: list[str]
    def add(self, agent: Agent, level: int = 0) -> None: ...
    def remove(self, agent: Agent) -> None: ...
    @overload
    def serve(self, call: Call, reason: str, *, priority: int = 0,
              patience: Duration | None = None) -> Awaitable[Served]: ...
    @overload
    def serve(self, contact: Contact, *, priority: int = 0,
              patience: Duration | None = None) -> Awaitable[Served]: ...
    def call_back(self, to: str, *, from_: str = "", at: str | None = None, waited: Duration = 0, priority: int = 0,
                  reason: str = "", language: str = "", collected: Mapping[str, Value] = ...) -> Contact: ...
    def estimated_wait(self, priority: int = 0) -> timedelta | None: ...
    def report(self) -> QueueReport: ...
    def explain(self, contact: str, language: str = "en") -> Explanation: ...

class CallerEntry:
    number: str
    reason: str
    until: str | None
    by: str
    since: str | None
    def __init__(self, number: str, reason: str = "", until: str | None = None, by: str = "") -> None: ...

class CallerList:
    name: str
    blocks: bool
    entries: list[CallerEntry]
    def add(self, entry: CallerEntry) -> None: ...
    def remove(self, number: str, by: str, reason: str = "") -> None: ...
    def find(self, caller: str) -> CallerEntry | None: ...

class ServiceLevel(Enum):
    offered: ServiceLevel; answered: ServiceLevel; including_abandoned: ServiceLevel
    plus_late_abandoned: ServiceLevel; genesys: ServiceLevel

class Attribution(Enum):
    by_enqueue: Attribution; by_end: Attribution

class QueueFigures:
    begins: str
    length: timedelta
    waiting_at_start: int
    waiting_at_end: int
    offered: int
    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int
    short_abandoned: int
    flowed: int
    called_back: int
    offers: int
    offers_missed: int
    offers_withdrawn: int
    longest_wait: timedelta
    waiting_time: timedelta
    waits: list[timedelta]
    handled: int
    talked: timedelta
    held: timedelta
    wrapped_up: timedelta
    transferred: int
    ended: int
    conserved: bool
    speed_of_answer: timedelta | None
    mean_wait: timedelta | None
    time_to_abandon: timedelta | None
    abandonment: float | None
    abandonment_without_short: float | None
    handling_time: timedelta | None
    handling_time_per_contact: timedelta | None
    def service_level(self, formula: ServiceLevel = ...) -> float | None: ...
    def wait_percentile(self, share: float) -> timedelta | None: ...

class AgentFigures:
    begins: str
    length: timedelta
    ready: timedelta
    reserved: timedelta
    talked: timedelta
    held: timedelta
    wrapped_up: timedelta
    not_ready: timedelta
    handled: int
    offers: int
    offers_accepted: int
    logged_in: timedelta
    utilization: float | None
    answer_rate: float | None
    def occupancy(self, with_ringing: bool = True) -> float | None: ...

class KeyFigures:
    queues: list[str]
    agents: list[str]
    def __init__(self, *, interval: Duration = ..., target: Duration = ..., short_abandon: Duration = ...,
                 targets: Mapping[str, Duration] = ...) -> None: ...
    def apply(self, entry: JournalEntry) -> None: ...
    def advance(self, now: str) -> None: ...
    def queue(self, name: str, by: Attribution = ...) -> list[QueueFigures]: ...
    def agent(self, id: str) -> list[AgentFigures]: ...
    def agents_together(self) -> list[AgentFigures]: ...
    def queue_total(self, name: str) -> QueueFigures: ...
    def agents_total(self) -> AgentFigures: ...

class StaffingModel(Enum):
    erlang_b: StaffingModel; erlang_c: StaffingModel; erlang_a: StaffingModel

class StaffingForecast:
    waiting: float
    lost: float
    answered_in_time: float
    abandoned_in_time: float
    occupancy: float
    mean_wait: timedelta
    speed_of_answer: timedelta
    wait_if_any: timedelta
    sl_offered: float
    sl_answered: float
    sl_including_abandoned: float

def erlang_b(erlangs: float, lines: int) -> float: ...
def erlang_c(erlangs: float, agents: int) -> float: ...
def forecast(model: StaffingModel, *, per_hour: float, handling: Duration, agents: int, target: Duration = ...,
             patience: Duration = ...) -> StaffingForecast: ...
def agents_needed(model: StaffingModel, *, per_hour: float, handling: Duration, target: Duration = ...,
                  patience: Duration = ..., service_level: float = 0.8, occupancy: float = 1,
                  lost: float = 1) -> int: ...
def agents_scheduled(agents: int, shrinkage: float) -> int: ...

class Center:
    calls: int
    parked: list[ParkedCall]
    queues: list[Queue]
    agents: list[Agent]
    caller_lists: list[CallerList]
    def __init__(self, loop: Loop, journal: Journal, customers: CustomerStore, *, language: str = "en",
                 recordings: str = "", log_level: str = "warning", music: str = "",
                 parking_slots: Sequence[str] = ()) -> None: ...
    def add(self, driver: Driver) -> None: ...
    def serve(self, number: str, flow: Flow) -> None: ...
    def add_queue(self, name: str, *, offer_time: Duration = ..., misses_allowed: int = 1, wrap_up: Duration = ...,
                  wrap_up_mode: WrapUpMode = ..., wrap_up_extension: Duration = ...,
                  dispositions: Sequence[str] = (), disposition_mandatory: bool = False,
                  disposition_default: str = "", priority_worth: Duration = ..., limit: int = 500,
                  service_level: Duration = ..., music: str = "", position: str = "", wait: str = "",
                  handling_time: Duration = ..., announce_every: Duration = ..., record: bool = False,
                  overflows: Sequence[Overflow] = (), strategy: Strategy = ...,
                  score: Callable[[str, str], float] = ..., weight: float = 1,
                  fairness: Fairness = ..., service_level_goal: float = 0.8, hours: OpeningHours = ...,
                  callback: CallbackTerms = ..., resume_within: Duration = ...,
                  requirement: Requirement | str = "",
                  relaxed: Sequence[tuple[Duration, Requirement | str]] = ()) -> Queue: ...
    def add_agent(self, id: str, name: str, address: str, *, follows_phone: bool = False,
                  agrees_to_recording: bool = True, picks_up: Sequence[str] = (), skills: Mapping[str, int] = ...,
                  capacity: Capacity = ..., heartbeat_limit: Duration = ...,
                  heartbeat_grace: Duration = ...) -> Agent: ...
    def add_caller_list(self, name: str, *, kind: str = "blocked", cause: Cause = ..., prompt: str = "",
                        priority: int = 1, entries: Sequence[CallerEntry] = ()) -> CallerList: ...
    def caller_list(self, name: str) -> CallerList: ...
    def open(self, channel: Channel = ..., *, from_: str = "", to: str = "", reason: str = "", language: str = "",
             collected: Mapping[str, Value] = ...) -> Contact: ...
    def find_contact(self, id: str) -> Contact | None: ...
    def queue(self, name: str) -> Queue: ...
    def agent(self, id: str) -> Agent: ...
    def parked_call(self, slot: str) -> Call: ...
    def ringing_call(self, at: Agent) -> Call: ...
    def call(self, to: str, flow: Flow, ring_time: Duration = ...) -> Awaitable[Reached]: ...
    def recover(self) -> Awaitable[int]: ...
    def stop(self) -> Awaitable[None]: ...
    def close(self) -> None: ...
