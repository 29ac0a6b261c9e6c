/* Results while one types: the parts of the page at the same address are fetched and put in place, without the frame around them.

   Nothing is known here that the server does not say: each answer holds all parts, so the address holds the whole state and the
   page works without this script.  Parts are the elements with data-part and an id.  The box keeps its focus, folds stay as the
   reader left them, the panel of facets on a phone stays open, and a line that screen readers hear says how many were found. */
import { messages, whenShown } from "./page.js";

const PAUSE_MS = 220;

const here = () => location.pathname + location.search;
let shown = here();          // the address whose answer stands on the page
let underway = null;         // stops the request before

function address(form, typing) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "" && name !== "typing") asked.append(name, value);
  if (typing && asked.has("q")) asked.append("typing", "1");
  const query = asked.toString();
  return new URL(form.action).pathname + (query ? `?${query}` : "");
}

const folds = (part) => new Map([...part.querySelectorAll("[data-fold]")].map((fold) => [fold.dataset.fold, fold.open]));

/** The link that stands now where one with the same facet value, or the same name, stood. */
function again(part, link) {
  if (!link?.dataset.facet) return null;
  const same = [...part.querySelectorAll(`[data-facet="${link.dataset.facet}"]`)];
  return same.find((each) => each.dataset.value === link.dataset.value);
}

function put(part, fresh) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const before = folds(part);
  part.replaceChildren(...fresh.childNodes);
  part.hidden = fresh.hidden;
  part.querySelectorAll("[data-fold]").forEach((fold) => { if (before.has(fold.dataset.fold)) fold.open = before.get(fold.dataset.fold); });
  part.dispatchEvent(new CustomEvent("page:part", { bubbles: true }));
  if (focused) (again(part, focused) ?? document.getElementById("results-head"))?.focus({ preventScroll: true });
}

function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const fresh = [...document.querySelectorAll("[data-part]")].map((part) => [part, answer.getElementById(part.id)]);
  if (fresh.some(([, found]) => !found)) return false;
  fresh.forEach(([part, found]) => put(part, found));
  document.getElementById("columns").className = answer.getElementById("columns").className;
  document.getElementById("said").textContent = document.getElementById("count").textContent.trim();
  return true;
}

/** What stands under the pointer stays there: the facet value `link` is where it was, whatever came or went above it. */
function still(link, change) {
  const top = link?.getBoundingClientRect().top;
  const done = change();
  const now = again(document, link);
  if (now) {
    const panel = now.closest("[data-part]");
    const scrolled = panel.scrollHeight > panel.clientHeight && getComputedStyle(panel).overflowY === "auto" ? panel : window;
    scrolled.scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
  }
  return done;
}

/** Say, or say no more, that the list is an older one. */
function tell(fails) {
  document.getElementById("search-failed").hidden = !fails;
  if (fails) document.getElementById("said").textContent = messages.searchFailed;
}

/** Show the answer to `url`; an older request is stopped.  `remember` puts the address into the history, `link` was clicked. */
async function load(url, remember = () => {}, link = null) {
  underway?.abort();
  const mine = underway = new AbortController();
  const results = document.getElementById("results");
  results.classList.add("is-waiting");
  try {
    const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html", "X-Parts-Only": "1" } });
    const html = await answer.text();
    if (mine.signal.aborted) return;
    if (!answer.ok) throw new Error(answer.status);
    if (!still(link, () => show(html))) { location.assign(url); return; }   // signed out meanwhile, or another page altogether
    shown = url;
    tell(false);
    remember();
  } catch (error) {
    if (error.name !== "AbortError") tell(true);
  } finally {
    if (mine === underway) results.classList.remove("is-waiting");
  }
}

function instant(form) {
  const box = form.elements.q;
  let waiting = 0, began = false;   // `began`: this run of keys already has its place in the history
  const push = (url) => () => history.pushState({ search: true }, "", url);
  const typed = () => {
    const url = address(form, true);
    if (url === shown) return;
    load(url, () => {
      history[began ? "replaceState" : "pushState"]({ search: true }, "", url);
      began = true;
    });
  };
  const soon = (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(typed, PAUSE_MS);
  };
  box.addEventListener("input", soon);
  box.addEventListener("compositionend", soon);
  box.addEventListener("blur", () => { began = false; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    const url = address(form, false);
    load(url, () => { if (url !== here()) push(url)(); began = false; });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-part] a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname !== location.pathname || (to.hash && to.search === location.search)) return;
    event.preventDefault();
    clearTimeout(waiting);
    began = false;
    const url = to.pathname + to.search;
    box.value = to.searchParams.get("q") ?? "";
    if (link.closest(".paging")) window.scrollTo({ top: 0 });
    load(url, push(url), link);
  });
  window.addEventListener("popstate", () => {
    if (here() === shown) return;   // a jump within the page
    clearTimeout(waiting);
    began = false;
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    load(here());
  });
}

whenShown("form[data-instant]", instant);
