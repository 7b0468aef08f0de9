// SPDX-License-Identifier: Apache-2.0
// The mailboxes of who has signed in: what waits in them, to be played, marked as heard and deleted.
import { button, byId, clock, element, fill, moment, user, words } from "./dom.js";
import { ask, attempt, signedIn, whenSigned } from "./session.js";

let mailboxes = [];
let asked = false, askAgain = false;

const path = (mailbox, message) => `api/mailboxes/${encodeURIComponent(mailbox)}/messages/${encodeURIComponent(message)}`;

async function change(mailbox, message, action) {
  mailboxes = await (await ask("POST", path(mailbox, message), { do: action })).json();
  showMailboxes();
}

/// What was left just now may not be in the archive yet.
async function soundOf(mailbox, message, tries = 5) {
  try {
    return await (await ask("GET", `${path(mailbox, message)}/audio`)).blob();
  } catch (error) {
    if (error.status !== 503 || tries === 1) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return soundOf(mailbox, message, tries - 1);
}

async function play(mailbox, message) {
  const sound = await soundOf(mailbox, message);
  const player = byId("message");
  if (player.src) URL.revokeObjectURL(player.src);
  player.src = URL.createObjectURL(sound);
  player.hidden = false;
  await player.play();
  await change(mailbox, message, "heard");
}

function messageRow({ mailbox, message }) {
  const text = words();
  const caller = user(message.from);
  const name = message.customer || message.name;
  const act = (key, work) => button(key, () => attempt(work));
  const row = element("tr", message.heard ? "" : "fresh",
    element("td", "", element("strong", "", mailbox)),
    element("td", "who", element("strong", "", name || caller || text.unknown), ...(name ? [element("small", "", caller)] : [])),
    element("td", "", moment(message.at)), element("td", "time", clock(message.length)),
    element("td", "acts", act("play", () => play(mailbox, message.id)), " ",
            ...(message.heard ? [] : [act("markHeard", () => change(mailbox, message.id, "heard")), " "]),
            act("remove", () => change(mailbox, message.id, "remove"))));
  row.dataset.message = message.id;
  return row;
}

export function showMailboxes() {
  byId("mailboxes").hidden = !signedIn() || mailboxes.length === 0;
  const all = mailboxes.flatMap(({ name, messages }) => messages.map((message) => ({ mailbox: name, message })));
  byId("messages-count").textContent = all.filter(({ message }) => !message.heard).length || "";
  fill("messages", all, messageRow);
}

/// Asks again when something has happened; one question at a time.
export async function refreshMailboxes() {
  askAgain = true;
  if (asked) return;
  asked = true;
  while (askAgain && signedIn()) {
    askAgain = false;
    await attempt(async () => { mailboxes = await (await ask("GET", "api/mailboxes")).json(); });
  }
  asked = false;
  showMailboxes();
}

whenSigned(() => {
  byId("message").hidden = true;
  byId("message").removeAttribute("src");
  mailboxes = [];
  showMailboxes();
  refreshMailboxes();
});
