/* Drafts save themselves: <form data-autosave="address"> with a field `version`.
   The server answers {version, saved_at, missing}; 401: signed out meanwhile; 409 {version, current: {field: text}}: edited elsewhere.
   Text is kept in the browser only where the form says data-autosave-allowed (the declaration that nothing is secret was
   made), only while the server cannot take it, and it is removed as soon as the server has it. */
import { csrfToken, element, locale, messages, signInUrl, whenShown } from "./page.js";

const PAUSE_MS = 1500;        // after the last key
const OF_THE_PAGE = ["csrf_token", "_once"];   // made anew with each page, no words of the draft
const RETRY_MS = 15000;       // while the network is gone

function byName(entries) {
  const found = new Map();
  for (const [name, value] of entries) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.key = `draft:${this.url}`;
    this.mayKeep = "autosaveAllowed" in form.dataset;
    this.dirty = false;
    this.busy = false;
    this.stopped = false;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("pageshow", () => { this.stopped = false; });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save(true); });
    window.addEventListener("online", () => this.save());
    this.giveBack();
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  /** The form itself is on its way: nothing may be saved beside it, or one of the two would carry an old version. */
  submitted(event) {
    if (event.defaultPrevented) return;
    if (this.busy) {
      event.preventDefault();
      this.form.dispatchEvent(new CustomEvent("form:answered", { bubbles: true }));
      this.afterwards = () => this.form.requestSubmit(event.submitter ?? undefined);
      return;
    }
    this.stopped = true;
    this.forget();
  }

  entries() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !OF_THE_PAGE.includes(name));
  }

  async save(leaving = false) {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.dirty || this.busy || this.stopped) return;
    this.busy = true;
    this.dirty = false;
    this.say(messages.saving);
    const body = new URLSearchParams(this.entries());
    try {
      const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
      await this.answered(await fetch(this.url, { method: "POST", body, headers, keepalive: leaving, redirect: "manual" }));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;   // fetch reports a lost network as TypeError
      this.keep(localStorage);
      this.later(this.mayKeep ? messages.offline : messages.offlineNotKept);
    } finally {
      this.busy = false;
    }
    const submit = this.afterwards;
    this.afterwards = undefined;
    if (submit) return submit();
    if (this.dirty && this.timer === undefined) this.changed();   // typed while the answer was on its way
  }

  async answered(response) {
    if (response.ok) return this.stored(await response.json());
    if (response.status === 401 || response.type === "opaqueredirect") return this.signedOut();
    if (response.status === 409) return this.stale(await response.json());
    if (response.status === 422) return this.refused(await response.json());
    return this.later(messages.notSaved);
  }

  /** What was typed cannot be stored as it stands, so nothing is sent again before it changes; the reason is said. */
  refused(answer) {
    this.say(Object.values(answer.errors ?? {}).flat()[0] ?? messages.notSaved);
  }

  stored(answer) {
    this.form.elements.version.value = answer.version;
    this.forget();
    const at = /^\d{4}-/.test(answer.saved_at)
      ? new Date(answer.saved_at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" }) : answer.saved_at;
    this.say(`${messages.saved} ${at}`);
    this.lacks(answer.missing);
  }

  /** The list of what the step still lacks says what is stored now, not what was when the page came. */
  lacks(missing) {
    const card = document.querySelector("[data-missing]");
    if (!card || !missing) return;
    card.querySelector("ul").replaceChildren(...missing.map((each) => element("li", each)));
    card.hidden = missing.length === 0;
  }

  later(text) {
    this.dirty = true;
    this.say(text, true);
    this.timer = setTimeout(() => this.save(), RETRY_MS);
  }

  signedOut() {
    this.stopped = true;
    this.keep(sessionStorage);
    const link = element("a", messages.signIn);
    link.href = signInUrl();
    this.say(`${messages.signedOut} `, true).append(link);
  }

  stale(answer) {
    this.stopped = true;
    const link = element("a", messages.reload);
    link.href = location.href;
    const note = this.say(`${messages.stale} `, true);
    note.append(link);
    const current = answer.current ?? {};
    for (const [name, mine] of this.entries()) {
      if (!(name in current) || current[name] === mine || name === "version") continue;
      note.parentElement.after(this.pair(mine, current[name]));
    }
  }

  pair(mine, theirs) {
    const both = element("div", "", "pair-texts");
    for (const [title, text] of [[messages.mine, mine], [messages.theirs, theirs]]) {
      const part = element("section");
      part.append(element("h3", title), element("div", text || "–"));
      both.append(part);
    }
    return both;
  }

  keep(storage) {
    if (this.mayKeep) storage.setItem(this.key, JSON.stringify(this.entries()));
  }

  forget() {
    localStorage.removeItem(this.key);
    sessionStorage.removeItem(this.key);
  }

  /** Text that could not be sent last time comes back into the form, unless the draft has moved on since: then both are shown. */
  giveBack() {
    const kept = sessionStorage.getItem(this.key) ?? localStorage.getItem(this.key);
    if (kept === null || !this.mayKeep) return;
    const entries = JSON.parse(kept);
    const version = new Map(entries).get("version");
    if (version !== this.form.elements.version.value) return this.showOld(entries);
    this.fill(entries);
    this.say(messages.restored);
    this.changed();
  }

  /** Both texts of whatever is stored otherwise by now; nothing is said when the server had heard it all the same. */
  showOld(entries) {
    const now = byName(this.entries());
    for (const [name, values] of byName(entries)) {
      const [mine, theirs] = [values, now.get(name) ?? []].map((each) => each.join(", "));
      if (name === "version" || mine === theirs) continue;
      this.say(messages.stale, true);
      this.form.prepend(this.pair(mine, theirs));
    }
    this.forget();
  }

  fill(entries) {
    const given = byName(entries);
    for (const control of this.form.elements) {
      if (!control.name || ["csrf_token", "version"].includes(control.name) || ["submit", "file"].includes(control.type)) continue;
      const values = given.get(control.name) ?? [];
      if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else if (values.length) control.value = values.shift();
    }
  }

  say(text, bad = false) {
    const status = this.form.querySelector("[data-autosave-status]") ?? document.querySelector("[data-autosave-status]");
    status.textContent = text;
    status.classList.toggle("is-bad", bad);
    return status;
  }
}

whenShown("form[data-autosave]", (form) => new Draft(form));
