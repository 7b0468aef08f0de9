// SPDX-License-Identifier: Apache-2.0
// The desk of an agent who has signed in, and what a supervisor may order.
import { button, byId, element, fill, spoken, words } from "./dom.js";
import { ask, attempt, signedIn, whenSigned } from "./session.js";

let me = null;
let agents = [];
let changed = () => {};
let asked = false, askAgain = false;
let alive = null;

/// `act` is called whenever there is something new to show.
export const whenDeskChanges = (act) => { changed = act; };

export const supervises = () => Boolean(me?.supervises);
export const seesQueues = () => me !== null && me.role !== "agent";
export const pendingOf = (id) => agents.find((one) => one.id === id)?.pending ?? null;

const own = () => (me?.role === "agent" ? agents.find((one) => one.id === me.agent) : undefined);

async function order(id, fields) {
  const agent = await (await ask("POST", `api/agents/${encodeURIComponent(id)}`, fields)).json();
  agents = agents.map((one) => (one.id === id ? agent : one));
  changed();
}

/// `key` of the words is its label; in place of that `label` is.
function orderButton(key, id, fields, label) {
  const made = button(key, () => attempt(() => order(id, fields)));
  if (label !== undefined) made.textContent = label;
  return made;
}

export function reasonWords(reason) {
  return words().reasons[reason] || reason;
}

function whatFollows({ state, reason }) {
  const label = words().states[state] || state;
  return reason ? `${label} · ${reasonWords(reason)}` : label;
}

export function pendingBadge(id) {
  const pending = pendingOf(id);
  return pending ? [" ", element("span", "state pending", `${words().then} ${whatFollows(pending)}`)] : [];
}

/// What a supervisor may make of an agent; the reason stands in the field above.
export function orderButtons(agent) {
  if (!supervises() || agent.state === "logged_out") return [];
  const force = (name) => {
    const made = button(`force_${name}`, () => attempt(() =>
      order(agent.id, { do: "force", order: name, why: byId("why-order").value.trim() })));
    made.className = "force";
    return made;
  };
  return [element("div", "acts", ...["ready", "not_ready", "log_out", "free"].map(force))];
}

function choices(agent) {
  const id = agent.id;
  if (agent.state === "logged_out") return [orderButton("logIn", id, { do: "log_in" })];
  const ready = agent.state === "ready" ? [] : [orderButton("beReady", id, { do: "ready" })];
  const reasons = me.not_ready_reasons.map((reason) =>
    orderButton("notReady", id, { do: "not_ready", reason }, reasonWords(reason)));
  return [...ready, element("span", "", words().notReadyFor), ...reasons, orderButton("logOut", id, { do: "log_out" })];
}

function notes(agent, one) {
  const left = element("span", "time");
  if (one.ends) left.dataset.until = one.ends;
  const more = Math.min(30, one.extension_left);
  const extend = one.ends && more > 0 ? [orderButton("extend", agent.id, { do: "extend", by: more }, `+${more} s`)] : [];
  const may = one.wrap_up_mode !== "forced" && !one.needs_disposition;
  const finish = may ? [orderButton("endNotes", agent.id, { do: "finish_wrap_up" })] : [];
  return [left, ...extend, ...finish];
}

function acts(agent, one) {
  const by = (key, action) => orderButton(key, agent.id, { do: action, contact: one.contact });
  const call = !one.by_hand; // its telephone takes and ends it
  if (one.state === "reserved") return [...(call ? [] : [by("accept", "accept")]), by("decline", "decline")];
  if (one.state === "wrap_up") return notes(agent, one);
  const wish = one.wrap_up_mode === "optional" ? [orderButton("wantNotes", agent.id, { do: "want_wrap_up" })] : [];
  return [...(call ? [] : [by("finish", "finish")]), ...wish];
}

function dispositions(agent, one) {
  if (one.dispositions.length === 0 || one.state === "reserved") return [];
  const buttons = one.dispositions.map((code) =>
    orderButton("disposition", agent.id, { do: "dispose", contact: one.contact, code }, code));
  const wanted = one.needs_disposition ? "needed" : "";
  return [element("div", "codes", element("span", wanted, words().result), ...buttons)];
}

function inHand(agent, one) {
  const text = words();
  const made = element("article", `hand ${one.state}`, element("strong", "", text.channels[one.channel] || one.channel),
    element("span", "", one.who || ""), element("small", "", one.queue),
    element("span", `state ${one.state}`, text.states[one.state] || one.state), ...acts(agent, one), ...dispositions(agent, one));
  made.dataset.contact = one.contact;
  return made;
}

function desk(agent) {
  const reason = agent.reason ? ` · ${reasonWords(agent.reason)}` : "";
  const badge = element("span", `state ${agent.state}`, (words().states[agent.state] || agent.state) + reason);
  const since = element("span", "time");
  since.dataset.since = agent.since;
  const back = agent.pending ? [orderButton("takeBack", agent.id, { do: "cancel" })] : [];
  return element("div", "", element("p", "now", badge, since, ...pendingBadge(agent.id), ...back),
                 element("p", "choices", ...choices(agent)), ...agent.contacts.map((one) => inHand(agent, one)));
}

/// The board knows who the contacts are: those that are open, and the one whose notes are written.
export function showDesk(board) {
  const agent = own();
  byId("desk").hidden = !agent;
  byId("orders").hidden = !supervises();
  byId("why-order").placeholder = words().whyOrder;
  if (!agent) return fill("desk-body", [], desk);
  const named = (contact) => {
    const call = board.calls.find((one) => one.contact === contact) ?? board.agents.find((one) => one.contact === contact)?.pop;
    return call ? call.name || call.from : "";
  };
  fill("desk-body", [{ ...agent, contacts: agent.contacts.map((one) => ({ ...one, who: named(one.contact) })) }], desk);
}

/// Signs of life, as often as the center wants them.
function live() {
  clearInterval(alive);
  alive = null;
  const agent = own();
  if (!agent || agent.heartbeat_every <= 0) return;
  alive = setInterval(() => {
    // One that is lost says nothing that the next will not say.
    if (own()?.state !== "logged_out") order(agent.id, { do: "heartbeat" }).catch(() => {});
  }, agent.heartbeat_every * 1000);
}

/// Asks again when something has happened; one question at a time.
export async function refreshDesk() {
  askAgain = true;
  if (asked) return;
  asked = true;
  while (askAgain && signedIn()) {
    askAgain = false;
    await attempt(async () => {
      if (!me) me = await (await ask("GET", "api/me")).json();
      agents = await (await ask("GET", "api/agents")).json();
      if (!alive) live();
    });
  }
  asked = false;
  changed();
}

async function why({ contact, queue }) {
  const path = `api/queues/${encodeURIComponent(queue)}/contacts/${encodeURIComponent(contact)}/why?language=${spoken()}`;
  const told = await (await ask("GET", path)).json();
  byId("why-lines").replaceChildren(...told.words.map((line) => element("li", "", line)));
  byId("why").hidden = false;
}

export const whyButton = (waiting) => button("why", () => attempt(() => why(waiting)));

byId("close-why").addEventListener("click", () => { byId("why").hidden = true; });
whenSigned(() => {
  me = null;
  agents = [];
  live();
  byId("why").hidden = true;
  refreshDesk();
});
