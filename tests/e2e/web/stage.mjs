// SPDX-License-Identifier: Apache-2.0
// A center, a page that looks at it, and the story that they tell.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { Story, Watched } from "./browser.mjs";
import { Center } from "./center.mjs";

/// Both are open when it returns, and closed when play() has told the story. Pictures are left under `name`;
/// `desks` is what the center's configuration has besides center.toml.
export async function stage(name, desks = "") {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `vcsr-${name}-`));
  const center = await Center.open(folder, desks);
  const watched = await Watched.open(name, folder).catch(async (error) => {
    await center.close();
    throw error;
  });
  const page = watched.page;
  const story = new Story(async () => {
    console.log(await page.locator("body").innerText(), "\n", center.story, "\n", watched.faults.join("\n"));
    await watched.picture("failed");
  });
  return {
    center, watched, page,
    told: (step, act) => story.told(step, act),
    async signIn(token) {
      await page.locator("#token").fill(token);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
    },
    play: (title) => test(title, { timeout: 240_000 }, async (run) => {
      try {
        await story.run(run);
      } finally {
        await watched.browser.close();
        await center.close();
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }),
  };
}
