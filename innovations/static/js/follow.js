/* A part marked data-follow says how far the worker is: it is fetched anew until it is gone, then the whole answer is shown. */
import { showAnswer } from "./page.js";

const PAUSE = 2000;   // milliseconds
const part = () => document.querySelector("[data-follow]");

async function look() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-follow]");
    if (answer.redirected || !fresh) showAnswer(html, answer.url);
    else part().replaceChildren(...fresh.childNodes);
  } catch { /* the server is away for a moment: look again */ }
  if (part()) setTimeout(look, PAUSE);
}

if (part()) setTimeout(look, PAUSE);
