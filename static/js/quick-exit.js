// Leaving in a hurry: nothing is seen while the server closes the mailbox.
(() => {
  "use strict";
  const form = document.querySelector("form.quick-exit");
  if (!form) return;

  form.addEventListener("submit", () => {
    document.title = "…";
    document.body.hidden = true;
  });

  // A page that the browser kept is not shown again once the mailbox was closed.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  // Three presses of Escape do the same.
  let presses = 0;
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) form.requestSubmit();
  });
})();
