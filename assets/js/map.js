import { drawMap, pin, showsPlace } from "./parts/map.js";

/** The map, in a file of its own: three times as heavy as a page, so that it is sent for only when one is wanted. */
window.moothallMap = { drawMap, pin, showsPlace };
