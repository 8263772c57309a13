/**
 * A form marked data-autosubmit sends itself when a choice in it changes; its button is then only for those without
 * scripts. Text boxes are left alone: they go with Enter.
 */
export function submitsItself(scope) {
  for (const form of scope.querySelectorAll("form[data-autosubmit]")) {
    form.querySelectorAll("[data-autosubmit-button]").forEach((button) => (button.hidden = true));
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=radio], input[type=checkbox], input[type=date]")) form.requestSubmit();
    });
  }
  for (const button of scope.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
