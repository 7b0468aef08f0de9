// SPDX-License-Identifier: Apache-2.0
// The page as an agent's desk and a supervisor's: states, a chat from offer to its result, orders, why somebody waits.
import assert from "node:assert/strict";

import { gone, limit, shown } from "./browser.mjs";
import { stage } from "./stage.mjs";

const desks = `
[[queue]]
name = "chats"
wrap_up = "10min"
wrap_up_mode = "optional"
wrap_up_extension = "1min"
dispositions = ["sold", "lost"]
disposition_mandatory = true
[[agent]]
id = "2001"
name = "Anna"
follows_phone = false
queues = ["chats"]
heartbeat_limit = "3s"
[[user]]
name = "anna"
role = "agent"
agent = "2001"
token = "anna-token"
[[user]]
name = "ben"
role = "supervisor"
queues = ["chats"]
token = "ben-token"
[[user]]
name = "gateway"
role = "administrator"
token = "gateway-token"
`;

const { center, watched, page, told, signIn, play } = await stage("agents_page", desks);

const desk = () => page.locator("#desk");
const press = (name) => desk().getByRole("button", { name, exact: true }).click();
const isIn = (state) => shown(desk().locator(`.now .state.${state}`));
const anna = () => page.locator('#agents tr[data-agent="2001"]');

async function put(name) {
  const answer = await fetch(`${center.url}api/queues/chats/contacts`, {
    method: "POST", headers: { Authorization: "Bearer gateway-token" },
    body: JSON.stringify({ channel: "chat", from: `web:${name}`, name, reason: "my order" }) });
  assert.equal(answer.status, 201);
  return (await answer.json()).contact;
}

told("an agent who has signed in logs in and is ready", async () => {
  await page.goto(center.url);
  await shown(page.locator("#link.live"));
  assert.equal(await desk().isVisible(), false);
  await signIn("anna-token");
  await press("Log in");
  await isIn("not_ready");
  await press("Ready");
  await isIn("ready");
  assert.equal(await page.locator("#orders").isVisible(), false);
});

told("an open page is a sign of life: its agent stays ready", async () => {
  const sign = (request) => request.method() === "POST" && request.postData() === '{"do":"heartbeat"}';
  for (let signs = 0; signs < 4; ++signs) await page.waitForRequest(sign, { timeout: limit });
  await isIn("ready");
});

told("a chat is accepted on the page, and a break chosen meanwhile is pending and can be taken back", async () => {
  await put("Li");
  await shown(desk().locator(".hand.reserved", { hasText: "Li" }));
  await press("Accept");
  await isIn("busy");
  await press("break");
  await shown(desk().locator(".state.pending", { hasText: "then not ready · break" }));
  await watched.picture("busy");
  await press("Take back");
  await gone(desk().locator(".state.pending"));
});

told("wrap-up counts down, is extended, and ends once the result is given", async () => {
  const wish = page.waitForResponse((answer) => answer.request().postData() === '{"do":"want_wrap_up"}', { timeout: limit });
  await press("Notes afterwards");
  assert.equal((await wish).status(), 200);
  await press("Finish");
  await isIn("wrap_up");
  await page.waitForFunction(() => /^9:[0-5]\d$/.test(document.querySelector("#desk [data-until]")?.textContent), null, { timeout: limit });
  await press("+30 s");
  await page.waitForFunction(() => /^10:[0-2]\d$/.test(document.querySelector("#desk [data-until]")?.textContent), null, { timeout: limit });
  assert.equal(await desk().getByRole("button", { name: "Finish notes" }).count(), 0);
  await shown(desk().locator(".hand", { hasText: "Li" }));
  await watched.picture("wrap-up");
  await press("sold");
  await press("Finish notes");
  await isIn("ready");
});

told("the desk speaks Chinese", async () => {
  await press("lunch");
  await page.getByRole("button", { name: "中文" }).click();
  await shown(desk().getByText("未就绪 · 用餐"));
  await shown(desk().locator("h2", { hasText: "我的工作台" }));
  await watched.picture("desk-zh");
  await page.getByRole("button", { name: "English" }).click();
});

told("a supervisor sees why a chat waits and orders the agent to take it, with a reason", async () => {
  await put("Wang");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await signIn("ben-token");
  assert.equal(await desk().isVisible(), false);
  assert.equal(await page.locator("#calls").getByRole("button", { name: "Listen" }).count(), 0);
  await page.locator("#waiting tr", { hasText: "Wang" }).getByRole("button", { name: "Why?" }).click();
  await shown(page.locator("#why li", { hasText: "2001" }));
  await watched.picture("why");
  await anna().getByRole("button", { name: "Ready", exact: true }).click();
  await shown(page.getByText("why: expected text that is not empty"));
  await page.locator("#why-order").fill("they wait");
  await anna().getByRole("button", { name: "Ready", exact: true }).click();
  await shown(anna().locator(".state.reserved"));
  await anna().getByRole("button", { name: "Log out", exact: true }).click();
  await shown(anna().locator(".state.logged_out"));
});

told("the browser had nothing to complain about but what was refused", async () => {
  const refused = /Failed to load resource: the server responded with a status of 400/;
  assert.deepEqual(watched.faults.filter((fault) => !refused.test(fault)), []);
});

play("the agents' and supervisors' desks on the page");
