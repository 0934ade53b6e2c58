// For the staff pages: htmx sends the token, and says when something went wrong.
(() => {
  "use strict";
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token();
  });

  // A refusal is a page of its own: show it instead of leaving a dead button.
  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    const page = new DOMParser().parseFromString(answer.responseText, "text/html").querySelector("main");
    const main = document.querySelector("main");
    if (!page || !main) return;
    main.replaceChildren(...page.childNodes);
    main.focus();
    window.scrollTo(0, 0);
  });
})();
