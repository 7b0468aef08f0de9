// SPDX-License-Identifier: Apache-2.0
// A real browser, and a story that is told step by step. Exits with 77 where browser or driver are missing.
import fs from "node:fs";
import path from "node:path";

import { build, vcsr } from "./center.mjs";

const browserPath = "/usr/bin/chromium";
const browserOptions = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
export const limit = 60_000; // never reached where all is well, also on a busy machine

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

const playwright = await import("playwright-core").catch(() => null);
if (!playwright) skip("playwright-core is missing: run `npm ci` in tests/e2e/web, or `make deps`");
if (!fs.existsSync(browserPath)) skip(`${browserPath} is missing: run \`make deps\``);
if (!fs.existsSync(vcsr)) throw new Error(`${vcsr} is missing: build it, or set VCSR_BUILD to the folder with bin/vcsr`);

export const shown = (locator) => locator.first().waitFor({ state: "visible", timeout: limit });
export const gone = (locator) => locator.first().waitFor({ state: "detached", timeout: limit });

/// A page, with what the browser complains about (scripts, policy, requests) and what it asks for. Pictures
/// of what was seen are left in VCSR_BUILD/<name>/.
export class Watched {
  faults = [];
  requests = [];

  static async open(name, folder) {
    const watched = new Watched();
    watched.pictures = path.join(build, name);
    fs.rmSync(watched.pictures, { recursive: true, force: true });
    fs.mkdirSync(watched.pictures, { recursive: true });
    watched.browser = await playwright.chromium.launchPersistentContext(path.join(folder, "profile"), {
      executablePath: browserPath, headless: true, args: browserOptions, locale: "en-US", viewport: { width: 1280, height: 800 } });
    watched.page = watched.browser.pages()[0] ?? await watched.browser.newPage();
    watched.page.on("console", (message) =>
      ["error", "warning"].includes(message.type()) && watched.faults.push(message.text()));
    watched.page.on("pageerror", (error) => watched.faults.push(String(error)));
    watched.page.on("request", (request) => watched.requests.push(request));
    await watched.page.addInitScript(() => addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
    return watched;
  }

  picture(name) {
    return this.page.screenshot({ path: path.join(this.pictures, `${name}.png`), fullPage: true });
  }
}

/// Steps in their order. The first failure ends the story: what follows would only repeat it.
export class Story {
  #steps = [];
  #broken = false;

  /// `explain` is told what went wrong.
  constructor(explain) {
    this.explain = explain;
  }

  told(name, step) {
    this.#steps.push([name, async (run) => {
      if (this.#broken) return run.skip("an earlier step failed");
      try {
        await step();
      } catch (error) {
        this.#broken = true;
        await this.explain();
        throw error;
      }
    }]);
  }

  async run(run) {
    for (const [name, step] of this.#steps) await run.test(name, step);
  }
}
