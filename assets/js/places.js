import { placePicker } from "./parts/picker.js";
import { withMap } from "./parts/lazy.js";

document.querySelectorAll("[data-place-picker]").forEach(placePicker);
document.querySelectorAll("[data-place-map]").forEach((element) => withMap(({ showsPlace }) => showsPlace(element)));
