/* Small comforts on every page: a question before a serious step, one effect for a double click, counters, menus that close. */
import { whenShown } from "./page.js";

const agreed = new WeakSet();   // forms whose question was answered with yes
const sent = new WeakSet();     // forms already on their way

function ask(form, submitter, question) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("#confirm-question").textContent = question;
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    agreed.add(form);
    form.requestSubmit(submitter ?? undefined);
  };
  dialog.showModal();
}

function release(form) {
  sent.delete(form);
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

// The buttons are marked, not disabled: a disabled button would not send its own name and value.
function beforeSubmit(event) {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !agreed.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter, question);
    return;
  }
  agreed.delete(form);
  if (form.method !== "post" || "repeatable" in form.dataset) return;
  if (sent.has(form)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  sent.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
}
document.addEventListener("submit", beforeSubmit, true);
document.addEventListener("form:answered", (event) => release(event.target));
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

function count(counter) {
  const field = document.getElementById(counter.dataset.countFor);
  if (!field) return;
  const show = () => {
    const length = [...field.value.normalize("NFC")].length;
    const limit = Number(counter.dataset.countMax);
    counter.textContent = `${length}/${limit}`;
    counter.classList.toggle("is-over", length > limit);
  };
  field.addEventListener("input", show);
  show();
}

whenShown("[data-count-for]", count);
whenShown("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

/* How long an item of a meeting has been under way, minutes and seconds, after the words that stand there without a script. */
function runClock(time) {
  const shown = document.createElement("b");
  time.append(" ", shown);
  const show = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000));
    shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  show();
  const ticking = setInterval(() => (time.isConnected ? show() : clearInterval(ticking)), 1000);
}
whenShown("[data-running-since]", runClock);

function closeMenus(except) {
  document.querySelectorAll("details[data-closes][open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
}
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-closes][open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});
document.querySelector("[data-focus]")?.focus();
