/* A paper that takes seconds to make (a[data-making]): a bar says so until it is there, a second click does not make it twice.
   Without JavaScript the link opens the paper as ever; when the paper cannot be fetched, it does too, and the server says why. */
import { element, whenShown } from "./page.js";

const NAME = /filename="?([^";]+)/;

async function fetched(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const saved = document.createElement("a");
  saved.href = URL.createObjectURL(await answer.blob());
  saved.download = NAME.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  saved.click();
  URL.revokeObjectURL(saved.href);
}

class Making {
  constructor(link) {
    this.link = link;
    this.box = element("div");
    this.box.setAttribute("role", "status");
    link.after(this.box);
    link.addEventListener("click", (event) => this.make(event));
  }

  async make(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (this.link.getAttribute("aria-busy") === "true") return;
    this.link.setAttribute("aria-busy", "true");
    const bar = element("progress");
    bar.setAttribute("aria-label", this.link.dataset.making);
    this.box.replaceChildren(element("p", this.link.dataset.making), bar);
    try {
      await fetched(this.link);
    } catch {
      location.assign(this.link.href);
    }
    this.box.replaceChildren();
    this.link.removeAttribute("aria-busy");
  }
}

whenShown("a[data-making]", (link) => new Making(link));
