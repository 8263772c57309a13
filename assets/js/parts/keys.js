/**
 * Keys for a queue: a table or list marked data-keys whose rows are marked data-row.
 *
 *   j  next row        k  row before      Enter, o  open it
 *   x  mark it         a  take it on (presses the button marked data-key="a")
 *   /  go to search    ?  show these keys
 *
 * A row that was opened is remembered for this tab, so that "back" finds the place again. A box marked
 * data-keys-switch turns the keys off for this browser (WCAG 2.1.4: single keys must be possible to turn off).
 */
export function queueKeys(page) {
  const list = page.querySelector("[data-keys]");
  const help = page.querySelector("[data-keys-help]");
  const rows = () => [...page.querySelectorAll("[data-keys] [data-row]")];
  const link = (row) => row?.querySelector("a[href]");
  const memory = "moothall.row:" + location.pathname;

  const at = () => rows().indexOf(document.activeElement?.closest("[data-row]"));
  const go = (index) => {
    const all = rows();
    if (all.length) link(all[Math.max(0, Math.min(all.length - 1, index))])?.focus();
  };
  const press = {
    j: () => go(at() + 1),
    k: () => go(Math.max(0, at() - 1)),
    o: () => link(rows()[at()])?.click(),
    x: () => rows()[at()]?.querySelector("input[type=checkbox]")?.click(),
    "/": () => page.querySelector("[data-search]")?.focus(),
    "?": () => help && (help.open = !help.open, help.querySelector("summary").focus()),
  };

  const off = () => localStorage.getItem("moothall.keys") === "off";
  for (const box of page.querySelectorAll("[data-keys-switch]")) {
    box.checked = !off();
    box.addEventListener("change", () => localStorage.setItem("moothall.keys", box.checked ? "on" : "off"));
  }

  page.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const button = page.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const act = press[event.key];
    if (button) button.click();
    else if (act && (list || event.key === "/" || event.key === "?")) act();
    else return;
    event.preventDefault();
  });

  if (!list) return;
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) sessionStorage.setItem(memory, row.dataset.row);
  });
  const [arrival] = performance.getEntriesByType("navigation");
  const left = arrival?.type === "back_forward" && sessionStorage.getItem(memory);
  if (left) link(rows().find((row) => row.dataset.row === left))?.focus({ preventScroll: false });
}
