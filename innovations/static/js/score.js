/* The score sheet (macros/score.html): running total, the anchor of the chosen level, keys 1–5, j/k, Ctrl+Enter.
   A gate is answered with no or yes and gives no points; after a no the gates below it need no answer.
   Points are counted in hundredths, as whole numbers: 0.1 + 0.2 must be 0.3. The server counts again. */
import { locale, messages, whenShown } from "./page.js";

const HUNDREDTHS = /^(\d{1,3})(?:[.,](\d{1,2}))?$/;

function hundredths(text) {
  const parts = HUNDREDTHS.exec(text.trim());
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "0").padEnd(2, "0")) : null;
}

function shown(value) {
  const [whole, part] = [Math.floor(value / 100), String(value % 100).padStart(2, "0").replace(/0+$/, "")];
  return part ? `${whole}${locale === "vi-VN" ? "," : "."}${part}` : String(whole);
}

class Criterion {
  constructor(box, sheet) {
    this.box = box;
    this.levels = [...box.querySelectorAll("[data-points]")];
    this.input = box.querySelector("[data-points-input]"); // a gate has none
    this.gate = box.dataset.measure === "gate";
    this.counts = box.dataset.measure === "points";
    this.max = hundredths(box.dataset.max);
    this.skip = box.querySelector("[data-not-applicable]");
    this.output = box.querySelector("[data-criterion-points]");
    box.addEventListener("change", (event) => { if (this.input && this.levels.includes(event.target)) this.input.value = shown(hundredths(event.target.dataset.points)); });
    box.addEventListener("input", () => { this.refresh(); sheet.refresh(); });
    box.addEventListener("change", () => { this.refresh(); sheet.refresh(); });
    this.refresh();
  }

  get skipped() { return this.skip?.checked ?? false; }
  get chosen() { return this.levels.find((level) => level.checked); }
  get points() { return this.skipped ? null : hundredths(this.input?.value ?? this.chosen?.dataset.points ?? ""); }

  refresh() {
    if (this.output) this.output.textContent = this.points === null ? "–" : shown(this.points);
    const chosen = this.chosen?.value;
    this.box.querySelectorAll("[data-anchor]").forEach((anchor) => { anchor.hidden = anchor.dataset.anchor !== chosen; });
  }

  choose(key) {
    const level = this.levels.find((one) => one.value === key);
    if (!level) return;
    level.checked = true;
    level.focus();
    level.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

class Sheet {
  constructor(form) {
    this.form = form;
    this.criteria = [...form.querySelectorAll("[data-criterion]")].map((box) => new Criterion(box, this));
    form.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => { if (event.target === document.body) this.key(event); });
    this.refresh();
  }

  refresh() {
    if (!this.criteria || !this.form.querySelector("[data-score-missing]")) return;
    this.close();
    const missing = this.criteria.filter((each) => each.points === null && !each.skipped && !each.closed).length;
    if (this.form.querySelector("[data-score-total]")) this.total();
    this.form.querySelector("[data-score-missing]").textContent = missing ? `${messages.missingCriteria} ${missing}` : messages.allScored;
  }

  close() {
    let closed = false;
    for (const gate of this.criteria.filter((each) => each.gate)) {
      gate.closed = closed;
      gate.box.toggleAttribute("data-closed", closed && gate.points === null && !gate.skipped);
      closed = closed || gate.points === 0;
    }
  }

  total() {
    const counted = this.criteria.filter((each) => each.counts);
    const sum = counted.reduce((points, each) => points + (each.points ?? 0), 0);
    const maximum = counted.reduce((points, each) => points + (each.skipped ? 0 : each.max), 0);
    const total = maximum ? Math.round((sum * 10000) / maximum) : 0;  // out of 100: what does not apply leaves the maximum
    this.form.querySelector("[data-score-total]").textContent = shown(total);
    this.form.querySelector("[data-score-bar]").setAttribute("width", `${Math.min(100, total / 100)}%`);
  }

  here() {
    return Math.max(0, this.criteria.findIndex((criterion) => criterion.box.contains(document.activeElement)));
  }

  go(step) {
    const inside = this.criteria.some((criterion) => criterion.box.contains(document.activeElement));
    const next = this.criteria[Math.min(this.criteria.length - 1, Math.max(0, this.here() + (inside ? step : 0)))];
    (next.levels.find((level) => level.checked) ?? next.levels[0]).focus();
    next.box.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.key === "Enter" && event.ctrlKey) { this.form.requestSubmit(this.form.querySelector("[data-submit-sheet]") ?? undefined); return; }
    const typing = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[1-5]$/.test(event.key)) this.criteria[this.here()].choose(event.key);
    else if (event.key === "j") this.go(1);
    else if (event.key === "k") this.go(-1);
    else return;
    event.preventDefault();
  }
}

whenShown("form[data-score-sheet]", (form) => new Sheet(form));
