// SPDX-License-Identifier: Apache-2.0
// What who has signed in does on the page: hears messages, marks and deletes them, and listens to a call.
import assert from "node:assert/strict";

import { gone, limit, shown } from "./browser.mjs";
import { stage } from "./stage.mjs";

const desks = `
[[mailbox]]
name = "sales"
silence = "1s"
review = false
[[queue]]
name = "cards"
record = true
wrap_up = "0s"
[[agent]]
id = "1004"
name = "Zhao Min"
password = "river-bank"
queues = ["cards"]
[[number]]
dial = "7001"
flow = "voicemail"
mailbox = "sales"
[[number]]
dial = "7002"
flow = "queue"
queue = "cards"
[[user]]
name = "ben"
role = "supervisor"
queues = ["cards"]
token = "ben-token"
[[user]]
name = "ida"
role = "auditor"
token = "ida-token"
[[user]]
name = "max"
role = "administrator"
token = "max-token"
`;

const { center, watched, page, told, signIn, play } = await stage("desk_page", desks);

const named = (name) => page.getByRole("button", { name, exact: true });
const leave = (number, hertz) =>
  center.call(number, `expect tone 1000 within 60s; wait 500ms; tone ${hertz} 6s; expect hangup within 60s`, "7001");

/// Puts an ear to the player; from then on what it plays can be measured.
const overhear = (player) => page.evaluate(async (id) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaElementSource(document.getElementById(id)).connect(analyser).connect(context.destination);
  window.ears = { ...window.ears, [id]: analyser };
  await context.resume();
}, player);

/// Until this tone is the loudest of what is heard.
const hears = (player, hertz) => page.waitForFunction(([id, wanted]) => {
  const ear = window.ears[id];
  const levels = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  return levels[loudest] > -50 && Math.abs(loudest * ear.context.sampleRate / ear.fftSize - wanted) < 20;
}, [player, hertz], { timeout: limit, polling: 50 });

const plays = (player, seconds) => page.waitForFunction(
  ([id, least]) => document.getElementById(id).currentTime > least, [player, seconds], { timeout: limit, polling: 50 });

told("who has not signed in sees no mailboxes, and a wrong token is told so", async () => {
  await page.goto(center.url);
  await shown(page.locator("#link.live"));
  await shown(named("Sign in"));
  assert.equal(await page.locator("#mailboxes").isVisible(), false);
  await signIn("guess");
  await shown(page.getByText("expected a user's token"));
  assert.equal(await page.locator("#mailboxes").isVisible(), false);
});

told("a message that is left while the page is open shows there, and is heard in the browser", async () => {
  await signIn("max-token");
  await shown(page.getByText("No messages."));
  const caller = leave("+8613800000001", 1450);
  const row = page.locator("#messages tr.fresh", { hasText: "+8613800000001" });
  await shown(row);
  await caller.succeed();
  assert.equal(await page.locator("#messages-count").innerText(), "1");
  await watched.picture("message");
  await overhear("message");
  await row.getByRole("button", { name: "Play" }).click();
  await hears("message", 1450);
  await plays("message", 1);
  await gone(page.locator("#messages tr.fresh"));
  assert.equal(await page.locator("#messages tr").count(), 1);
});

told("messages are marked as heard and deleted, in Chinese as well", async () => {
  await leave("+8613800000002", 1600).succeed();
  const row = page.locator("#messages tr", { hasText: "+8613800000002" });
  await row.getByRole("button", { name: "Mark as heard" }).click();
  await gone(page.locator("#messages tr.fresh"));
  await page.getByRole("button", { name: "中文" }).click();
  await shown(page.locator("#mailboxes h2", { hasText: "留言箱" }));
  await watched.picture("mailboxes-zh");
  await row.getByRole("button", { name: "删除" }).click();
  await gone(row);
  await page.getByRole("button", { name: "English" }).click();
  await page.locator("#messages tr").getByRole("button", { name: "Delete" }).click();
  await shown(page.getByText("No messages."));
});

told("a supervisor hears with one click what a caller says, live", async () => {
  await named("Sign out").click();
  await gone(page.locator("#messages tr"));
  center.phone("answer; tone 1850 300ms; wait 120s", "1004");
  await shown(page.locator('#agents tr[data-agent="1004"] .state.ready'));
  center.call("+8613800000003", "expect tone 1850 within 60s; tone 800 120s", "7002");
  const row = page.locator("#calls tr", { hasText: "+8613800000003" });
  await shown(row.locator(".state.talking"));
  assert.equal(await named("Listen").count(), 0);

  await signIn("ben-token");
  await overhear("live");
  await row.getByRole("button", { name: "Listen" }).click();
  await shown(page.locator("#listening"));
  await hears("live", 800);
  await plays("live", 2);
  await watched.picture("listening");
  await named("Stop").click();
  assert.equal(await page.locator("#listening").isVisible(), false);
});

told("an auditor has no right to listen, and is told so", async () => {
  await named("Sign out").click();
  await signIn("ida-token");
  await page.locator("#calls tr").getByRole("button", { name: "Listen" }).click();
  await shown(page.getByText('ida (auditor) lacks the right "overhear"'));
  assert.equal(await page.locator("#listening").isVisible(), false);
});

told("the browser had nothing to complain about but what was refused", async () => {
  const refused = /Failed to load resource: the server responded with a status of (401|403)/;
  assert.deepEqual(watched.faults.filter((fault) => !refused.test(fault)), []);
  const strangers = watched.requests.filter((request) => !request.url().replace(/^blob:/, "").startsWith(center.url));
  assert.deepEqual(strangers, []);
});

play("the desks on the page");
