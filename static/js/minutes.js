// Minutes of a clarification: every word is saved, or the line says that it is not and tries again.
(() => {
  "use strict";
  const AGAIN_AFTER = 4000;
  const unsaved = new Set();
  const sent = new WeakMap();
  const lineOf = (event) => event.target.closest?.("form[data-keep]");
  const words = (line) => `${line.elements.tanya.value}\u0000${line.elements.jawab.value}`;

  const say = (line, text) => {
    const said = line.querySelector("[data-said]");
    said.textContent = text;
    said.hidden = !text;
    line.classList.toggle("is-unsaved", Boolean(text));
  };

  const keep = (line, text) => {
    unsaved.add(line);
    say(line, text);
  };

  const tryAgain = (line) => {
    keep(line, line.dataset.again);
    setTimeout(() => window.htmx.trigger(line, "submit"), AGAIN_AFTER);
  };

  document.body.addEventListener("input", (event) => {
    const line = lineOf(event);
    if (line) keep(line, line.dataset.unsaved);
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const line = lineOf(event);
    if (line) sent.set(line, words(line));
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const line = lineOf(event);
    if (!line || !event.detail.successful) return;
    // A page instead of the line: the session has ended, and nothing was written.
    if (!event.detail.xhr.responseText.includes('name="tanda"')) keep(line, line.dataset.refused);
    else if (words(line) === sent.get(line)) {
      unsaved.delete(line);
      say(line, "");
    }
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, (event) => {
      const line = lineOf(event);
      if (line) tryAgain(line);
    });
  }

  // What was typed stays on the page, whatever the answer is.
  document.body.addEventListener("htmx:responseError", (event) => {
    const line = lineOf(event);
    if (!line) return;
    event.stopPropagation();
    if (event.detail.xhr.status >= 500) tryAgain(line);
    else if (event.detail.xhr.status !== 422) keep(line, line.dataset.refused);
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
})();
