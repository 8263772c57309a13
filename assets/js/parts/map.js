import * as L from "leaflet";

const TOWNS_FROM_ZOOM = 12;
const STREETS_FROM_ZOOM = 14;

/** Draw our own county into an element: districts at once, streets when close, reported places as circles. */
export function drawMap(element, { lat, lon, zoom = 16, keyboard = true }) {
  const map = L.map(element, { attributionControl: false, zoomSnap: 0.5, minZoom: 9, maxZoom: 19, keyboard });
  map.setView([lat, lon], zoom);
  map.createPane("marks").style.zIndex = 450; // above streets, however late they come
  const areas = (kind) =>
    L.geoJSON(null, {
      interactive: false,
      style: { className: `mh-map__${kind}` },
      onEachFeature: (feature, layer) => {
        const name = feature.properties?.name ?? "";
        layer.bindTooltip(name, { permanent: true, direction: "center", className: `mh-map__name mh-map__name--${kind}` });
      },
    }).addTo(map);
  const layers = { districts: areas("district"), towns: areas("town") };
  layers.streets = L.geoJSON(null, {
    interactive: false,
    style: { className: "mh-map__street" },
    onEachFeature: (feature, layer) => {
      if (feature.properties?.name) layer.bindTooltip(feature.properties.name, { sticky: true });
    },
  }).addTo(map);
  layers.reported = L.geoJSON(null, {
    pointToLayer: (_, at) => L.circleMarker(at, { radius: 12, pane: "marks", className: "mh-map__reported" }),
    onEachFeature: (feature, layer) => layer.bindTooltip(feature.properties?.label ?? ""),
  }).addTo(map);

  const fill = async (layer, url, bounded) => {
    if (!url) return;
    const address = new URL(url, location.href);
    if (bounded) address.searchParams.set("bbox", map.getBounds().toBBoxString());
    try {
      const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
      if (!answer.ok) return;
      const shapes = await answer.json();
      layer.clearLayers();
      layer.addData(shapes);
    } catch {
      // No signal: the box above does the same without a map.
    }
  };
  const refresh = () => {
    const close = map.getZoom() >= STREETS_FROM_ZOOM;
    element.classList.toggle("mh-map--far", map.getZoom() < TOWNS_FROM_ZOOM);
    element.classList.toggle("mh-map--close", close);
    if (close) fill(layers.streets, element.dataset.streets, true);
    else layers.streets.clearLayers();
    fill(layers.reported, element.dataset.reported, true);
  };
  fill(layers.districts, element.dataset.districts, false);
  fill(layers.towns, element.dataset.towns, false);
  map.on("moveend", refresh);
  refresh();
  return map;
}

export function pin(map, lat, lon) {
  return L.circleMarker([lat, lon], { radius: 10, pane: "marks", className: "mh-map__here", interactive: false }).addTo(map);
}

/** A small map that only shows one place: an element with data-place-map, data-lat and data-lon. */
export function showsPlace(element) {
  const { lat, lon } = element.dataset;
  element.hidden = false;
  const map = drawMap(element, { lat: Number(lat), lon: Number(lon), zoom: 16, keyboard: false });
  pin(map, Number(lat), Number(lon));
}
