// Looks again every few seconds while files are being examined; without it a link loads the page
// anew. Not htmx: it would leave the page's address on the device.
(() => {
  "use strict";
  const SECONDS = 5;

  const look = async (part) => {
    const line = part.querySelector("[data-waits]");
    if (!line) return;
    try {
      // 204: nothing has changed.
      const answer = await fetch(line.dataset.waits);
      if (answer.status === 200 && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(part.id);
        if (fresh) part.replaceChildren(...fresh.childNodes);
      }
    } catch { /* the next look may have a connection */ }
    setTimeout(look, SECONDS * 1000, part);
  };

  for (const line of document.querySelectorAll("[data-waits]")) {
    setTimeout(look, SECONDS * 1000, document.getElementById(line.dataset.part));
  }
})();
