// SPDX-License-Identifier: Apache-2.0
// The status page in a real browser, with a real agent's telephone and real calls.
import assert from "node:assert/strict";

import { gone, shown } from "./browser.mjs";
import { stage } from "./stage.mjs";

const { center, watched, page, told, play } = await stage("status_page");
const agent = (id, state) => page.locator(`#agents tr[data-agent="${id}"] .state.${state}`);
const picture = (name) => watched.picture(name);

told("an idle center shows who is there and that nothing happens", async () => {
  await page.goto(center.url);
  await shown(page.locator("#link.live"));
  await shown(agent("1001", "logged_out"));
  await shown(page.getByText("Nobody waits."));
  await shown(page.getByText("No open contacts."));
  assert.equal(await page.locator(".pop").count(), 0);
  await picture("idle");
});

told("an agent's telephone that registers makes the agent ready", async () => {
  center.phone("ring 2s; answer; tone 1850 300ms; expect hangup within 60s");
  await shown(agent("1001", "ready"));
});

/// Waits until the agent has answered, and hangs up after a time.
const talk = (time) => `expect tone 1850 within 60s; wait ${time}; hang up`;
const liNa = "+8613800000001";
let first, second;

told("the moment a call is offered the screen pop shows who calls, why, and what was entered", async () => {
  first = center.call(liNa, "expect voice; wait 2s; digits 1234; wait 2s; digits 3; expect voice; wait 3s; " +
                                 `digits 0; ${talk("10s")}`);
  await shown(agent("1001", "reserved"));
  const pop = page.locator('.pop.ringing[data-agent="1001"]');
  await shown(pop);
  const words = await pop.innerText();
  for (const word of ["rings at Wang Fang", "李娜 Li Na", "asked for a person", liNa, "62220001", "rates", "standard",
                      "verified by PIN", "Chinese", "First contact"])
    assert.ok(words.includes(word), `${word} is missing in the screen pop:\n${words}`);
  assert.match(await page.title(), /李娜/);
  await picture("ringing");
});

told("who waits meanwhile is listed with place and reason", async () => {
  await shown(agent("1001", "busy"));
  await shown(page.locator(".pop.talking", { hasText: "李娜 Li Na" }));
  second = center.call("+8613800000002", `expect voice; wait 2s; digits 0#; ${talk("2s")}`);
  const row = page.locator("#waiting tr", { hasText: "Anna Weber" });
  await shown(row);
  assert.match(await row.innerText(), /^1\s+Anna Weber\s+\+8613800000002\s+asked for a person\s+service\s+\d:\d\d$/);
  assert.equal(await page.locator('[data-tile="waiting"] b').innerText(), "1");
  await picture("waiting");
});

told("the talk is followed by wrap-up, and that by the next offer", async () => {
  await first.succeed();
  await shown(agent("1001", "wrap_up"));
  await shown(page.locator(".pop.afterwards", { hasText: "李娜 Li Na" }));
  await shown(page.locator(".pop.ringing", { hasText: "Anna Weber" }));
  await shown(page.locator('#waiting .state.reserved', { hasText: "rings at Wang Fang" }));
  await shown(page.locator(".pop.talking", { hasText: "Anna Weber" }));
  await second.succeed();
  await gone(page.locator("#calls tr"));
  await shown(agent("1001", "ready"));
});

told("the page speaks Chinese, and remembers it", async () => {
  await page.getByRole("button", { name: "中文" }).click();
  await shown(page.getByText("当前无人等待。"));
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  await page.reload();
  await shown(page.locator('#agents .state', { hasText: "就绪" }));
});

told("a customer who calls again brings the first contact along", async () => {
  second = center.call(liNa, `expect voice; wait 2s; digits 0#; ${talk("2s")}`);
  const pop = page.locator(".pop.ringing", { hasText: "李娜 Li Na" });
  await shown(pop);
  const past = await pop.locator(".before li").allInnerTexts();
  assert.equal(past.length, 1);
  for (const word of ["asked for a person", "人工已服务", "Wang Fang"]) assert.ok(past[0].includes(word), `${word} is missing in ${past[0]}`);
  await picture("again-zh");
  await shown(page.locator(".pop.talking"));
  await page.emulateMedia({ colorScheme: "dark" });
  await picture("talking-zh-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await second.succeed();
  await shown(agent("1001", "ready"));
  await page.getByRole("button", { name: "English" }).click();
});

told("an agent may have the screen to herself", async () => {
  await page.locator('#agents tr[data-agent="1001"] a').click();
  await shown(page.getByText("Screen of Wang Fang"));
  await page.getByRole("link", { name: "Show everybody" }).click();
  await gone(page.getByText("Screen of Wang Fang"));
});

told("nothing was polled, and the browser had nothing to complain about", async () => {
  const { requests, faults } = watched;
  assert.ok(requests.some((request) => request.resourceType() === "eventsource"));
  assert.deepEqual(requests.filter((request) => ["fetch", "xhr"].includes(request.resourceType())), []);
  assert.deepEqual(requests.filter((request) => !request.url().startsWith(center.url)), []);
  assert.deepEqual(faults, []);
});

told("a page that lost the center says so, and catches up when it is back", async () => {
  await center.stop();
  await shown(page.locator("#link.away"));
  await shown(page.getByText("The connection to the center is lost."));
  await picture("away");
  await center.start('\n[[agent]]\nid = "1003"\nname = "Zhao Min"\nqueues = ["service"]\n');
  await shown(page.locator("#link.live"));
  await shown(agent("1003", "logged_out"));
  assert.equal(await page.locator("#away").isVisible(), false);

  center.call("+8613800000003", "expect voice; wait 2s; digits 0#; wait 120s");
  await shown(page.locator("#waiting tr", { hasText: "张伟 Zhang Wei" }));
  await picture("caught-up");
});

play("the status page");
