import { placePicker } from "./parts/picker.js";
import { showsPlace } from "./parts/map.js";

document.querySelectorAll("[data-place-picker]").forEach(placePicker);
document.querySelectorAll("[data-place-map]").forEach(showsPlace);
