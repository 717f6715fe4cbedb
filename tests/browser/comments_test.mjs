// Writing and reading comments in a browser: with and without a script, with a mouse and with the keyboard alone; nothing that was typed is ever lost, nobody
// else is asked for anything, and the console stays quiet. One browser, several pages at once.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch, run, serve, temporaryFolder, Verdict } from "./harness.mjs";
import { post } from "./demo_pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const program = process.argv[2];
const folder = temporaryFolder();
const site = join(folder, "site");
run(program, "init", site);
const scenarios = ["plain", "keyboard", "form", "drafts", "reading", "muting", "live", "restart", "quoting", "looks"];
for (const name of scenarios) {
  writeFileSync(join(folder, `${name}.md`), `---\ntitle: The ferry sails (${name})\nslug: ${name}\n---\nThe ferry — said the skipper — “sails all winter”. Nobody asked.\n\nThe bar stays closed.\n`);
}
run(program, "publish", site, ...scenarios.map((name) => join(folder, `${name}.md`)));
const { origin, stop } = await serve(program, site, "--set", "comments.moderation=none", "--set", "limits.comments_per_minute=0", "--set", "limits.requests_per_minute=0", "--set", "limits.connections_per_client=0");
const addresses = new Map([...(await (await fetch(`${origin}/`)).text()).matchAll(/href="(\/\d{4}\/\d{2}\/([a-z]+)\/)"/g)].map((found) => [found[2], found[1]]));
const browser = await launch();
const verdict = new Verdict();

