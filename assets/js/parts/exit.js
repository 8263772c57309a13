/**
 * The quick exit of pages that somebody must not be seen with: at a click, or Shift pressed three times within five
 * seconds, the page goes blank at once and another takes its place in the history, so that going back does not show it.
 * Without scripts it is a link.
 */
export function leavesQuickly(scope) {
  const link = scope.querySelector("[data-quick-exit]");
  if (!link) return;
  let times = [];
  const leave = (event) => {
    event.preventDefault();
    document.title = "\u200b";
    document.body.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener("click", leave);
  scope.querySelectorAll("[data-quick-exit-keys]").forEach((words) => (words.hidden = false));
  scope.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      times = [];
      return;
    }
    times = [...times.filter((time) => event.timeStamp - time < 5000), event.timeStamp];
    if (times.length === 3) leave(event);
  });
  // a page that comes back from the browser's memory is asked for anew: it may have been forgotten meanwhile
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
}
