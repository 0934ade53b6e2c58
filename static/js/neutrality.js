// Comfort for the public pages; every journey works without it.
(() => {
  "use strict";

  // The reader, also one who listens, begins at what is wrong.
  document.querySelector(".error-summary")?.focus();

  // A link of the error summary leads to the first input of a group.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView();
    (target.matches("fieldset") ? target.querySelector("input, select, textarea") || target : target).focus();
  });

  // A menu that is open on a wide screen begins folded on a phone.
  const menu = document.querySelector(".staff-menu");
  const wide = window.matchMedia("(min-width: 60rem)");
  const fold = () => { if (menu) menu.open = wide.matches; };
  fold();
  wide.addEventListener("change", fold);

  // One press sends once; the server refuses the second anyway.
  const sendOnce = (form) => {
    for (const button of form.querySelectorAll("[data-once]")) {
      button.setAttribute("aria-disabled", "true");
    }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  };

  // Before harm: ask. Without this script the server shows a page that asks.
  const ask = (form, submitter) => {
    const words = document.getElementById("kata-konfirmasi");
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    const text = document.createElement("p");
    text.id = "tanya";
    text.textContent = form.dataset.confirm;
    dialog.setAttribute("aria-labelledby", "tanya");
    const row = document.createElement("div");
    row.className = "button-row";
    const button = (label, tone) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = `btn btn-${tone}`;
      made.textContent = label;
      row.append(made);
      return made;
    };
    const yes = button(submitter?.textContent.trim() || "OK", "danger");
    const no = button(words?.dataset.no || "Batal", "secondary");
    yes.addEventListener("click", () => {
      const confirmed = document.createElement("input");
      confirmed.type = "hidden";
      confirmed.name = "dikonfirmasi";
      confirmed.value = "ya";
      confirmed.dataset.answer = "";
      form.append(confirmed);
      form.dataset.asked = "yes";
      dialog.close();
      form.requestSubmit(submitter || undefined);
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); submitter?.focus(); });
    dialog.append(text, row);
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.dataset.confirm && !form.dataset.asked) {
      event.preventDefault();
      ask(form, event.submitter);
      return;
    }
    const partial = form.matches("[hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete]");
    if (form.method === "post" && !partial) sendOnce(form);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) {
      delete form.dataset.sent;
      delete form.dataset.asked;
      // What the dialog answered; the page that asks without a dialog keeps its own field.
      form.querySelector("[data-answer]")?.remove();
      for (const button of form.querySelectorAll("[data-once]")) button.removeAttribute("aria-disabled");
    }
  });

  // Copy a code, print a page, fill in a demo account.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print], [data-fill-email]");
    if (!button) return;
    if (button.dataset.copy) {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
      const said = button.querySelector("[data-done]") || button;
      said.textContent = button.dataset.copied || said.textContent;
    } else if ("print" in button.dataset) {
      window.print();
    } else {
      const email = document.getElementById("id_login");
      email.value = button.dataset.fillEmail;
      document.getElementById("id_password").value = button.dataset.fillPassword;
      email.form.querySelector("[type=submit]").focus();
    }
  });
})();
