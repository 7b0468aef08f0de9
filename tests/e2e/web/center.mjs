// SPDX-License-Identifier: Apache-2.0
// A bank's center with ports and a folder of its own, and the telephones around it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const root = path.resolve(here, "../../..");
export const build = process.env.VCSR_BUILD || path.join(root, "build", "dev");
export const vcsr = path.join(build, "bin", "vcsr");

/// A program whose output is kept; it ends with the test, whatever happens.
class Program {
  constructor(name, ...command) {
    this.name = name;
    this.output = "";
    this.process = spawn(vcsr, command.map(String), { stdio: ["ignore", "pipe", "pipe"] });
    process.on("exit", () => this.process.kill("SIGKILL"));
    this.over = once(this.process, "exit").then(([status, signal]) => status ?? signal);
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.setEncoding("utf8").on("data", (text) => { this.output += text; });
  }

  /// Waits until the output has it.
  async line(pattern) {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      const more = await Promise.race([once(this.process.stdout, "data"), this.over.then(() => null)]);
      if (!more && !pattern.test(this.output)) throw new Error(`${this.name} ended without ${pattern}:\n${this.output}`);
    }
  }

  async succeed() {
    const status = await this.over;
    if (status !== 0) throw new Error(`${this.name} ended with ${status}:\n${this.output}`);
  }

  async stop(signal = "SIGINT") {
    if (this.process.exitCode === null) this.process.kill(signal);
    await this.over;
  }
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export class Center {
  #started = [];

  /// Takes any free ports and keeps them over restarts.
  static async open(folder, more = "") {
    const center = new Center();
    center.folder = folder;
    center.values = { FOLDER: folder, EXAMPLES: path.join(root, "examples"), SIP_PORT: 0, WEB_PORT: await freePort() };
    await center.start(more);
    return center;
  }

  async start(more = "") {
    const config = path.join(this.folder, "center.toml");
    const form = fs.readFileSync(path.join(here, "center.toml"), "utf8") + more;
    fs.writeFileSync(config, form.replace(/@([A-Z_]+)@/g, (_, name) => this.values[name]));
    this.program = this.#run("center", "serve", config);
    const [, port, url] = await this.program.line(/SIP on [\d.]+:(\d+), page on (\S+\/)/);
    this.values.SIP_PORT = Number(port);
    this.url = url;
  }

  stop() {
    return this.program.stop();
  }

  /// An agent's telephone: every call it gets goes like the script.
  phone(script, agent = "1001") {
    return this.#run(`phone ${agent}`, "phone", "--register", `${agent}@127.0.0.1:${this.values.SIP_PORT}`, "--password",
                     "river-bank", "-e", script);
  }

  call(number, script, dialled = "6000") {
    return this.#run(`caller ${number}`, "call", `sip:${dialled}@127.0.0.1:${this.values.SIP_PORT}`, "--from",
                     `sip:${number}@127.0.0.1`, "-e", script);
  }

  #run(name, ...command) {
    const program = new Program(name, ...command);
    this.#started.push(program);
    return program;
  }

  async close() {
    for (const program of this.#started.reverse()) await program.stop("SIGKILL");
  }

  get story() {
    return this.#started.map((program) => `--- ${program.name}\n${program.output}`).join("\n");
  }
}
