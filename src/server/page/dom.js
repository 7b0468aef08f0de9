// SPDX-License-Identifier: Apache-2.0
// What all parts of the page are made with.
import { texts } from "./words.js";

let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export const spoken = () => language;
export const words = () => texts[language];
export const byId = (id) => document.getElementById(id);

export function speak(other) {
  language = other;
  localStorage.setItem("language", language);
}

export function element(tag, name, ...content) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...content);
  return made;
}

/// Leaves what has not changed as it is: a selection in it stays, and it is not announced again.
export function fill(id, list, make) {
  const picture = language + JSON.stringify(list);
  const parent = byId(id);
  if (parent.picture === picture) return;
  parent.picture = picture;
  parent.replaceChildren(...list.map(make));
}

/// "sip:+8613800000001@127.0.0.1" → "+8613800000001"
export function user(address) {
  const match = /^[a-z]+:([^@;]*)/.exec(address || "");
  return match ? match[1] : address || "";
}

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const tail = String(whole % 60).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}:${tail}`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, "0")}:${tail}`;
}

export function moment(iso) {
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" })
    .format(new Date(iso));
}

/// `key` of the words is its label; `act` is done when it is pressed.
export function button(key, act) {
  const made = element("button", key, words()[key]);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
