// Sends files part by part and goes on where a broken line stopped (tus 1.0); without this script
// the form sends them whole. Nothing is kept on the device: the server knows what is unfinished.
(() => {
  "use strict";
  const form = document.querySelector("form[data-uploads]");
  if (!form || !window.XMLHttpRequest || !("slice" in Blob.prototype)) return;

  const words = form.dataset;
  const picker = form.querySelector("input[type=file]");
  const common = form.querySelector("[name=keterangan]")?.closest(".form-group");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const MIB = 1024 * 1024;
  const LEAST = 128 * 1024;
  const MOST = 8 * MIB;
  const STALLED = 20000;
  const TRIES = 40;
  const known = [...document.querySelectorAll("[data-unfinished]")];
  const list = document.createElement("ul");
  list.className = "upload-list";
  picker.closest(".form-group").after(list);
  let rows = [];
  let busy = false;

  const utf8 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const pause = (time) => new Promise((go) => {
    const timer = setTimeout(go, time);
    window.addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
  });

  // One request; resolves with the answer, or with status 0 when the line broke or went silent.
  const ask = (method, url, { headers = {}, body = null, going, row } = {}) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      let timer;
      const alive = () => { clearTimeout(timer); timer = setTimeout(() => request.abort(), STALLED); };
      request.open(method, url);
      request.setRequestHeader("Tus-Resumable", "1.0.0");
      request.setRequestHeader("X-CSRFToken", token);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => { alive(); going?.(event.loaded); });
      request.addEventListener("loadend", () => { clearTimeout(timer); resolve(request); });
      if (row) row.request = request;
      alive();
      request.send(body);
    });

  const say = (row, text, tone = "") => {
    row.status.textContent = text;
    row.item.classList.toggle("upload-wrong", tone === "wrong");
  };
  const show = (row, sent) => {
    const percent = Math.floor((100 * sent) / row.file.size);
    row.bar.value = percent;
    say(row, words.wordsGoing.replace("#", percent));
  };

  const tooBig = (file) => {
    const kind = file.type.split("/")[0];
    const name = `most${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    const most = Number(words[name] || words.mostOther);
    return file.type && file.size > most * MIB ? words.wordsBig.replace("#", most) : "";
  };

  const draw = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("strong");
    name.className = "breakable";
    name.textContent = file.name;
    const label = document.createElement("label");
    label.className = "form-label";
    label.textContent = words.wordsCaption;
    const caption = document.createElement("input");
    caption.className = "form-control";
    caption.maxLength = 200;
    caption.id = `keterangan-${rows.length + 1}`;
    label.htmlFor = caption.id;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.hidden = true;
    bar.setAttribute("aria-label", file.name);
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "btn btn-link";
    cancel.textContent = words.wordsCancel;
    item.append(name, label, caption, bar, status, cancel);
    list.append(item);
    const row = { file, item, caption, bar, status, cancel, url: "", state: "waits" };
    cancel.addEventListener("click", () => {
      row.state = "cancelled";
      row.request?.abort();
      if (row.url) ask("DELETE", row.url);
      item.remove();
    });
    const problem = tooBig(file);
    if (problem) {
      row.state = "refused";
      say(row, problem, "wrong");
    }
    return row;
  };

  picker.addEventListener("change", () => {
    if (busy) return;
    list.replaceChildren();
    rows = [];
    for (const file of picker.files) rows.push(draw(file));
    if (common) common.hidden = rows.length > 0;
  });

  // An unfinished file of this name and size is gone on with; else a new place is asked for.
  const begin = async (row) => {
    const same = known.find((each) =>
      each.dataset.name === row.file.name && Number(each.dataset.size) === row.file.size);
    if (same) {
      row.url = same.dataset.unfinished;
      known.splice(known.indexOf(same), 1);
      return null;
    }
    const told = [`filename ${utf8(row.file.name)}`];
    if (row.caption.value) told.push(`keterangan ${utf8(row.caption.value)}`);
    const answer = await ask("POST", words.uploads, {
      headers: { "Upload-Length": String(row.file.size), "Upload-Metadata": told.join(",") },
    });
    if (answer.status === 201) row.url = answer.getResponseHeader("Location");
    return answer;
  };

  const refuse = (row, answer) => {
    row.state = "refused";
    const plain = (answer.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    say(row, (plain && answer.responseText) || words.wordsRefused, "wrong");
  };
  const isFinal = (status) => status >= 400 && status < 500 && ![408, 409, 423, 425].includes(status);

  const send = async (row) => {
    row.bar.hidden = false;
    let offset = -1;
    let part = LEAST;
    for (let tries = 0; tries < TRIES && row.state !== "cancelled";) {
      if (!row.url) {
        const answer = await begin(row);
        if (answer && isFinal(answer.status)) return refuse(row, answer);
        if (answer && row.url) offset = 0;
      }
      if (row.url && offset < 0) {
        const answer = await ask("HEAD", row.url, { row });
        if (answer.status === 200) offset = Number(answer.getResponseHeader("Upload-Offset"));
        if (isFinal(answer.status)) row.url = "";
      }
      if (row.url && offset >= 0) {
        const begun = Date.now();
        const from = offset;
        const answer = await ask("PATCH", row.url, {
          headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from) },
          body: row.file.slice(from, from + part),
          going: (loaded) => show(row, from + loaded),
          row,
        });
        if (answer.status === 204) {
          offset = Number(answer.getResponseHeader("Upload-Offset"));
          tries = 0;
          show(row, offset);
          if (offset >= row.file.size) {
            row.state = "done";
            row.cancel.hidden = true;
            return say(row, words.wordsDone);
          }
          part = Date.now() - begun < 4000 ? Math.min(part * 2, MOST) : Math.max(part / 2, LEAST);
          continue;
        }
        if (isFinal(answer.status)) return refuse(row, answer);
        offset = -1;
        part = LEAST;
      }
      tries += 1;
      if (row.state === "cancelled") return null;
      say(row, words.wordsBroken);
      await pause(Math.min(1000 * tries, 15000));
    }
    return row.state === "cancelled" ? null : say(row, words.wordsGaveUp, "wrong");
  };

  form.addEventListener("submit", async (event) => {
    if (!rows.length) return;
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    busy = true;
    const button = form.querySelector("[type=submit]");
    button.setAttribute("aria-disabled", "true");
    for (const row of rows) if (row.state === "waits") say(row, words.wordsWaits);
    for (const row of rows) if (row.state === "waits") await send(row);
    button.removeAttribute("aria-disabled");
    busy = false;
    const left = rows.filter((row) => row.state === "waits" || row.state === "refused");
    if (!left.length) {
      if (words.then === "send") {
        // What was written goes with the files, which wait for it on the server.
        picker.value = "";
        form.submit();
      } else window.location.assign(words.done);
      return;
    }
    if (words.done && rows.some((row) => row.state === "done")) {
      const link = document.createElement("a");
      link.href = words.done;
      link.textContent = words.wordsSee;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    left[0].item.scrollIntoView({ block: "center" });
  });
})();
