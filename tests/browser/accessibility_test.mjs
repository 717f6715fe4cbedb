// No kind of page breaks a rule that axe-core can see, light and dark, on a phone and on a wide screen; none scrolls sideways; none asks another host for anything.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, makeDemo, serve, Verdict } from "./harness.mjs";
import { findPages, withMail } from "./demo_pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const program = process.argv[2];
const site = makeDemo(program);
const { origin, stop } = await serve(program, site, "--set", "limits.comments_per_minute=0", ...withMail);
const { pages } = await findPages(program, site, origin);
const browser = await launch();
const verdict = new Verdict();

async function axeOn(page, name, options) {
  const { violations } = await page.evaluate((how) => axe.run(document, { resultTypes: ["violations"], ...how }), options);
  for (const violation of violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary.split("\n").slice(1, 2).join("").trim()})`);
    verdict.check(`${name} is accessible`, false, `${violation.id}: ${nodes.join("; ")}`);
  }
  verdict.check("accessible", violations.length === 0);
}

// Loaded once: colours and width change under it, as they do when the sun sets or a window grows. In the dark only the colours differ.
async function examine(page, kind, path) {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(origin + path, { waitUntil: "load" });
  await page.evaluate(axe);
  for (const viewport of [phone, wide]) {
    await page.setViewportSize(viewport);
    const name = `${kind} (${viewport.width} px`;
    await page.emulateMedia({ colorScheme: "light" });
    await axeOn(page, `${name}, light)`, {});
    await page.emulateMedia({ colorScheme: "dark" });
    await axeOn(page, `${name}, dark)`, { runOnly: ["color-contrast", "link-in-text-block"] });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    verdict.check(`${name}) does not scroll sideways`, overflow <= 0, `${overflow} px`);
  }
}

const phone = { width: 390, height: 844 };
const wide = { width: 1440, height: 900 };
const waiting = [...pages];
async function lane() {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("request", (request) => verdict.check("no request to another host", new URL(request.url()).origin === origin, request.url()));
  page.on("console", (message) => {
    // A 404 page's own status is reported as an error too.
    if (message.type() === "error" && !/status of 4/.test(message.text())) verdict.check("a quiet console", false, `${page.url()}: ${message.text()}`);
  });
  for (let next = waiting.shift(); next; next = waiting.shift()) await examine(page, ...next);
  await context.close();
}
await Promise.all([lane(), lane()]);
await browser.close();
await stop();
verdict.end();
