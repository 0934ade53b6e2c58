// Passkeys are offered only where the browser knows them; a failure is said in words.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelector(".passkey-problem")?.remove();
    const problem = document.createElement("p");
    problem.className = "form-error passkey-problem";
    problem.setAttribute("role", "alert");
    problem.textContent = document.getElementById("kata-kunci-sandi").dataset.problem;
    document.querySelector("#passkey_login, #mfa_webauthn_authenticate, #mfa_webauthn_add, #mfa_webauthn_reauthenticate")?.after(problem);
  });
})();
