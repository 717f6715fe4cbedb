// What goes by mail, in a browser: signing in by a mailed link, mails about replies, and their end; with and without a script, and with the keyboard alone. A
// real SMTP server takes the mails. Their HTML part is opened as a mail program without any care would: nothing in it runs or loads, whoever wrote it.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { formFields, post, text } from "./demo_pages.mjs";
import { launch, root, run, serve, temporaryFolder, Verdict } from "./harness.mjs";

// The mails in the order in which they come, each when somebody waits for it.
async function startMailServer() {
  // Debian's Python, for which the package is made.
  const server = spawn("/usr/bin/python3", [join(root, "tests/site/smtp_server.py")], { stdio: ["pipe", "pipe", "inherit"] });
  process.on("exit", () => server.kill("SIGKILL"));
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const [, port] = ((await lines.next()).value ?? "missing").split(" ");
  const receive = async () => {
    const { to, data } = JSON.parse((await lines.next()).value);
    const [, plain, html] = Buffer.from(data, "base64").toString().split(/--=_broadsheet_alternative\r\n/);
    const body = (part) => Buffer.from(part.split("\r\n\r\n")[1].replace(/--=_[^]*/, ""), "base64").toString();
    return { to: to[0], text: body(plain), html: body(html) };
  };
  return { port, receive };
}

const mails = await startMailServer();
if (!mails.port) {
  console.log("SKIPPED: python3-aiosmtpd is not installed (script/packages test)");
  process.exit(77);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const program = process.argv[2];
const folder = temporaryFolder();
const site = join(folder, "site");
run(program, "init", site);
writeFileSync(join(folder, "ferry.md"), "---\ntitle: The ferry sails\nslug: ferry\n---\nAll winter.\n");
run(program, "publish", site, join(folder, "ferry.md"));
const settings = { "comments.moderation": "none", "limits.comments_per_minute": 0, "limits.requests_per_minute": 0, "mail.server": `smtp://127.0.0.1:${mails.port}`, "mail.from": "paper@example.org", "site.url": "http://news.example" };
const { origin, stop } = await serve(program, site, ...Object.entries(settings).flatMap(([name, value]) => ["--set", `${name}=${value}`]));
const article = (await text(origin, "/")).match(/href="(\/\d{4}\/\d{2}\/ferry\/)"/)[1];
const browser = await launch();
const verdict = new Verdict();

// Mails name the site's own address, which is this server's for the time of the test.
const here = (address) => address.replace("http://news.example", origin);
const linkIn = (mail, path) => here(mail.text.match(new RegExp(`http://news\\.example${path}\\S*`))[0]);

async function axeClean(page, check, state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  check(`${state} is accessible`, violations.length === 0, violations.map((one) => one.id).join());
}

// As a mail program that lets everything through.
async function openMail(mail, check) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = [];
  await page.addInitScript(() => {
    window.ran = [];
    for (const name of ["alert", "prompt", "confirm", "open"]) window[name] = () => window.ran.push(name);
  });
  await page.route("**", (route) => (asked.push(route.request().url()), route.request().isNavigationRequest() ? route.fulfill({ contentType: "text/html; charset=utf-8", body: mail.html }) : route.abort()));
  await page.goto("http://mail.example/");
  await page.waitForTimeout(100);
  check("a mail asks nobody for anything", asked.length === 1, asked.join());
  check("nothing in a mail runs", (await page.evaluate(() => window.ran.length)) === 0);
  const links = await page.locator("a").evaluateAll((all) => all.map((one) => one.href));
  check("every link of a mail leads to the site", links.length > 0 && links.every((one) => one.startsWith("http://news.example/")), links.join());
  check("both parts lead to the same places", links.every((one) => mail.text.includes(one)), links.join());
  if (process.env.KEEP) await page.screenshot({ path: join(process.env.KEEP, `mail-${Date.now()}.png`) });
  await context.close();
}

