// SPDX-License-Identifier: Apache-2.0
"use strict";

const texts = {
  en: {
    waiting: "Waiting", agents: "Agents", calls: "Open contacts", queue: "Queue", who: "Who", reason: "Why",
    time: "Since", name: "Name", state: "State", customer: "Talks with", number: "Called", nobody: "Nobody",
    offered: "rings at", taken: "talks with", from: "Number", verification: "Verified by", language: "Language",
    collected: "Entered", indicators: "Customer", history: "Before", unknown: "unknown customer",
    totals: (t) => `${t.open} open, ${t.arrived} arrived`, other: "中文",
    states: { logged_out: "logged out", not_ready: "not ready", ready: "ready", reserved: "ringing", busy: "talking",
              hold: "on hold", wrap_up: "wrap-up", waiting: "waiting", offered: "offered", connected: "talking",
              arrived: "arrived", answered: "in dialogue", dialogue: "in dialogue" },
  },
  zh: {
    waiting: "等待中", agents: "坐席", calls: "进行中的联络", queue: "队列", who: "客户", reason: "原因",
    time: "时长", name: "姓名", state: "状态", customer: "通话对象", number: "被叫号码", nobody: "无",
    offered: "正在振铃：", taken: "正在通话：", from: "号码", verification: "身份验证", language: "语言",
    collected: "已输入", indicators: "客户资料", history: "以往联络", unknown: "未知客户",
    totals: (t) => `进行中 ${t.open}，共到达 ${t.arrived}`, other: "English",
    states: { logged_out: "未登录", not_ready: "未就绪", ready: "就绪", reserved: "振铃", busy: "通话中",
              hold: "保持", wrap_up: "话后处理", waiting: "等待", offered: "振铃", connected: "通话中",
              arrived: "到达", answered: "自助服务", dialogue: "自助服务" },
  },
};

let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
let board = null;

const words = () => texts[language];
const byId = (id) => document.getElementById(id);

function element(tag, content, name) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...[].concat(content ?? ""));
  return made;
}

function user(address) {
  const match = /^[a-z]+:([^@;]*)/.exec(address || "");
  return match ? match[1] : address || "";
}

function lasted(since) {
  const cell = element("td", "", "time");
  cell.dataset.since = since || "";
  return cell;
}

function state(name, reason) {
  const label = words().states[name] || name;
  return element("td", element("span", reason ? `${label} (${reason})` : label, `state ${name}`));
}

function rows(id, list, make) {
  const empty = element("tr", Object.assign(element("td", words().nobody, "empty"), { colSpan: 5 }));
  byId(id).replaceChildren(...(list.length ? list.map(make) : [empty]));
}

function who(contact) {
  return contact.name ? `${contact.name} (${user(contact.from)})` : user(contact.from);
}

function facts(map) {
  return Object.entries(map || {}).map(([key, value]) => `${key}: ${value}`).join(", ");
}

function pop(contact, queue, agent, details, taken) {
  const text = words();
  const list = element("dl");
  const line = (title, value) => value && list.append(element("dt", title), element("dd", value));
  line(text.from, user(details.from));
  line(text.verification, details.verification);
  line(text.language, details.language);
  line(text.collected, facts(details.collected));
  line(text.indicators, facts(details.indicators));
  line(text.history, (details.history || []).map((past) =>
    element("div", `${past.began.slice(0, 16).replace("T", " ")} ${past.reason || past.channel}: ${past.outcome}`)));
  const title = `${details.name || text.unknown} – ${details.reason}`;
  const made = element("article", [element("h3", title), `${queue} · ${taken ? text.taken : text.offered} ${agent}`, list],
                       taken ? "pop taken" : "pop");
  made.dataset.contact = contact;
  return made;
}

function show() {
  if (!board) return;
  const text = words();
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.querySelectorAll("[data-text]").forEach((node) => { node.textContent = text[node.dataset.text]; });
  byId("language").textContent = text.other;
  byId("totals").textContent = text.totals(board.totals);
  const ringing = board.offers.map((offer) => pop(offer.contact, offer.queue, offer.agent, offer.pop, false));
  const offered = new Set(board.offers.map((offer) => offer.contact));
  const talking = board.agents.filter((agent) => agent.contact && agent.pop && !offered.has(agent.contact))
    .map((agent) => pop(agent.contact, agent.name, agent.id, agent.pop, true));
  byId("offers").replaceChildren(...ringing, ...talking);
  rows("waiting", board.waiting, (one) => element("tr", [element("td", String(one.position)), element("td", one.queue),
    element("td", who(one)), element("td", one.reason), lasted(one.since)]));
  rows("agents", board.agents, (one) => element("tr", [element("td", one.id), element("td", one.name),
    state(one.state, one.reason), lasted(one.since), element("td", one.pop ? one.pop.name || user(one.pop.from) : "")]));
  rows("calls", board.calls, (one) => element("tr", [element("td", who(one)), element("td", user(one.to)),
    state(one.state), element("td", one.reason), lasted(one.since)]));
  tick();
}

function tick() {
  document.querySelectorAll("td.time").forEach((cell) => {
    if (!cell.dataset.since) return;
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(cell.dataset.since)) / 1000));
    cell.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  });
}

byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  show();
});

const stream = new EventSource("events");
stream.addEventListener("open", () => { byId("link").className = ""; });
stream.addEventListener("error", () => { byId("link").className = "away"; });
stream.addEventListener("board", (event) => { board = JSON.parse(event.data); show(); });
setInterval(tick, 1000);
