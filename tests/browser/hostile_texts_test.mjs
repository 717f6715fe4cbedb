// Every vector of public sanitiser test suites, as the body of an article and as a comment under it: no script runs, nothing leaves its container, no
// request goes elsewhere. The vectors come in by a WordPress export, which is the way hostile old texts really come in, and by the form, as name, website and
// Markdown. A quarter of them each time, another one every day (BROADSHEET_VECTORS=0 to 3, or all): the tests of the sanitiser see all of them always.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, root, run, serve, temporaryFolder, Verdict } from "./harness.mjs";
import { formFields, post, text } from "./demo_pages.mjs";

const program = process.argv[2];
const vectorsFile = join(root, "..", "shared/data/xss/vectors.jsonl");
if (!existsSync(vectorsFile)) {
  console.log("SKIPPED: the collection of hostile texts (shared/data/xss) is not on this machine");
  process.exit(77);
}
const vectors = readFileSync(vectorsFile, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const quarter = process.env.BROADSHEET_VECTORS ?? String(Math.floor(Date.now() / 86_400_000) % 4);
const collected = vectors.length;
if (quarter !== "all") vectors.splice(0, collected, ...vectors.filter((_, n) => n % 4 === Number(quarter)));
// Harmless texts among them, whose pages say what the others must look like.
const harmless = ["<p>Nothing to see here.</p>", "Plain words"].map((payload, n) => ({ src: "ours", name: `harmless ${n}`, payload }));
vectors.splice(Math.floor(vectors.length / 2), 0, ...harmless);

const cdata = (text) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>").replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")}]]>`;
const item = ({ payload }, n) => `<item><title>${cdata(`Vector ${n}`)}</title><link>https://old.example/vector-${n}/</link><dc:creator>tester</dc:creator>
<content:encoded>${cdata(`${payload}`)}</content:encoded><wp:post_id>${n}</wp:post_id><wp:post_date>2020-01-01 00:00:00</wp:post_date><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt>
<wp:comment_status>open</wp:comment_status><wp:post_name>vector-${n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>${n}</wp:comment_id><wp:comment_author>${cdata(payload)}</wp:comment_author><wp:comment_author_email>x@example.org</wp:comment_author_email><wp:comment_author_url>${cdata(payload)}</wp:comment_author_url>
<wp:comment_date_gmt>2020-01-02 00:00:00</wp:comment_date_gmt><wp:comment_content>${cdata(payload)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment></item>`;
const folder = process.env.KEEP || temporaryFolder();
const site = join(folder, "site");
run(program, "init", site);
writeFileSync(
  join(folder, "vectors.xml"),
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Vectors</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>\n${vectors.map((vector, n) => item(vector, n + 1)).join("\n")}</channel></rss>`,
);
run(program, "import", "wordpress", site, join(folder, "vectors.xml"));

const { origin, stop } = await serve(program, site, "--set", "comments.moderation=none", "--set", "limits.comments_per_minute=0", "--set", "limits.requests_per_minute=0");
const browser = await launch();
const verdict = new Verdict();
verdict.check("there are vectors", collected > 1000, String(collected));

// The canary: what every hostile script of the suites would do first.
const canary = () => {
  window.ran = [];
  for (const name of ["alert", "prompt", "confirm", "print", "open"]) window[name] = (...args) => (window.ran.push(`${name}(${args.join()})`), null);
  document.addEventListener("securitypolicyviolation", (event) => window.ran.push(`blocked by the policy: ${event.violatedDirective} ${event.blockedURI}`));
};
// What stands around the article's body and the comment's text, and must be the same whatever they hold.
const skeleton = () => {
  const outline = (element) => `${element.localName}#${element.id}`;
  const around = [...document.body.children].map(outline).join() + [...document.querySelectorAll("main > *, main > article > *")].map((e) => e.localName).join();
  const unlisted = [...document.querySelectorAll("article *")].filter((e) => /^(script|style|iframe|object|embed|svg|math|base|meta|link|template|noscript|textarea|frame|frameset|applet)$/.test(e.localName) && !e.closest("form")).map(outline);
  const events = [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name) || /^\s*(javascript|vbscript|data):/i.test(a.value.replace(/[\x00-\x20]/g, "")) && /^(href|src|action|formaction|poster|cite|background|data)$/i.test(a.name))).map(outline);
  return { around, unlisted, events, ran: window.ran, title: document.title };
};

