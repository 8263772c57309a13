import htmx from "htmx.org";
import { queueKeys } from "./parts/keys.js";
import { selectsAll } from "./parts/bulk.js";

// Strict Content-Security-Policy: htmx may neither write styles nor evaluate text.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
});
queueKeys(document);
selectsAll(document);
document.body.addEventListener("htmx:afterSwap", () => selectsAll(document));
