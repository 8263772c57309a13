/** A checkbox marked data-selects-all ticks every [data-row] box of its form; the count is told in [data-selected]. */
export function selectsAll(page) {
  for (const all of page.querySelectorAll("[data-selects-all]")) {
    const form = all.closest("form");
    if (!form || form.dataset.selectsReady) continue;
    form.dataset.selectsReady = "yes";
    const boxes = () => [...form.querySelectorAll("[data-row] input[type=checkbox]")];
    const tell = () => {
      const count = boxes().filter((box) => box.checked).length;
      form.querySelectorAll("[data-selected]").forEach((place) => (place.textContent = count || ""));
      all.checked = count > 0 && count === boxes().length;
      all.indeterminate = count > 0 && count < boxes().length;
    };
    form.addEventListener("change", (event) => {
      if (event.target === all) boxes().forEach((box) => (box.checked = all.checked));
      tell();
    });
    tell();
  }
}
