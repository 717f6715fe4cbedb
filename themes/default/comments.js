// What a script adds to the discussion under an article: drafts that outlive everything, preview, posting and votes in place, replies where they belong, quotes by
// selecting, muting, and what is new. All of it works without this file; what fails here leaves the page as it was. It asks nobody but the site itself, keeps
// what it remembers in this browser alone, and says only what the page's catalogue gave it.
"use strict";
{
  const section = document.getElementById("comments");
  const article = section.dataset.article;
  const texts = JSON.parse(section.dataset.texts);
  const language = document.documentElement.lang;
  const plural = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language, { numberingSystem: texts.digits });

  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

  // A text in the page's language, in the plural form for `count` if it has such forms.
  function say(key, values = {}) {
    const form = [`${key}.${plural.select(values.count ?? 0)}`, `${key}.other`, key].find((one) => one in texts);
    return texts[form].replace(/\{(\w+)\}/g, (all, name) => (name === "count" ? digits.format(values.count) : values[name] ?? all));
  }

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  const makeButton = (kind, text, attributes = {}) => make("button", { type: "button", class: kind, ...attributes }, text);

  // A browser that keeps nothing is as good as one without a past.
  const memory = {
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(`comments:${key}`));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem(`comments:${key}`);
        else localStorage.setItem(`comments:${key}`, JSON.stringify(value));
      } catch {}
    },
    // One entry of a map, of which the last few hundred are kept.
    put(key, entry, value) {
      const { [entry]: before, ...others } = this.get(key) ?? {};
      const kept = Object.entries(others).slice(-300);
      if (value !== null) kept.push([entry, value]);
      this.set(key, Object.fromEntries(kept));
    },
  };

  function focusOn(element) {
    if (!element) return;
    if (!element.matches("a, button, input, textarea")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  // --- The form

  let discussion = document.getElementById("discussion");
  let form = document.getElementById("respond");
  // Where the form stands when it answers nobody, and where the news of new comments stands.
  const home = document.createComment("");
  const news = make("p", { class: "news", role: "status" });
  discussion.after(news, home);

  const field = (name) => form.elements.namedItem(name);
  const titleOf = () => find("h2", form);
  const isReply = () => Number(field("parent").value) > 0;

  function keepDraft() {
    const draft = { comment: field("comment").value, quote: field("quote").value, parent: field("parent").value, title: titleOf().textContent };
    memory.set(`draft:${article}`, draft.comment.trim() || draft.quote.trim() ? draft : null);
  }

  function restoreDraft() {
    const draft = memory.get(`draft:${article}`);
    // What the server gave back is newer.
    if (!draft || field("comment").value || field("quote").value) return;
    field("comment").value = draft.comment;
    field("quote").value = draft.quote;
    if (draft.quote) find("details", form).open = true;
    if (Number(draft.parent) > 0 && !isReply()) answer(draft.parent, draft.title);
    const discard = makeButton("link", say("script.draft.discard"));
    const told = make("p", { class: "note" }, say("script.draft"), " ", discard);
    discard.addEventListener("click", () => {
      field("comment").value = field("quote").value = "";
      told.remove();
      cancelReply();
    });
    field("comment").closest(".field").before(told);
  }

  // The text's length as the server counts it: code points of what is left when it has cleaned the text.
  function lengthOf(text) {
    const clean = text
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
      .replace(/[\u202A-\u202E\u2066-\u2069]|(?![\t\n])\p{Cc}/gu, "")
      .replace(/^[ \t]+$/gm, "")
      .replace(/\n{4,}/g, "\n\n\n")
      .replace(/^[ \t\n]+|[ \t\n]+$/g, "");
    return [...clean.normalize("NFC")].length;
  }

  // Seen always, said only where it begins to matter.
  function addCounter() {
    const area = field("comment");
    const seen = make("span", { class: "left", "aria-hidden": "true" });
    const said = make("span", { class: "unseen", role: "status" });
    area.after(seen, said);
    let step = null;
    const count = () => {
      const left = Number(area.dataset.most) - lengthOf(area.value);
      seen.textContent = area.value ? say(left < 0 ? "script.over" : "script.left", { count: Math.abs(left) }) : "";
      seen.classList.toggle("wrong", left < 0);
      const reached = [-1, 0, 10, 50, 100].find((one) => left <= one) ?? null;
      if (reached !== step && reached !== null) said.textContent = seen.textContent;
      step = reached;
    };
    area.addEventListener("input", count);
    count();
  }

  const remembered = ["name", "email", "website"];
  function addRemembering() {
    const known = memory.get("me");
    for (const name of known ? remembered : []) field(name).value ||= known[name] ?? "";
    const box = make("input", { type: "checkbox", id: "respond-remember" });
    box.checked = known !== null;
    box.addEventListener("change", remember);
    field("website").closest(".field").after(make("p", { class: "field choice" }, make("label", {}, box, ` ${say("script.remember")}`)));
  }

  function remember() {
    const isWanted = document.getElementById("respond-remember").checked;
    memory.set("me", isWanted ? Object.fromEntries(remembered.map((name) => [name, field(name).value])) : null);
  }

  // Whatever the form looked like when it came from the server.
  function dressForm() {
    addCounter();
    addRemembering();
    form.addEventListener("input", keepDraft);
    form.addEventListener("submit", send);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isReply()) cancelReply();
    });
  }

  function putForm(fresh) {
    form.replaceWith(fresh);
    form = fresh;
    dressForm();
  }

  // --- Replies

  const itemOf = (id) => document.getElementById(`comment-${id}`);
  const nameIn = (comment) => find(".who", comment).textContent.trim();

  function answer(id, title) {
    find(".replying", form)?.remove();
    field("parent").value = id;
    titleOf().textContent = title;
    titleOf().after(make("p", { class: "replying" }, makeButton("link", say("form.cancel"))));
    find(":scope > .comment", itemOf(id) ?? make("p"))?.after(form);
  }

  function cancelReply() {
    const link = itemOf(field("parent").value) && find(":scope > .comment a[href*='replytocom=']", itemOf(field("parent").value));
    find(".replying", form)?.remove();
    field("parent").value = "0";
    titleOf().textContent = say("form.title");
    home.after(form);
    keepDraft();
    focusOn(link ?? field("comment"));
  }

  // --- Posting and preview

  function complain(text) {
    find(".problems", form)?.remove();
    const problems = make("div", { class: "problems", role: "alert" }, make("p", {}, text));
    form.prepend(problems);
    focusOn(problems);
  }

  let isSending = false;
  async function send(event) {
    event.preventDefault();
    if (isSending) return;
    keepDraft();
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter?.name === "preview") body.set("preview", "1");
    isSending = true;
    form.setAttribute("aria-busy", "true");
    try {
      const answered = await fetch("/comment", { method: "POST", body, headers: { Accept: "text/html" }, signal: AbortSignal.timeout?.(30_000) });
      takeAnswer(answered, parse(await answered.text()));
    } catch {
      complain(`${say("script.failed")} ${say("form.kept")}`);
    } finally {
      isSending = false;
      form.removeAttribute("aria-busy");
    }
  }

  // The page after posting, or the form once more: with a preview, or with what is to be mended.
  function takeAnswer(answered, page) {
    if (answered.ok && answered.redirected) return takePosted(answered.url, page);
    const again = page.getElementById("respond");
    // A busy server gives its reasons without this form.
    if (!again) return complain(`${find(".refusal p", page)?.textContent ?? say("script.failed")} ${say("form.kept")}`);
    const typed = form;
    const answersHere = isReply() && discussion.contains(form);
    putForm(again);
    if (answersHere) answer(field("parent").value, typed.querySelector("h2").textContent);
    focusOn(find(".problems, .preview", form));
  }

  function takePosted(address, page) {
    remember();
    memory.set(`draft:${article}`, null);
    const writer = remembered.map((name) => [name, field(name).value]);
    const fresh = page.getElementById("respond");
    if (!page.getElementById("discussion") || !fresh) return location.assign(address);
    home.after(form);
    putForm(fresh);
    for (const [name, value] of writer) field(name).value = value;
    putThread(page);
    const own = find(".own", discussion);
    history.replaceState(null, "", own ? `${address}#${own.id}` : address);
    focusOn(own);
  }

  // --- The thread

  const items = () => findAll("li[id^='comment-']", discussion);
  const idOf = (item) => Number(item.id.slice("comment-".length));
  const newestHere = () => Math.max(0, ...items().map(idOf));

  function putThread(page) {
    const since = newestHere();
    const isInside = discussion.contains(form);
    const parent = isInside ? field("parent").value : "0";
    const focused = form?.contains(document.activeElement) ? document.activeElement : null;
    if (isInside) home.after(form);
    const fresh = page.getElementById("discussion");
    section.dataset.total = page.getElementById("comments").dataset.total;
    newestKnown = 0;
    discussion.replaceWith(fresh);
    discussion = fresh;
    news.replaceChildren();
    dressThread(since);
    if (isInside) find(":scope > .comment", itemOf(parent) ?? make("p"))?.after(form);
    focused?.focus({ preventScroll: true });
  }

  // `since`: the newest comment that the reader has seen; 0: this is their first visit, and nothing is new.
  function dressThread(since) {
    const isNew = (item) => since > 0 && idOf(item) > since && !item.classList.contains("own");
    const fresh = items().filter(isNew);
    for (const item of fresh) {
      item.classList.add("new");
      find(":scope > .comment .when", item)?.before(make("span", { class: "badge" }, say("script.new.mark")), " ");
    }
    if (fresh.length > 0) {
      const link = make("a", { href: `#${fresh[0].id}` }, say("script.new", { count: fresh.length }));
      find("h2", discussion).after(make("p", { class: "news" }, link));
    }
    memory.put("seen", article, Math.max(since, newestHere()));
    for (const item of items()) dressComment(item);
    foldMuted();
  }

  function dressComment(item) {
    const comment = find(":scope > .comment", item);
    const actions = comment && find(".actions", comment);
    if (!actions) return;
    const vote = memory.get("votes")?.[idOf(item)];
    if (vote) find(`button[name=${vote}]`, actions)?.setAttribute("aria-pressed", "true");
    if (!keyOf(comment) || item.classList.contains("own")) return;
    actions.append(makeButton("link quiet mute", say("script.mute"), { "aria-label": say("script.mute_of", { name: nameIn(comment) }) }));
  }

  // --- Muting: by the key of the picture, which stands for a person under one name

  const keyOf = (comment) => find("img.face", comment)?.getAttribute("src").match(/([0-9a-f]+)\.svg/)?.[1];

  function foldMuted() {
    const muted = memory.get("muted") ?? {};
    for (const comment of findAll(".comment", discussion)) {
      if (!(keyOf(comment) in muted) || comment.hidden || comment.previousElementSibling?.matches(".muted")) continue;
      comment.hidden = true;
      const buttons = [makeButton("link", say("script.muted.show")), makeButton("link", say("script.muted.end"))];
      comment.before(make("p", { class: "muted", "data-key": keyOf(comment) }, say("script.muted", { name: nameIn(comment) }), " ", buttons[0], " ", buttons[1]));
      buttons[0].addEventListener("click", () => ((comment.hidden = false), buttons[0].remove(), focusOn(buttons[1])));
      buttons[1].addEventListener("click", () => unmute(comment));
    }
  }

  function mute(comment) {
    memory.put("muted", keyOf(comment), 1);
    foldMuted();
    focusOn(find("button", comment.previousElementSibling));
  }

  function unmute(comment) {
    memory.put("muted", keyOf(comment), null);
    for (const line of findAll(`.muted[data-key="${keyOf(comment)}"]`, discussion)) {
      line.nextElementSibling.hidden = false;
      line.remove();
    }
    focusOn(find(".mute", comment));
  }

  // --- Votes

  async function vote(button) {
    const id = button.value;
    const wanted = button.getAttribute("aria-pressed") === "true" ? "none" : button.name;
    const votes = button.closest(".votes");
    try {
      const answered = await fetch("/comment/vote", { method: "POST", body: new URLSearchParams({ [wanted]: id }), headers: { Accept: "application/json" } });
      const said = await answered.json();
      if (!answered.ok) return tell(votes, said.error.message);
      memory.put("votes", id, wanted === "none" ? null : wanted);
      for (const one of findAll("button", votes)) {
        one.setAttribute("aria-pressed", String(one.name === wanted));
        one.setAttribute("aria-label", say(`comment.vote.${one.name}`, { count: said[one.name] }));
        one.textContent = `${one.textContent[0]} ${digits.format(said[one.name])}`;
      }
      tell(votes, "");
    } catch {
      tell(votes, say("script.failed"));
    }
  }

  function tell(votes, text) {
    const told = find(".told", votes) ?? votes.appendChild(make("small", { class: "told", role: "status" }));
    told.textContent = text;
  }

  // --- Quoting what was selected

  const longestQuote = 400;
  const quoter = makeButton("quoter", say("script.quote"));
  quoter.addEventListener("click", () => {
    field("quote").value = quoter.dataset.words;
    find("details", form).open = true;
    quoter.remove();
    keepDraft();
    focusOn(field("comment"));
  });

  // Behind the block of the selection, so that the Tab key leads from the words to the button.
  function offerQuote() {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    const end = selection.focusNode?.parentElement;
    const block = end?.closest(".story .body, .story .standfirst");
    if (!block || selection.isCollapsed || words.length < 3 || [...words].length > longestQuote) return quoter.remove();
    quoter.dataset.words = words;
    const place = selection.getRangeAt(0).getBoundingClientRect();
    (end.closest("p, li, blockquote, td, figcaption") ?? block).after(quoter);
    quoter.style.top = `${place.bottom + scrollY + 6}px`;
    quoter.style.insetInlineStart = "";
    quoter.style.left = `${Math.max(8, Math.min(place.left + scrollX, innerWidth - quoter.offsetWidth - 8))}px`;
  }

  let selecting = 0;
  const selected = () => {
    clearTimeout(selecting);
    if (document.activeElement !== quoter) selecting = setTimeout(offerQuote, 200);
  };

  // --- New comments while the page is open: told by the server, or asked for where that does not work

  const minute = 60_000;
  let stream = null;
  let next = 0;
  let pause = minute;
  let newestKnown = 0;  // when the thread was last as long as this page says

  // Where others went meanwhile, the thread is not longer, and still there is something new in it.
  function heard({ total, newest }) {
    pause = minute;
    const more = total - Number(section.dataset.total);
    if (more === 0) newestKnown ||= newest;
    const count = Math.max(more, newestKnown > 0 && newest > newestKnown ? 1 : 0);
    if (count === 0) return news.replaceChildren();
    const button = makeButton("link", say("script.live", { count }));
    button.addEventListener("click", () => showNew(newest));
    news.replaceChildren(button);
  }

  async function showNew(newest) {
    const before = newestHere();
    try {
      const answered = await fetch(location.href, { headers: { Accept: "text/html" } });
      putThread(parse(await answered.text()));
    } catch {
      return (news.textContent = say("script.failed"));
    }
    const first = items().find((item) => idOf(item) > before);
    if (first) focusOn(first);
    else location.assign(`/comment/${newest}`);  // they stand on another page of the thread
  }

  // Once, and then the stream is tried again: a server that was busy has room later.
  async function ask() {
    rest();
    try {
      const answered = await fetch(`/comment/count/${article}`, { headers: { Accept: "application/json" } });
      if (!answered.ok) throw new Error(answered.status);
      const { comments, newest } = await answered.json();
      heard({ total: comments, newest });
    } catch {
      pause = Math.min(pause * 2, 16 * minute);
    }
    if (!stream && !document.hidden) next = setTimeout(listen, pause);
  }

  // A stream that ends is opened again by the browser itself; one that was refused is not.
  function listen() {
    rest();
    if (!window.EventSource) return ask();
    const opened = (stream = new EventSource(`/comment/events/${article}`));
    stream.onmessage = (event) => heard(JSON.parse(event.data));
    stream.onerror = () => opened.readyState === EventSource.CLOSED && opened === stream && ask();
  }

  function rest() {
    stream?.close();
    stream = null;
    clearTimeout(next);
  }

  // Who never comes down to the comments asks for nothing; who looks elsewhere rests.
  function keepInformed() {
    let isNear = false;
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      isNear = true;
      listen();
    }, { rootMargin: "50%" }).observe(section);
    document.addEventListener("visibilitychange", () => (document.hidden ? rest() : isNear && listen()));
  }

  // --- What is clicked in the discussion

  section.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    const comment = button.closest(".comment");
    if (button.matches(".vote")) {
      event.preventDefault();
      vote(button);
    } else if (button.matches(".mute")) {
      mute(comment);
    } else if (form && button.closest(".replying")) {
      event.preventDefault();
      cancelReply();
    } else if (form && comment && button.matches("a[href*='replytocom=']")) {
      event.preventDefault();
      answer(idOf(comment.parentElement), say("form.title_to", { name: nameIn(comment) }));
      keepDraft();
      focusOn(field("comment"));
    }
  });

  dressThread(memory.get("seen")?.[article] ?? 0);
  if (form) {
    dressForm();
    restoreDraft();
    document.addEventListener("selectionchange", selected);
    keepInformed();
  }
}
