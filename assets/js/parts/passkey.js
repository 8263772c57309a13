/**
 * When a device does not give the passkey it is asked for (stopped, too late, none there), say so on the page: allauth
 * would tell only the console.
 */
export function tellsOfPasskeys(page) {
  page.addEventListener("allauth.error", (event) => {
    const problem = page.querySelector("[data-passkey-problem]");
    if (!problem) return;
    event.preventDefault();
    problem.hidden = false;
    problem.focus();
  });
}
