// No kind of page breaks a rule that axe-core can see, light and dark, on a phone and on a wide screen; none scrolls sideways; none asks another host for anything.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, makeDemo, serve, Verdict } from "./harness.mjs";
import { findPages } from "./demo_pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const program = process.argv[2];
const site = makeDemo(program);
const { origin, stop } = await serve(program, site, "--set", "limits.comments_per_minute=0");
const { pages } = await findPages(program, site, origin);
const browser = await launch();
const verdict = new Verdict();

async function examine(page, name, path) {
  await page.goto(origin + path, { waitUntil: "load" });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary.split("\n").slice(1, 2).join("").trim()})`);
    verdict.check(`${name} is accessible`, false, `${violation.id}: ${nodes.join("; ")}`);
  }
  verdict.check("accessible", violations.length === 0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  verdict.check(`${name} does not scroll sideways`, overflow <= 0, `${overflow} px`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    const context = await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("request", (request) => verdict.check("no request to another host", new URL(request.url()).origin === origin, request.url()));
    page.on("console", (message) => {
      // A 404 page's own status is reported as an error too.
      if (message.type() === "error" && !/status of 4/.test(message.text())) verdict.check("a quiet console", false, `${page.url()}: ${message.text()}`);
    });
    for (const [kind, path] of pages) await examine(page, `${kind} (${colorScheme}, ${viewport.width} px)`, path);
    await context.close();
  }
}
await browser.close();
await stop();
verdict.end();
