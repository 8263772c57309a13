import { withMap } from "./lazy.js";

/**
 * The place picker: a box first, a map second, "use where I am" third.
 *
 * Without this script the same form goes to the server, which answers with the same choices. With it the choices come
 * at once, the map shows them, and a press on the map is a choice of its own. What is posted is always the same hidden
 * fields: lat, lon, usrn, uprn, label. The map is sent for when it is opened: by hand, or by itself on a wide screen as
 * soon as there is a place to show on it.
 */
export function placePicker(root) {
  const part = (name) => root.querySelector(`[data-place="${name}"]`);
  const says = root.dataset;
  const fields = Object.fromEntries(["lat", "lon", "usrn", "uprn", "label"].map((name) => [name, part(name)]));
  const box = part("search");
  const status = part("status");
  const results = part("results");
  const prefix = box.name.replace(/search$/, "");
  let map = null;
  let marker = null;
  let maps = null;

  const tell = (text) => (status.textContent = text);

  function choose(place, { move = true } = {}) {
    for (const [name, field] of Object.entries(fields)) field.value = place[name] ?? "";
    tell(place.label ? `${says.chosen} ${place.label}` : "");
    if (place.lat == null) return;
    if (!map) return showIfWide();
    if (marker) marker.remove();
    marker = maps.pin(map, place.lat, place.lon);
    if (move) map.setView([place.lat, place.lon], Math.max(map.getZoom(), 16));
  }

  function clear() {
    for (const field of Object.values(fields)) field.value = "";
    if (marker) marker.remove();
  }

  function showResults(places) {
    results.replaceChildren();
    if (!places.length) return tell(says.none);
    const legend = Object.assign(document.createElement("legend"), { className: "govuk-fieldset__legend govuk-fieldset__legend--s", textContent: says.which });
    const set = Object.assign(document.createElement("fieldset"), { className: "govuk-fieldset" });
    const radios = Object.assign(document.createElement("div"), { className: "govuk-radios govuk-radios--small" });
    places.forEach((place, index) => {
      const id = `${box.id}-choice-${index}`;
      const item = Object.assign(document.createElement("div"), { className: "govuk-radios__item" });
      const radio = Object.assign(document.createElement("input"), { className: "govuk-radios__input", type: "radio", id, name: `${prefix}choice`, value: place.value });
      radio.addEventListener("change", () => choose(place));
      const label = Object.assign(document.createElement("label"), { className: "govuk-label govuk-radios__label", htmlFor: id, textContent: place.label });
      item.append(radio, label);
      radios.append(item);
    });
    set.append(legend, radios);
    results.append(set);
    tell(says.found.replace("%", places.length));
    if (places.length === 1) {
      results.querySelector("input").checked = true;
      choose(places[0]);
    }
  }

  async function ask(url, params) {
    const address = new URL(url, location.href);
    for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async function find() {
    if (!box.value.trim()) return;
    clear();
    const answer = await ask(says.search, { q: box.value.trim() });
    if (answer) showResults(answer.results ?? []);
    else tell(says.trouble);
  }

  async function chooseSpot(lat, lon, move) {
    const near = says.at ? await ask(says.at, { lat, lon }) : null;
    if (says.at && !near) return tell(says.outside);
    results.replaceChildren();
    choose({ ...near, lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), label: near?.label ?? says.onMap }, { move });
  }

  function showIfWide() {
    if (says.wide === "yes" && window.matchMedia("(min-width: 40em)").matches) part("map-details").open = true;
  }

  function openMap(came) {
    const place = part("map");
    const details = part("map-details");
    if (!place || map) return;
    maps = came;
    const start = { lat: Number(fields.lat.value || says.lat), lon: Number(fields.lon.value || says.lon), zoom: fields.lat.value ? 17 : Number(says.zoom || 12) };
    map = maps.drawMap(place, start);
    if (fields.lat.value) marker = maps.pin(map, start.lat, start.lon);
    map.on("click", (event) => chooseSpot(event.latlng.lat, event.latlng.lng, false));
    part("middle").addEventListener("click", () => {
      const middle = map.getCenter();
      chooseSpot(middle.lat, middle.lng, false);
    });
    details.addEventListener("toggle", () => details.open && map.invalidateSize());
  }

  part("find").addEventListener("click", (event) => {
    if (!says.search) return;
    event.preventDefault();
    find();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !says.search) return;
    event.preventDefault();
    find();
  });
  box.addEventListener("input", () => fields.label.value && (clear(), tell("")));
  part("map-details").hidden = false;
  part("map-details").addEventListener("toggle", () => map || withMap(openMap));
  if (fields.lat.value) showIfWide();

  const here = part("here");
  if ("geolocation" in navigator) {
    here.hidden = false;
    here.addEventListener("click", () => {
      tell(says.looking);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => chooseSpot(coords.latitude, coords.longitude, true),
        () => tell(says.nowhere),
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
      );
    });
  }
}