// How many went in by the form as a name, as a website, and as words.
const taken = { name: 0, website: 0, words: 0 };

// A vector as somebody types it, in as many fields as take it.
async function write(n) {
  const { payload } = vectors[n - 1];
  const form = { ...formFields(await text(origin, `/vector-${n}/`)), parent: "", email: "x@example.org", comment: payload };
  const tries = [{ name: payload, website: payload }, { name: payload, website: "" }, { name: "Plain Name", website: payload }, { name: "Plain Name", website: "" }];
  for (const { name, website } of tries) {
    const answer = await post(origin, "/comment", { ...form, name, website }, { accept: "application/json" });
    await answer.text();
    if (answer.status >= 400) continue;
    taken.words++;
    if (name === payload) taken.name++;
    if (website === payload) taken.website++;
    if (name === payload || website === payload) return;
  }
}

async function worker(numbers, expected) {
  const context = await browser.newContext();
  await context.addInitScript(canary);
  const page = await context.newPage();
  let name = "";
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin) verdict.check(`${name}: no request goes elsewhere`, false, request.url());
  });
  page.on("dialog", (dialog) => (verdict.check(`${name}: no dialog`, false, dialog.message()), dialog.dismiss()));
  page.on("popup", () => verdict.check(`${name}: no window opens`, false));
  for (const n of numbers) {
    name = `vector ${n} (${vectors[n - 1].src}: ${String(vectors[n - 1].name).slice(0, 60)})`;
    const path = `/vector-${n}/`;
    const answer = await page.goto(origin + path, { waitUntil: "load" });
    verdict.check(`${name} is shown`, answer.status() === 200, String(answer.status()));
    const seen = await page.evaluate(skeleton);
    verdict.check(`${name}: the browser stays on the page`, new URL(page.url()).pathname === path, page.url());
    verdict.check(`${name}: no script runs`, seen.ran.length === 0, seen.ran.join("; "));
    verdict.check(`${name}: only listed elements`, seen.unlisted.length === 0, seen.unlisted.join());
    verdict.check(`${name}: no event or script attribute`, seen.events.length === 0, seen.events.join());
    const likeOthers = expected.has(seen.around);
    verdict.check(`${name}: nothing leaves its container`, likeOthers, seen.around);
  }
  await context.close();
}

async function harmlessSkeletons() {
  const page = await browser.newPage();
  const expected = new Set();
  for (const n of [...harmless.map((vector) => vectors.indexOf(vector) + 1), 1, vectors.length]) {
    await page.goto(`${origin}/vector-${n}/`);
    expected.add((await page.evaluate(skeleton)).around);
  }
  await page.close();
  return expected;
}

// `lanes` times at once, each with every so-and-so-many-th vector.
function share(lanes, work) {
  return Promise.all(Array.from({ length: lanes }, (_, lane) => work(vectors.map((_, i) => i + 1).filter((n) => n % lanes === lane))));
}

// Many at once share a commit.
await share(32, async (numbers) => {
  for (const n of numbers) await write(n);
});
const expected = await harmlessSkeletons();
await share(3, (numbers) => worker(numbers, expected));
verdict.check("vectors went in by the form too", taken.name > vectors.length / 15 && taken.words > vectors.length * 0.9, JSON.stringify(taken));
console.log(`${vectors.length} of ${collected} vectors (${quarter}); by the form ${JSON.stringify(taken)}`);
await browser.close();
await stop();
verdict.end();
