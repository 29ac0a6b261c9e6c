/* What the other scripts share: messages in the reader's language, the token of the session, and "look at this new part". */

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

export const messages = JSON.parse(meta("messages") || "{}");
export const locale = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
export const csrfToken = () => meta("csrf-token");
export const signInUrl = () => `${meta("signin")}?next=${encodeURIComponent(location.pathname + location.search)}`;

/** Start `comfort` once on each element that matches: those here now, and those that arrive later (htmx, showAnswer). */
export function whenShown(selector, comfort) {
  const started = new WeakSet();
  const look = (root) => root.querySelectorAll(selector).forEach((found) => {
    if (started.has(found)) return;
    started.add(found);
    comfort(found);
  });
  look(document);
  document.addEventListener("page:part", (event) => look(event.target));
  document.addEventListener("htmx:load", (event) => look(event.target.parentElement ?? document));
}

/** Put the <main> of an answer in place of ours: the flashed message and the errors in it are shown once, not lost. */
export function showAnswer(html, url) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const fresh = answer.querySelector("main");
  if (!fresh) { location.assign(url); return; }
  document.querySelector("main").replaceWith(fresh);
  document.title = answer.title;
  history.replaceState(null, "", url);
  window.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent("page:part", { bubbles: true }));
  (fresh.querySelector("[data-focus]") ?? fresh).focus();
}

export function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
