// SPDX-License-Identifier: Apache-2.0
import { byId, clock, element, fill, moment, speak, spoken, user, words } from "./dom.js";
import { orderButtons, pendingBadge, pendingOf, refreshDesk, seesQueues, showDesk, supervises, whenDeskChanges, whyButton } from "./desk.js";
import { listenButton } from "./listening.js";
import { refreshMailboxes, showMailboxes } from "./mailboxes.js";
import { showSession, signedIn, whenSigned } from "./session.js";

let board = null;
let link = "connecting";

const chosenAgent = () => decodeURIComponent(location.hash.slice(1));

const secondsSince = (moment) => (Date.now() - Date.parse(moment)) / 1000;

function lasting(tag, since) {
  const made = element(tag, "time");
  if (since) made.dataset.since = since;
  return made;
}

function languageName(code) {
  try {
    return new Intl.DisplayNames([spoken()], { type: "language" }).of(code);
  } catch {
    return code;
  }
}

function state(name, reason) {
  const label = words().states[name] || name;
  const why = reason && (words().reasons[reason] || reason);
  return element("span", `state ${name}`, why ? `${label} · ${why}` : label);
}

function agentName(id) {
  const agent = board.agents.find((one) => one.id === id);
  return agent && agent.name ? agent.name : id;
}

function who(one) {
  const number = user(one.from);
  if (!one.name) return element("td", "who", element("strong", "", number || words().unknown));
  return element("td", "who", element("strong", "", one.name), element("small", "", number));
}

/// Values of any kind; nested ones as JSON.
function facts(map) {
  const shown = (value) => (value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));
  return Object.entries(map || {}).map(([key, value]) =>
    element("span", "fact", element("small", "", key.replaceAll("_", " ")), shown(value)));
}

function past(record) {
  const text = words();
  const outcome = text.outcomes[record.outcome] || record.outcome;
  const by = record.agent ? ` · ${agentName(record.agent)}` : "";
  return element("li", "", element("time", "", moment(record.began)),
                 element("span", "", record.reason || record.channel), element("small", "", outcome + by));
}

/// Who calls, why, what was entered and what came before.
function pop({ contact, agent, since, phase, details }) {
  const text = words();
  const list = element("dl", "");
  const line = (title, ...content) => content.length && list.append(element("dt", "", title), element("dd", "", ...content));
  line(text.number, user(details.from));
  const known = details.indicators || {};
  line(text.entered, ...facts(Object.fromEntries(Object.entries(details.collected).filter(([key, value]) => known[key] !== value))));
  line(text.indicators, ...facts(known));
  line(text.language, languageName(details.language));
  if (details.waited >= 1) line(text.waited, clock(details.waited));
  const history = details.history || [];
  const before = element("div", "before", element("h4", "", text.history),
    history.length ? element("ol", "", ...history.map(past)) : element("p", "", text.noHistory));
  const made = element("article", `pop ${phase}`,
    element("p", "whose", element("span", "dot"), element("span", "", `${text[phase]} ${agentName(agent)}`), lasting("span", since)),
    element("h2", "", details.name || user(details.from) || text.unknown,
            element("span", `verified ${details.verification}`, text.verifications[details.verification] || details.verification)),
    element("p", "why", details.reason || text.noReason), element("div", "details", list, before));
  made.dataset.contact = contact;
  made.dataset.agent = agent;
  return made;
}

/// What rings comes first; the talks and what is left to write down after them follow.
function pops() {
  const ringing = board.offers.map((offer) =>
    ({ contact: offer.contact, agent: offer.agent, since: offer.since, phase: "ringing", details: offer.pop }));
  const phases = { busy: "talking", hold: "talking", wrap_up: "afterwards" };
  const others = board.agents.filter((agent) => agent.pop && phases[agent.state]).map((agent) =>
    ({ contact: agent.contact, agent: agent.id, since: agent.since, phase: phases[agent.state], details: agent.pop }));
  const order = ["talking", "afterwards"];
  others.sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
  return [...ringing, ...others].filter((one) => !chosenAgent() || one.agent === chosenAgent());
}

function tile(name, number, label, alert) {
  const made = element("div", alert ? "tile alert" : "tile", element("b", "", String(number)), element("span", "", label));
  made.dataset.tile = name;
  return made;
}

function tiles() {
  const text = words();
  const count = (...states) => board.agents.filter((agent) => states.includes(agent.state)).length;
  const outcomes = board.totals.outcomes;
  const since = board.waiting.map((one) => one.since).sort()[0];
  const loggedIn = board.agents.length - count("logged_out");
  return [
    ["waiting", board.waiting.length, since ? text.longest(clock(secondsSince(since))) : text.waitingNow, board.waiting.length > 0],
    ["talking", count("busy", "hold"), text.talks],
    ["ready", count("ready"), text.ready(loggedIn), board.waiting.length > 0 && count("ready") === 0],
    ["open", board.totals.open, text.open(board.totals.arrived)],
    ["served", outcomes.served || 0, text.served],
    ["self_served", outcomes.self_served || 0, text.selfServed],
    ["abandoned", outcomes.abandoned || 0, text.gaveUp],
  ];
}

