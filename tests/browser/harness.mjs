// What the browser tests share: a site of their own in a temporary folder, a Chromium that reaches nothing but that site, and a way to say what failed.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-browser-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function run(program, ...args) {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 << 20 });
}

// Serves a site folder on a free port, or where `--listen` says; resolves with its origin once the server says that it listens.
export function serve(program, site, ...args) {
  const listen = args.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
  const server = spawn(program, ["serve", site, ...listen, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => server.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let output = "";
    server.stdout.on("data", (chunk) => {
      output += chunk;
      const line = output.match(/listening on (http:\/\/\S+)/);
      if (line) resolve({ origin: line[1], stop: () => new Promise((done) => (server.once("exit", done), server.kill("SIGTERM"))) });
    });
    server.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// Collects failures, so that one run shows them all.
export class Verdict {
  failures = [];
  passed = 0;
  check(claim, holds, detail = "") {
    if (holds) this.passed++;
    else this.failures.push(detail ? `${claim}: ${detail}` : claim);
  }
  end() {
    for (const failure of this.failures.slice(0, 100)) console.log(`FAILED  ${failure}`);
    if (this.failures.length > 100) console.log(`and ${this.failures.length - 100} more`);
    console.log(`${this.passed} passed, ${this.failures.length} failed`);
    process.exit(this.failures.length === 0 ? 0 : 1);
  }
}

// The demonstration site, made by the program's own commands.
export function makeDemo(program) {
  const site = join(temporaryFolder(), "demo");
  run(join(root, "script", "demo-site"), program, site);
  return site;
}

// All pages that can be reached from `start` by links, at most `most`: a map from path to { status, html }.
export async function crawl(origin, start = "/", most = 2000) {
  const seen = new Map();
  const queue = [start];
  while (queue.length > 0 && seen.size < most) {
    const path = queue.shift();
    if (seen.has(path)) continue;
    const answer = await fetch(origin + path, { redirect: "follow" });
    const type = answer.headers.get("content-type") ?? "";
    const html = type.startsWith("text/html") ? await answer.text() : (await answer.arrayBuffer(), null);
    seen.set(path, { status: answer.status, html, headers: answer.headers });
    for (const [, href] of html?.matchAll(/(?:href|src)="([^"]*)"/g) ?? []) {
      const url = new URL(href.replaceAll("&amp;", "&"), origin + path);
      if (url.origin === origin) queue.push(url.pathname + url.search);
    }
  }
  return seen;
}
