// One address for every kind of page the site has, found on the demonstration site itself; some are made on the way (a held comment, an article that was taken
// away, a form with errors).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crawl, run, temporaryFolder } from "./harness.mjs";

// So that readers can sign in and follow; nobody is sent anything.
export const withMail = ["--set", "mail.server=smtp://127.0.0.1:9", "--set", "mail.from=paper@example.org", "--set", "site.url=http://127.0.0.1"];

export async function text(origin, path) {
  return (await fetch(origin + path)).text();
}

export function formFields(html) {
  const field = (name) => html.match(new RegExp(`name="${name}"[^>]*value="([^"]*)"`))?.[1] ?? html.match(new RegExp(`value="([^"]*)"[^>]*name="${name}"`))?.[1] ?? "";
  return { article: field("article"), stamp: field("stamp") };
}

export function post(origin, path, fields, headers = {}) {
  return fetch(origin + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin, "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields),
  });
}

export async function findPages(program, site, origin) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "secret.md"), "---\ntitle: For subscribers\npassword: sesame\nslug: for-subscribers\n---\nHidden words.\n");
  writeFileSync(join(folder, "empty.md"), "---\ntitle: Nobody has answered\nslug: nobody-has-answered\n---\nSome *words*.\n");
  writeFileSync(join(folder, "closed.md"), "---\ntitle: Closed to comments\nslug: closed-to-comments\ncomments: closed\n---\nSome words.\n");
  run(program, "publish", site, join(folder, "secret.md"), join(folder, "empty.md"), join(folder, "closed.md"));

  const pages = new Map();
  const all = await crawl(origin);
  const paths = [...all.keys()];
  const find = (kind, claim) => {
    const path = paths.find(claim);
    if (!path) throw new Error(`the demonstration site has no ${kind}`);
    pages.set(kind, path);
    return path;
  };
  const html = (path) => all.get(path).html ?? "";
  pages.set("front", "/");
  find("list, second page", (path) => path === "/page/2/");
  find("section", (path) => /^\/category\/[^/]+\/$/.test(path));
  find("tag", (path) => /^\/tag\/[^/]+\/$/.test(path));
  find("author", (path) => /^\/author\/[^/]+\/$/.test(path));
  pages.set("year", "/2026/");
  pages.set("month", "/2026/11/");
  find("standing page", (path) => path === "/about/");
  const empty = find("article without comments", (path) => path.endsWith("/nobody-has-answered/"));
  find("closed article", (path) => path.endsWith("/closed-to-comments/"));
  find("password-protected article", (path) => path.endsWith("/for-subscribers/"));
  find("thread, second page", (path) => path.includes("/comment-page-2/"));
  find("long thread", (path) => html(path).includes("/comment-page-2/") && /^\/\d{4}\/\d{2}\/[^/]+\/$/.test(path));
  find("article in Arabic", (path) => /<article[^>]*dir="rtl"/.test(html(path)) || /<article[^>]*lang="ar"/.test(html(path)));
  find("article in German", (path) => /<article[^>]*lang="de"/.test(html(path)));
  find("reply form", (path) => path.includes("replytocom="));
  for (const order of ["newest", "best"]) pages.set(`thread, ${order} first`, `${pages.get("long thread")}?comments=${order}`);
  pages.set("branch of a thread", `${pages.get("long thread")}?thread=${html(pages.get("long thread")).match(/id="comment-(\d+)"/)[1]}`);
  pages.set("search", "/search?q=river");
  pages.set("search without words", "/search");
  pages.set("search without results", "/search?q=zzyzxqq");
  pages.set("not found", "/no-such-page/");

  const { article, stamp } = formFields(await text(origin, empty));
  const comment = { article, stamp, parent: "", name: "Ida Probe", email: "ida.probe@example.org", website: "https://example.org/", comment: "A *first* word." };
  const answer = await post(origin, "/comment", comment);
  if (answer.status !== 303) throw new Error(`posting a comment gave ${answer.status}: ${await answer.text()}`);
  const place = new URL(answer.headers.get("location"), origin);
  pages.set("own held comment", place.pathname + place.search);
  const own = await text(origin, place.pathname + place.search);
  for (const task of ["edit", "delete"]) pages.set(`${task} one's own comment`, own.match(new RegExp(`/comment/${task}\\?grant=[^"]+`))[0].replaceAll("&amp;", "&"));
  find("report a comment", (path) => path.startsWith("/comment/report?"));
  pages.set("reported", `${pages.get("report a comment")}&sent=1`);
  pages.set("sign in", "/reader");
  pages.set("mail sent", "/reader?sent=1");
  for (const step of ["confirm", "follow", "unfollow"]) pages.set(`${step} by a link that is not good`, `/reader/${step}?key=x`);
  const refused = await post(origin, "/comment", { ...comment, name: "", email: "nonsense", comment: "" });
  return { pages, all, refusedForm: { status: refused.status, html: await refused.text() } };
}