function waitingRow(one) {
  const offer = board.offers.find((each) => each.contact === one.contact);
  const ringing = offer ? [element("span", "state reserved", `${words().ringing} ${agentName(offer.agent)}`)] : [];
  const why = one.explained ? [" ", whyButton(one)] : [];
  return element("tr", "", element("td", "number place", String(one.position)), who(one),
                 element("td", "", one.reason || "–", " ", ...ringing, ...why), element("td", "", one.queue), lasting("td", one.since));
}

function agentRow(one) {
  const name = element("a", "", element("strong", "", one.name || one.id), element("small", "", one.name ? one.id : ""));
  name.href = `#${encodeURIComponent(one.id)}`;
  const row = element("tr", "", element("td", "who", name), element("td", "", state(one.state, one.reason), ...pendingBadge(one.id), ...orderButtons(one)), lasting("td", one.since));
  row.dataset.agent = one.id;
  return row;
}

function callRow(one) {
  const by = one.state === "talking" && one.agent ? [" ", element("small", "", agentName(one.agent))] : [];
  const listen = one.audible ? [" ", listenButton(one.contact, one.name || user(one.from))] : [];
  return element("tr", "", who(one), element("td", "", state(one.state), ...by, ...listen), element("td", "", one.reason || "–"),
                 element("td", "", user(one.to)), lasting("td", one.since));
}

function queueRow(one) {
  const number = (value) => element("td", "number", String(value || 0));
  return element("tr", "", element("td", "", element("strong", "", one.name)), number(one.waiting),
                 number(one.counts.answered), number(one.counts.abandoned));
}

function showWords() {
  const text = words();
  document.documentElement.lang = spoken() === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = text[node.dataset.text];
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", text[node.dataset.label]);
  byId("language").textContent = text.other;
  byId("link").textContent = { live: text.live, connecting: text.connecting, away: text.awayShort }[link];
  byId("link").className = link;
  byId("away").hidden = link !== "away";
  document.body.classList.toggle("stale", link === "away");
}

function showChosenAgent() {
  const all = element("a", "", words().everybody);
  all.href = "#";
  byId("screen-of").replaceChildren(...(chosenAgent() ? [`${words().screenOf} `, element("strong", "", agentName(chosenAgent())), " ", all] : []));
}

function show() {
  showWords();
  if (!board) return;
  document.body.classList.remove("loading");
  showChosenAgent();
  showSession(board.sign_in);
  showMailboxes();
  byId("trouble").hidden = board.trouble.length === 0;
  byId("trouble").textContent = board.trouble.join("\n");
  fill("offers", pops(), pop);
  showDesk(board);
  fill("waiting", board.waiting.map((one) => ({ ...one, explained: seesQueues(), offer: board.offers.find((each) => each.contact === one.contact) })), waitingRow);
  fill("agents", board.agents.map((one) => ({ ...one, pending: pendingOf(one.id), ordered: supervises() })), agentRow);
  fill("calls", board.calls.map((one) => ({ ...one, with: agentName(one.agent), audible: one.channel === "voice" && signedIn() && board.sign_in })), callRow);
  fill("queues", board.queues, queueRow);
  byId("waiting-count").textContent = board.waiting.length || "";
  byId("calls-count").textContent = board.totals.open || "";
  byId("agents-count").textContent = board.agents.length || "";
  const ringing = pops().find((one) => one.phase === "ringing");
  document.title = ringing ? `☎ ${ringing.details.name || user(ringing.details.from)} · vcsr` : "vcsr";
  tick();
}

function tick() {
  if (!board) return;
  fill("totals", tiles(), (one) => tile(...one));
  for (const node of document.querySelectorAll("[data-since]")) node.textContent = clock(secondsSince(node.dataset.since));
  for (const node of document.querySelectorAll("[data-until]")) node.textContent = clock(-secondsSince(node.dataset.until));
}

byId("language").addEventListener("click", () => {
  speak(spoken() === "zh" ? "en" : "zh");
  show();
});
addEventListener("hashchange", show);
whenSigned(show);
whenDeskChanges(show);

const stream = new EventSource("events");
const linkIs = (name) => () => {
  link = name;
  showWords();
};
stream.addEventListener("open", linkIs("live"));
stream.addEventListener("error", linkIs("away"));
stream.addEventListener("board", (event) => {
  board = JSON.parse(event.data);
  show();
  refreshMailboxes();
  refreshDesk();
});
setInterval(tick, 1000);
show();
