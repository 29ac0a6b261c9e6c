/* The list under a search box: what the words could mean, chosen by keys (up, down, Enter, Escape), finger or mouse.

   The box is a combobox whose focus never leaves it (WAI-ARIA: list autocomplete with manual selection).  The options come from
   the address in data-from of the list, each with its own address in data-url. */
import { whenShown } from "./page.js";

const PAUSE_MS = 160;

function suggesting(list) {
  const form = list.closest("form");
  const box = form.elements.q;
  let waiting = 0, underway = null, active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];

  function mark(place) {
    const all = options();
    active = all.length ? (place + all.length + 1) % (all.length + 1) : -1;   // one place more: back in the box
    if (active === all.length) active = -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) { box.removeAttribute("aria-activedescendant"); return; }
    box.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function open(wanted) {
    list.hidden = !wanted || !options().length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) mark(-1);
  }

  function close() {
    clearTimeout(waiting);
    underway?.abort();
    open(false);
  }

  async function ask() {
    underway?.abort();
    const mine = underway = new AbortController();
    const asked = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${list.dataset.from}?${asked}`, { signal: mine.signal });
      const html = answer.ok && !answer.redirected ? await answer.text() : "";
      if (mine.signal.aborted) return;
      const fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[role=option]");
      list.replaceChildren(...fresh);
      options().forEach((option, at) => { option.id = `${list.id}-${at}`; });
      mark(-1);
      open(document.activeElement === box);
    } catch { /* stopped, or no network: the list is a comfort only */ }
  }

  function choose(option) {
    close();
    location.assign(option.dataset.url);
  }

  function pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); return; }
    if (event.key === "Enter" && !list.hidden && active >= 0) { event.preventDefault(); choose(options()[active]); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) { open(true); if (list.hidden) return; }
    const down = event.key === "ArrowDown";
    mark(active < 0 ? (down ? 0 : options().length - 1) : active + (down ? 1 : -1));
  }

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);
  const soon = (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, PAUSE_MS);
  };
  box.addEventListener("input", soon);
  box.addEventListener("compositionend", soon);
  box.addEventListener("keydown", pressed);
  box.addEventListener("blur", close);
  form.addEventListener("submit", close, true);
  list.addEventListener("mousedown", (event) => event.preventDefault());   // the focus stays in the box
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

whenShown("[role=listbox][data-from]", suggesting);