async function reply(to, name, comment) {
  const form = formFields(await text(origin, article));
  const answer = await post(origin, "/comment", { ...form, parent: String(to), name, email: "evil@example.org", website: "", comment });
  if (answer.status !== 303) throw new Error(`a reply gave ${answer.status}`);
}

async function live(way) {
  const context = await browser.newContext({ javaScriptEnabled: way === "script", viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(40_000);
  const page = await context.newPage();
  const check = (claim, holds, detail) => verdict.check(`${way}: ${claim}`, holds, detail);
  page.on("request", (request) => check("no request to another host", request.url().startsWith(origin), request.url()));
  const press = async (button) => {
    if (way !== "keyboard") return page.click(`main button:has-text("${button}")`);
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if ((await page.locator(":focus").innerText().catch(() => "")) === button) break;
    }
    await page.keyboard.press("Enter");
  };
  const heading = () => page.locator("main h1").innerText();
  const arrive = (title) => page.waitForSelector(`main h1:text-is("${title}")`);
  const audit = way === "script" ? (state) => axeClean(page, check, state) : () => {};
  const email = `ada.${way.replace(" ", ".")}@example.org`;

  await page.goto(origin + article);
  await page.fill("#respond-comment", `Who sails, ${way}?`);
  await page.fill("#respond-name", `Ada ${way}`);
  await page.fill("#respond-email", email);
  await page.check("input[name=replies]");
  await page.click("#respond button[type=submit]:not([name])");
  await page.waitForSelector("li.own");
  const id = Number((await page.locator("li.own").getAttribute("id")).slice("comment-".length));
  const asked = await mails.receive();
  check("a mail asks whether mails are wanted", asked.to === email);
  await openMail(asked, check);
  await page.goto(linkIn(asked, "/reader/follow"));
  await audit("the question for mails");
  await press("Yes, send me mails");
  await arrive("You will get mails about replies");
  await audit("mails that were asked for");

  const name = '"><img src=//evil.example onerror=alert(1)>';
  await reply(id, name, "<script>alert(1)</script><img src='//evil.example/x.png' onerror='alert(1)'>**Bold** [here](javascript:alert(1))");
  const told = await mails.receive();
  check("a reply is told", told.to === email && told.text.includes(`${name} answered your comment`), told.text);
  await openMail(told, check);
  await page.goto(linkIn(told, article));
  check("the mail leads to the reply", await page.locator(`#comment-${id} li`, { hasText: "Bold" }).isVisible());

  await page.goto(`${origin}/reader`);
  await page.fill("#reader-email", email);
  await page.focus("#reader-email");
  await press("Send me the link");
  await arrive("Look into your mail");
  const link = await mails.receive();
  check("the link comes by mail", link.to === email);
  await openMail(link, check);
  await page.goto(linkIn(link, "/reader/confirm"));
  check("the link alone signs nobody in", (await heading()) === "Sign in");
  await audit("the button that signs in");
  await press("Sign in");
  await arrive("You are signed in");
  await audit("the reader's own page");
  check("it lists what they follow", await page.locator("main li a", { hasText: "The ferry sails" }).isVisible());

  await page.goto(linkIn(told, "/reader/unfollow"));
  check("the link alone ends no mails", (await heading()) === "No more mails?");
  await audit("the end of mails");
  await press("No more mails about this comment");
  await arrive("No more mails");
  await page.goto(`${origin}/reader`);
  check("what has ended is not listed any more", (await page.locator("main li a").count()) === 0);
  await press("Sign out");
  await arrive("Your sign-in");
  check("who signed out is signed out", await page.locator("#reader-email").isVisible());
  await context.close();
}

// One after the other, because each waits for its own mail.
for (const way of ["script", "no script", "keyboard"]) {
  await live(way).catch((error) => verdict.check(`${way}: goes to its end`, false, String(error).split("\n").slice(0, 3).join(" ")));
}
await browser.close();
await stop();
verdict.end();
