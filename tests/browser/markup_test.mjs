// Every page of the demonstration site, and every answer to a form, is valid HTML (the Nu HTML Checker finds no error).
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeDemo, root, serve, temporaryFolder, Verdict } from "./harness.mjs";
import { findPages, text, withMail } from "./demo_pages.mjs";

const program = process.argv[2];
const site = makeDemo(program);
const { origin, stop } = await serve(program, site, "--set", "limits.comments_per_minute=0", ...withMail);
const verdict = new Verdict();
const { pages, all, refusedForm } = await findPages(program, site, origin);

const folder = join(temporaryFolder(), "pages");
mkdirSync(folder, { recursive: true });
const names = new Map();
const save = (name, html) => {
  const file = join(folder, `${names.size}.html`);
  names.set(file, name);
  writeFileSync(file, html);
};
for (const [path, { status, html }] of all) {
  if (html !== null) save(path, html);
  verdict.check(`${path} answers 200`, status === 200, String(status));
}
for (const [kind, path] of pages) save(`${kind} ${path}`, await text(origin, path));
save("form with errors", refusedForm.html);
verdict.check("a form with errors answers 422", refusedForm.status === 422, String(refusedForm.status));
await stop();

const jar = join(root, "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
const report = execFileSync("java", ["-Xss8m", "-jar", jar, "--errors-only", "--format", "json", "--exit-zero-always", "--stdout", folder], {
  encoding: "utf8",
  maxBuffer: 64 << 20,
});
const messages = JSON.parse(report).messages;
const broken = new Set();
for (const message of messages) {
  const file = message.url.replace(/^file:/, "");
  broken.add(file);
  verdict.check(`${names.get(file)} is valid HTML`, false, `line ${message.lastLine}: ${message.message} [${(message.extract ?? "").replaceAll("\n", " ")}]`);
}
for (const file of names.keys()) if (!broken.has(file)) verdict.check("valid", true);
verdict.end();
