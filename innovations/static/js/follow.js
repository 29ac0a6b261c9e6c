/* A part marked data-follow says how far the worker is: it is fetched anew until it is gone, then the page itself is opened anew. */
const PAUSE = 2000;   // milliseconds
const part = () => document.querySelector("[data-follow]");

async function look() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
    if (answer.redirected || !fresh) { location.replace(answer.url); return; }
    part().replaceChildren(...fresh.childNodes);
  } catch { /* the server is away for a moment: look again */ }
  setTimeout(look, PAUSE);
}

if (part()) setTimeout(look, PAUSE);