// A reader with a browser of their own, who notices what should not be.
async function reader(scenario, { before, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(40_000);
  const page = await context.newPage();
  const notice = (claim, holds, detail) => verdict.check(`${scenario}: ${claim}`, holds, detail);
  page.on("request", (request) => notice("no request to another host", new URL(request.url()).origin === origin, request.url()));
  page.on("pageerror", (error) => notice("no error of a script", false, String(error)));
  // A refusal's own status is reported as an error too, and so is a network that a scenario cut.
  page.on("console", (message) => message.type() === "error" && !/status of (4|50[23])|ERR_(INTERNET_DISCONNECTED|FAILED|INCOMPLETE_CHUNKED_ENCODING)/.test(message.text()) && notice("a quiet console", false, message.text()));
  const address = origin + addresses.get(scenario);
  await before?.(page);
  await page.goto(address, { waitUntil: "load" });
  return { page, context, address, check: notice, close: () => context.close() };
}

async function fill(page, text, name = "Ida Probe") {
  await page.fill("#respond-comment", text);
  await page.fill("#respond-name", name);
  await page.fill("#respond-email", `${name.toLowerCase().replace(/\W/g, ".")}@example.org`);
}
const postIt = (page) => page.click("#respond button[type=submit]:not([name])");
const previewIt = (page) => page.click("#respond button[name=preview]");
const comment = (page, text) => page.locator("li[id^=comment-]", { has: page.locator(`:scope > .comment .said:has-text("${text}")`) }).last();
const words = (page, selector) => page.locator(selector).first().innerText();

// Somebody else, from elsewhere. Whoever asks while the page is being made anew gets the one before (decision 0040), so it is waited for.
async function elsewhere(scenario, text, { name = "Ben Other", parent = "" } = {}) {
  const html = await (await fetch(origin + addresses.get(scenario))).text();
  const value = (field) => html.match(new RegExp(`name="${field}" value="([^"]*)"`))[1];
  const answer = await post(origin, "/comment", { article: value("article"), stamp: value("stamp"), parent, name, email: `${name.toLowerCase().replace(/\W/g, ".")}@example.org`, website: "", comment: text });
  if (answer.status !== 303) throw new Error(`a comment from elsewhere gave ${answer.status}`);
  const id = Number(answer.headers.get("location").match(/comment-(\d+)$/)[1]);
  const isShown = async () => (await (await fetch(origin + addresses.get(scenario))).text()).includes(`id="comment-${id}"`);
  for (let tries = 0; tries < 50 && !(await isShown()); tries++) await new Promise((done) => setTimeout(done, 40));
  return id;
}

async function axeClean(page, check, state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  check(`${state} is accessible`, violations.length === 0, violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`).join("; "));
}

const run_of = {
  // Everything there is, without a script.
  async plain() {
    const { page, check, close, address } = await reader("plain", { javaScriptEnabled: false });
    await page.click("summary:has-text('Quote a passage')");
    await page.fill("#respond-quote", 'said the skipper - "sails all winter"');
    await fill(page, "I *doubt* it.");
    await previewIt(page);
    check("a preview shows text and quote", /sails all winter[\s\S]*I doubt it/.test(await words(page, "#preview")));
    await page.fill("#respond-name", "Ida Probe");
    await postIt(page);
    check("the comment stands on the page", await comment(page, "I doubt it.").isVisible());
    check("above it stands the passage", /“sails all winter”/.test(await comment(page, "I doubt it.").locator(".passage").innerText()));
    await page.goto(address);
    await page.click("text=Reply");
    check("the form says whom it answers", /Reply to Ida Probe/.test(await words(page, "#respond h2")));
    await fill(page, "So do I.", "Ben Other");
    await page.click("summary:has-text('Quote a passage')");
    await page.fill("#respond-quote", "This was never written.");
    await postIt(page);
    check("an invented passage is refused beside its field", /does not say this/.test(await words(page, "#respond-quote-error")));
    check("and the text is still there", (await page.inputValue("#respond-comment")).trim() === "So do I.");
    await page.fill("#respond-quote", "");
    await postIt(page);
    check("the reply hangs below", await page.locator("li li", { hasText: "So do I." }).isVisible());
    await comment(page, "So do I.").locator("text=Edit").click();
    await page.fill("#respond-comment", "So do we.");
    await page.click("text=Save the new text");
    check("an edit is shown", await comment(page, "So do we.").isVisible());
    await comment(page, "So do we.").locator("a:has-text('Delete')").click();
    await page.click("button:has-text('Delete the comment')");
    check("a deleted comment is gone", /Your comment was deleted/.test(await words(page, "#comments")) && !/So do we/.test(await words(page, "#comments")));
    await page.goto(address);
    await comment(page, "I doubt it.").locator("text=Report").click();
    await page.check("input[value=spam]");
    await page.click("text=Send the report");
    check("a report is taken", /An editor will look/.test(await words(page, "main")));
    const id = await elsewhere("plain", "Vote for me.", { name: "Cleo Voter" });
    await page.goto(address);
    await page.click(`#comment-${id} button[name=up]`);
    check("a vote counts", /1/.test(await page.locator(`#comment-${id} button[name=up]`).innerText()));
    await close();
  },

  // With the Tab, Enter and Escape keys alone.
  async keyboard() {
    const id = await elsewhere("keyboard", "First of all.");
    await elsewhere("keyboard", "Last of all.", { name: "Cleo Voter" });  // who is not muted below
    const { page, check, close } = await reader("keyboard");
    const tabTo = async (claim, most = 90) => {
      for (let i = 0; i < most; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(claim)) return true;
      }
      return false;
    };
    check("the reply link is reached", await tabTo(() => document.activeElement.matches("a[href*=replytocom]")));
    await page.keyboard.press("Enter");
    check("the form comes below the comment, and the text is typed there", await page.evaluate((one) => document.activeElement.id === "respond-comment" && document.activeElement.closest("li").id === `comment-${one}`, id));
    await page.keyboard.press("Escape");
    check("Escape leads back to the link", await page.evaluate(() => document.activeElement.matches("a[href*=replytocom]") && !document.getElementById("respond").closest("li")));
    await page.keyboard.press("Enter");
    await page.keyboard.type("Typed with *keys*.");
    check("the quote can be opened", await tabTo(() => document.activeElement.matches("#respond summary")));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("The bar stays closed.");
    for (const value of ["Kay Board", "kay@example.org"]) {
      await page.keyboard.press("Tab");
      await page.keyboard.type(value);
    }
    check("preview is reached", await tabTo(() => document.activeElement.name === "preview"));
    await page.keyboard.press("Enter");
    await page.waitForSelector("#preview");
    check("the preview has the focus", await page.evaluate(() => document.activeElement.id === "preview"));
    check("it is made by the server", /Typed with keys\./.test(await words(page, "#preview")));
    check("posting is reached", await tabTo(() => document.activeElement.matches("#respond button[type=submit]:not([name])")));
    await page.keyboard.press("Enter");
    await page.waitForSelector("li.own");
    check("the new comment has the focus", await page.evaluate(() => document.activeElement.matches("li.own")));
    check("the reply hangs below, with its quote", await page.locator(`#comment-${id} li.own .passage`, { hasText: "The bar stays closed." }).isVisible());
    await page.evaluate((one) => document.querySelector(`#comment-${one} button[name=up]`).focus(), id);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`#comment-${id} > .comment button[name=up][aria-pressed=true]`);
    check("a vote counts in place", /1/.test(await page.locator(`#comment-${id} > .comment button[name=up]`).innerText()));
    check("muting is reached", await tabTo(() => document.activeElement.matches(".mute")));
    await page.keyboard.press("Enter");
    check("what was muted is one line with the focus in it", await page.evaluate(() => document.activeElement.closest(".muted") !== null));
    await page.keyboard.press("Enter");
    check("and can be shown again", await page.locator(`#comment-${id} > .comment`).isVisible());
    const follow = async (what, claim) => {
      check(`${what} is reached`, await tabTo(claim, 200));
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    };
    await follow("editing", () => document.activeElement.matches("li.own a[href*='/comment/edit']"));
    check("the text is reached", await tabTo(() => document.activeElement.id === "respond-comment"));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Typed anew.");
    await follow("saving", () => document.activeElement.matches("form[action='/comment/edit'] button:not([name])"));
    check("the new text is shown", await comment(page, "Typed anew.").isVisible());
    await follow("deleting", () => document.activeElement.matches("li.own a[href*='/comment/delete']"));
    await follow("saying so once more", () => document.activeElement.matches("form[action='/comment/delete'] button"));
    check("a deleted comment is gone", /Your comment was deleted/.test(await words(page, "#comments")) && !/Typed anew/.test(await words(page, "#comments")));
    await follow("reporting", () => document.activeElement.matches("a[href*='/comment/report']"));
    check("the reasons are reached", await tabTo(() => document.activeElement.name === "reason"));
    await page.keyboard.press("Space");
    await follow("sending", () => document.activeElement.matches("form[action='/comment/report'] button"));
    check("a report is taken", /An editor will look/.test(await words(page, "main")));
    await close();
  },

  // What the form refuses, counts and remembers.
  async form() {
    const { page, check, close, address } = await reader("form");
    await page.fill("#respond-comment", "Some words.");
    await previewIt(page);
    await page.waitForSelector("#preview");
    check("a preview needs neither name nor email, and leads nowhere else", page.url() === address);
    await page.fill("#respond-name", "Ida Probe");
    await page.fill("#respond-email", "nonsense@x");
    await postIt(page);
    await page.waitForSelector(".problems");
    check("what is wrong stands beside its field", /incomplete/.test(await words(page, "#respond-email-error")));
    check("everything is still there", (await page.inputValue("#respond-comment")).trim() === "Some words." && (await page.inputValue("#respond-name")) === "Ida Probe");
    const most = Number(await page.getAttribute("#respond-comment", "data-most"));
    const texts = [["a".repeat(most), "0 characters left"], ["𝔞".repeat(most), "0 characters left"], ["e\u0301".repeat(most), "0 characters left"], [`  \n${"a".repeat(most - 1)}\n\n\n `, "1 character left"], ["a".repeat(most + 2), "2 characters too many"]];
    for (const [text, told] of texts) {
      await page.fill("#respond-comment", text);
      check("characters are counted", (await page.locator(".left").innerText()) === told, `${await page.locator(".left").innerText()} for ${told}`);
    }
    check("who does not see it hears it", /too many/.test(await page.locator("#respond [role=status]").innerText()));
    for (const [text, told] of texts) {
      await page.fill("#respond-comment", text);
      await previewIt(page);
      // The form takes no second click while it sends, and what stands there may be the answer to the text before.
      await page.waitForFunction(() => !document.querySelector("#respond[aria-busy]"));
      const [previews, problems] = [await page.locator("#preview").count(), await page.locator("#respond .problems").count()];
      check("the server counts alike", told.includes("many") ? problems === 1 && previews === 0 : problems === 0 && previews === 1, `${previews} previews, ${problems} lists of problems for ${told}`);
    }
    await fill(page, "Kept for next time.");
    await page.check("#respond-remember");
    await postIt(page);
    await page.waitForSelector("li.own");
    await page.goto(address);
    check("who wants to be remembered is", (await page.inputValue("#respond-email")) === "ida.probe@example.org" && (await page.isChecked("#respond-remember")));
    await page.uncheck("#respond-remember");
    await page.goto(address);
    check("and forgotten when they do not", (await page.inputValue("#respond-email")) === "" && (await page.inputValue("#respond-name")) === "");
    await close();
  },

  // A draft outlives a reload, a closed tab, a cut network, a refusal and an expired form; not its posting.
  async drafts() {
    const id = await elsewhere("drafts", "Answer me.");
    const { page, context, check, close, address } = await reader("drafts");
    await page.click(`#comment-${id} a[href*=replytocom]`);
    await fill(page, "A long thought.");
    await page.click("summary:has-text('Quote a passage')");
    await page.fill("#respond-quote", "The bar stays closed.");
    const isThere = async (claim, on = page) => check(claim, (await on.inputValue("#respond-comment")).trim() === "A long thought." && (await on.inputValue("#respond-quote")).trim() === "The bar stays closed.");
    const answersHere = async (claim, on = page) => check(claim, (await on.inputValue("[name=parent]")) === String(id) && (await on.locator(`#comment-${id} #respond`).count()) === 1);
    await page.reload();
    await isThere("a draft survives a reload");
    await answersHere("and whom it answers");
    await page.close();
    const again = await context.newPage();
    await again.goto(address);
    await isThere("a draft survives closing the tab", again);
    await fill(again, "A long thought.");

    await context.setOffline(true);
    await postIt(again);
    await again.waitForSelector(".problems");
    check("a cut network is told in plain words", /did not reach us[\s\S]*still here/.test(await words(again, ".problems")));
    await isThere("the text survives a cut network", again);
    await answersHere("and stays where it was", again);
    await context.setOffline(false);
    const answers = [[503, "Many people are reading", "<div class=refusal><h1>Busy</h1><p>Many people are reading.</p></div>"], [429, "did not reach us", "too many"], [502, "did not reach us", ""]];
    for (const [status, told, body] of answers) {
      await again.route("**/comment", (route) => route.fulfill({ status, contentType: "text/html", body }));
      await postIt(again);
      await again.waitForFunction((text) => document.querySelector(".problems")?.innerText.includes(text) && !document.querySelector("#respond[aria-busy]"), told);
      await isThere(`the text survives an answer ${status}`, again);
      await again.unroute("**/comment");
    }
    await again.evaluate(() => (document.querySelector("[name=stamp]").value = "forged"));
    await postIt(again);
    await again.waitForFunction(() => /Please send it again/.test(document.querySelector(".problems")?.innerText));
    await isThere("the text survives a form that is not good any more", again);
    await answersHere("which stays under the comment it answers", again);
    await postIt(again);
    await again.waitForSelector("li.own");
    check("then it is posted once, below what it answers", (await again.locator(`#comment-${id} li`, { hasText: "A long thought." }).count()) === 1);
    await again.goto(address);
    check("what was posted is no draft any more", (await again.inputValue("#respond-comment")) === "" && (await again.inputValue("[name=parent]")) === "0");
    await again.fill("#respond-comment", "Never mind.");
    await again.reload();
    await again.click("text=Throw it away");
    await again.reload();
    check("a draft can be thrown away", (await again.inputValue("#respond-comment")) === "");
    await close();
  },

  // What is new since the last visit.
  async reading() {
    await elsewhere("reading", "An old one.");
    const { page, check, close, address } = await reader("reading");
    check("on the first visit nothing is new", (await page.locator(".new").count()) === 0);
    const id = await elsewhere("reading", "A new one.");
    const reply = await elsewhere("reading", "A new reply.", { parent: String(id) });
    await page.goto(address);
    check("on the next what came meanwhile is marked", (await page.locator(".new").evaluateAll((all) => all.map((one) => one.id).join())) === `comment-${id},comment-${reply}`);
    check("and counted", /^2 new since your last visit$/.test(await words(page, ".news a")));
    await page.click(".news a");
    check("the count leads to the first", new URL(page.url()).hash === `#comment-${id}`);
    await page.goto(address);
    check("and then nothing is new", (await page.locator(".new").count()) === 0);
    await close();
  },

  async muting() {
    const loud = await elsewhere("muting", "I am loud.", { name: "Lou Loud" });
    await elsewhere("muting", "I am not.", { name: "Qui Et", parent: String(loud) });
    const { page, check, close, address } = await reader("muting");
    await page.click(`#comment-${loud} > .comment .mute`);
    check("one line says who is muted", /Muted: Lou Loud/.test(await words(page, ".muted")));
    check("their words are not shown, the replies are", !(await page.locator("text=I am loud.").isVisible()) && (await page.locator("text=I am not.").isVisible()));
    await page.reload();
    check("this browser remembers it", !(await page.locator("text=I am loud.").isVisible()));
    await page.click(".muted >> text=Show");
    check("they can be shown all the same", await page.locator("text=I am loud.").isVisible());
    await page.click(".muted >> text=Unmute");
    await page.goto(address);
    check("and be heard again", (await page.locator("text=I am loud.").isVisible()) && (await page.locator(".muted").count()) === 0);
    await close();
  },

  // Comments that come while the page is open, while somebody is writing a reply: told by the server, or asked for now and then.
  async live() {
    const id = await elsewhere("live", "The first.");
    const comes = async (how, before, wait) => {
      const { page, check, close } = await reader("live", { before });
      await page.click(`#comment-${id} > .comment a[href*=replytocom]`);
      await page.keyboard.type("I am writing");
      await elsewhere("live", `Meanwhile, ${how}.`);
      await wait?.(page);
      await page.waitForSelector(".news button");
      check(`news come by themselves, ${how}`, /1 new comment: show/.test(await words(page, ".news button")));
      await page.evaluate(() => (window.area = document.getElementById("respond-comment")));
      await page.click(".news button");
      await page.waitForSelector(`text=Meanwhile, ${how}.`);
      check("the thread is new, the text is kept", (await page.inputValue("#respond-comment")) === "I am writing" && (await page.locator(`#comment-${id} #respond`).count()) === 1);
      check("it is the same field", await page.evaluate(() => window.area === document.getElementById("respond-comment")));
      check("what is new is marked", (await page.locator(".new").count()) === 1);
      await close();
    };
    await comes("asked for", async (page) => (await page.clock.install(), await page.route("**/comment/events/*", (route) => route.fulfill({ status: 503 }))), async (page) => {
      await page.waitForTimeout(300);
      await page.clock.fastForward(61_000);
    });
    await comes("told by the server");

    const refused = async (page) => (await page.clock.install(), await page.route("**/comment/events/*", (route) => route.fulfill({ status: 503 })));
    const { page, check, close, address } = await reader("live", { before: refused });
    await page.goto(`${address}?thread=${id}`);
    const other = await elsewhere("live", "Not on this page.");
    await page.waitForTimeout(300);
    await page.clock.fastForward(61_000);
    await page.click(".news button");
    await page.waitForURL(`**#comment-${other}`);
    check("what was only asked for is found on another page too", await page.locator(`#comment-${other}`).isVisible());
    await close();

    const replaced = async (page) => page.route("**/comment/events/*", async (route) => {
      const { comments, newest } = await (await fetch(route.request().url().replace("events", "count"))).json();
      const told = [newest, newest + 1].map((one) => `data: {"total":${comments},"newest":${one}}\n\n`);
      await route.fulfill({ contentType: "text/event-stream", body: told.join("") });
    });
    const whole = await reader("live", { before: replaced });
    await whole.page.waitForSelector(".news button");
    whole.check("a new comment is told where another one went", /1 new comment: show/.test(await words(whole.page, ".news button")));
    await whole.close();
  },

  // A server that ends and begins anew while somebody reads: nobody reloads, nobody asks instead of listening.
  async restart() {
    const own = join(folder, "restarted");
    run(program, "init", own);
    run(program, "publish", own, join(folder, "restart.md"));
    const settings = ["--set", "comments.moderation=none"];
    const first = await serve(program, own, ...settings);
    const address = (await (await fetch(`${first.origin}/`)).text()).match(/href="(\/\d{4}\/\d{2}\/restart\/)"/)[1];
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").slice(1, 3).join("/")));
    const listened = page.waitForResponse("**/comment/events/*");
    await page.goto(first.origin + address);
    await listened;
    await first.stop();
    const second = await serve(program, own, ...settings, "--listen", new URL(first.origin).host);
    const html = await (await fetch(second.origin + address)).text();
    const value = (field) => html.match(new RegExp(`name="${field}" value="([^"]*)"`))[1];
    await post(second.origin, "/comment", { article: value("article"), stamp: value("stamp"), parent: "", name: "Ben Other", email: "ben@example.org", website: "", comment: "After the restart." });
    await page.waitForSelector(".news button");
    verdict.check("restart: news come by themselves once the server is back", /1 new comment: show/.test(await words(page, ".news button")));
    verdict.check("restart: by the stream, which the browser opened again", asked.filter((one) => one === "comment/events").length > 1 && !asked.includes("comment/count"), asked.join());
    await context.close();
    await second.stop();
  },

  // Selecting words offers to quote them.
  async quoting() {
    const { page, check, close, address } = await reader("quoting");
    await page.locator(".body p").first().evaluate((paragraph) => {
      const range = document.createRange();
      range.setStart(paragraph.firstChild, 4);
      range.setEnd(paragraph.firstChild, 50);
      document.getSelection().removeAllRanges();
      document.getSelection().addRange(range);
    });
    await page.click(".quoter");
    check("the words stand in the form", (await page.inputValue("#respond-quote")).startsWith("ferry — said the skipper"));
    check("and one can write at once", await page.evaluate(() => document.activeElement.id === "respond-comment"));
    await fill(page, "Quoted by hand.");
    await postIt(page);
    await page.waitForSelector("li.own .passage a");
    await page.goto(address);
    await page.click(".passage a");
    await page.waitForTimeout(100);
    check("the passage leads to its place in the article", page.url().startsWith(address));
    await close();
  },

  // axe, light and dark, with everything on the page that a script adds.
  async looks() {
    const id = await elsewhere("looks", "Look at me.", { name: "Lou Loud" });
    await elsewhere("looks", "And at me.", { name: "Qui Et", parent: String(id) });
    await Promise.all(["light", "dark"].map(async (colorScheme) => {
      const { page, check, close } = await reader("looks", { colorScheme, viewport: { width: 390, height: 844 } });
      await page.click(`#comment-${id} > .comment .mute`);
      await page.click("a[href*=replytocom] >> visible=true");
      await page.fill("#respond-comment", "x".repeat(6000));
      await page.click("summary:has-text('Quote a passage')");
      await axeClean(page, check, `the thread with a reply form (${colorScheme})`);
      await page.fill("#respond-comment", "Short.");
      await page.fill("#respond-quote", "The bar stays closed.");
      await previewIt(page);
      await page.waitForSelector("#preview");
      await axeClean(page, check, `a preview (${colorScheme})`);
      await page.fill("#respond-quote", "Never written.");
      await previewIt(page);
      await page.waitForSelector(".problems");
      await axeClean(page, check, `a refused form (${colorScheme})`);
      check("nothing scrolls sideways", await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
      await close();
    }));
  },
};

const chosen = process.argv[3] ? [process.argv[3]] : scenarios;
const lanes = 3;
const waiting = [...chosen];
async function lane() {
  for (let name = waiting.shift(); name; name = waiting.shift()) await play(name);
}
async function play(name) {
  const began = Date.now();
  try {
    await run_of[name]();
  } catch (error) {
    verdict.check(`${name}: the scenario goes to its end`, false, String(error).split("\n").slice(0, 3).join(" "));
  }
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
await Promise.all(Array.from({ length: lanes }, lane));
await browser.close();
await stop();
verdict.end();
