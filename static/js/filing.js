// Comfort while a report is filled in; every page of the journey works without it.
(() => {
  "use strict";

  // --- parts of a form that belong to one answer only ---------------------------------------
  const parts = document.querySelectorAll("[data-when]");
  const show = () => {
    for (const part of parts) {
      const form = part.closest("form");
      const chosen = form.querySelector(`[name="${part.dataset.when}"]:checked`);
      part.hidden = Boolean(chosen) ? chosen.value !== part.dataset.is : "scripted" in part.dataset;
    }
  };
  if (parts.length) {
    show();
    document.addEventListener("change", show);
  }

  // --- a search that narrows a long list while one types -----------------------------------
  for (const search of document.querySelectorAll("[data-narrows]")) {
    const list = document.getElementById(search.dataset.narrows);
    const all = [...list.querySelectorAll("option")];
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      const found = [];
      for (const option of all) {
        const fits = !wanted || !option.value || option.textContent.toLowerCase().includes(wanted);
        option.hidden = option.disabled = !fits;
        if (fits && option.value) found.push(option);
      }
      for (const group of list.querySelectorAll("optgroup")) {
        group.hidden = !group.querySelector("option:not([hidden])");
      }
      if (wanted && found.length === 1) found[0].selected = true;
    });
  }

  // --- suggestions from the server while one types -----------------------------------------
  // Not htmx: it would leave the page's address on the device.
  for (const search of document.querySelectorAll("[data-suggests]")) {
    const list = document.getElementById(search.dataset.into);
    let waiting = 0;
    let asked = 0;
    const ask = async () => {
      const turn = ++asked;
      const body = new FormData();
      body.set("csrfmiddlewaretoken", search.form.elements.csrfmiddlewaretoken.value);
      body.set(search.name, search.value);
      try {
        const answer = await fetch(search.dataset.suggests, { method: "POST", body });
        if (answer.ok && !answer.redirected && turn === asked) list.innerHTML = await answer.text();
      } catch { /* without a connection nothing is suggested */ }
    };
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 400);
    });
  }

  // --- a signature drawn with a finger -------------------------------------------------------
  const canvas = document.querySelector(".sign-canvas");
  if (canvas) {
    const field = document.querySelector("[data-signature]");
    const pen = canvas.getContext("2d");
    let strokes = [];
    let drawing = null;
    const ink = () => {
      pen.lineWidth = 3;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = getComputedStyle(canvas).color;
    };
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      const x = Math.round(((event.clientX - box.left) / box.width) * canvas.width);
      const y = Math.round(((event.clientY - box.top) / box.height) * canvas.height);
      return [Math.min(Math.max(x, 0), canvas.width), Math.min(Math.max(y, 0), canvas.height)];
    };
    canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      drawing = place(event);
      strokes.push(drawing);
      ink();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      const [x, y] = place(event);
      pen.beginPath();
      pen.moveTo(...drawing.slice(-2));
      pen.lineTo(x, y);
      pen.stroke();
      drawing.push(x, y);
    });
    const end = () => {
      drawing = null;
      field.value = JSON.stringify(strokes);
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    document.querySelector("[data-sign-clear]").addEventListener("click", () => {
      strokes = [];
      field.value = "";
      pen.clearRect(0, 0, canvas.width, canvas.height);
    });
    // What the server sent back after a mistake was a path, not strokes: draw again.
    field.value = "";
  }

  // --- the open page's text, kept on this device when its owner has chosen that --------------
  const PREFIX = "draf:";
  const DAYS = 30;
  const shelf = (() => {
    try { return window.localStorage; } catch { return null; }
  })();
  if (!shelf) return;

  const keys = () => Object.keys(shelf).filter((key) => key.startsWith(PREFIX));
  if (document.querySelector("[data-forget-drafts]")) {
    keys().forEach((key) => shelf.removeItem(key));
    return;
  }
  for (const key of keys()) {
    try {
      if (Date.now() - JSON.parse(shelf.getItem(key)).at > DAYS * 86400000) shelf.removeItem(key);
    } catch { shelf.removeItem(key); }
  }

  const page = document.querySelector("[data-draft]");
  if (!page) return;
  const form = page.querySelector('form[method="post"]:not([action])');
  const version = Number(page.dataset.version);
  const start = `${PREFIX}${page.dataset.draft}:`;

  // What was sent and has changed the draft on the server is safe there.
  for (const key of keys().filter((each) => each.startsWith(start))) {
    const kept = JSON.parse(shelf.getItem(key));
    if (kept.sent && version > kept.version) shelf.removeItem(key);
  }
  if (!form) return;

  const key = start + page.dataset.step;
  const fields = () => [...form.elements].filter((field) =>
    field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type) &&
    !("unkept" in field.dataset));
  const read = () => fields().map((field) =>
    [field.name, field.value, ["radio", "checkbox"].includes(field.type) ? field.checked : null]);
  const first = JSON.stringify(read());
  const keep = (sent) => {
    const words = read();
    if (!sent && JSON.stringify(words) === first) return;
    shelf.setItem(key, JSON.stringify({ at: Date.now(), version, sent, words }));
  };

  const restore = (words) => {
    for (const [name, value, checked] of words) {
      for (const field of fields().filter((each) => each.name === name)) {
        if (checked === null) field.value = value;
        else if (field.value === value) field.checked = checked;
      }
    }
    show();
  };
  const tell = (text, action) => {
    const note = document.createElement("div");
    note.className = "notice notice-info";
    note.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = text;
    note.append(line);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link";
      button.textContent = page.dataset.drop;
      button.addEventListener("click", () => { action(); note.remove(); });
      note.append(button);
    }
    page.prepend(note);
    return note;
  };

  const kept = shelf.getItem(key);
  if (kept && JSON.stringify(JSON.parse(kept).words) !== first) {
    restore(JSON.parse(kept).words);
    tell(page.dataset.restored, () => {
      shelf.removeItem(key);
      restore(JSON.parse(first));
    });
  }
  let offline = null;
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", (event) => {
    keep(true);
    if (navigator.onLine) return;
    event.preventDefault();
    delete form.dataset.sent;
    offline ??= tell(page.dataset.offline);
    offline.scrollIntoView();
  });
  window.addEventListener("online", () => { offline?.remove(); offline = null; });
})();
