// The map of /coverage. Draws what the server worked out (/coverage/map.json) on boundaries of ours, with OpenLayers
// (the global `ol`); the table of the page has the same figures, so that nothing is lost where this does not run.
// @ts-check

/** @typedef {{ class: string, says: string, link: string }} Unit */
/** @typedef {{ name: string, lon: number, lat: number }} Place */
/** @typedef {{ units: Record<string, Unit>, islands: Place[] }} Values */
/** @typedef {import("ol/Feature.js").FeatureLike} Region */

/** Tiles of patterns are drawn at twice their size, so that they stay sharp. */
const TILE = 8;

/** More regions than one province has communes. */
const MANY = 500;

/** The project's own colours, light or dark. @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * What each class is filled with, from the legend, so that map and legend can't differ.
 * @returns {Map<string, CanvasPattern | string>}
 */
function fills() {
  const found = new Map();
  for (const item of document.querySelectorAll(".map-legend [data-class]")) {
    if (!(item instanceof HTMLElement)) continue;
    const { class: id = "", fill = "", ink = "", lines = "" } = item.dataset;
    found.set(id, pattern(fill, ink, lines) ?? fill);
  }
  return found;
}

/** @param {string} fill @param {string} ink @param {string} lines */
function pattern(fill, ink, lines) {
  const scale = Math.max(1, Math.round(window.devicePixelRatio));
  const tile = document.createElement("canvas");
  tile.width = tile.height = TILE * scale;
  const context = tile.getContext("2d");
  if (context === null) return null;
  context.scale(scale, scale);
  context.fillStyle = fill;
  context.fillRect(0, 0, TILE, TILE);
  context.strokeStyle = ink;
  context.stroke(new Path2D(lines));
  return context.createPattern(tile, "repeat");
}

/** @param {string} address */
async function load(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @param {HTMLElement} target @param {HTMLElement} told */
async function draw(target, told) {
  const { boundaries = "", values: address = "" } = target.dataset;
  const [shapes, values] = await Promise.all([load(boundaries), load(address)]);
  return show(target, told, shapes, /** @type {Values} */ (values));
}

/** @param {HTMLElement} target @param {HTMLElement} told @param {object} shapes @param {Values} values */
function show(target, told, shapes, { units, islands }) {
  const format = new ol.format.GeoJSON({ featureProjection: "EPSG:3857" });
  const source = new ol.source.Vector({ features: format.readFeatures(shapes) });
  const names = new ol.source.Vector({ features: islands.map(nameFeature) });
  // Thousands of outlines would leave little of what they are around.
  const outline = source.getFeatures().length > MANY ? 0.3 : 1;
  /** @type {string | null} */
  let chosen = null;
  let patterns = fills();

  /** @param {Region} feature */
  const unitOf = (feature) => units[String(feature.getId())];
  /** @param {Region} feature */
  const style = (feature) => {
    const fill = patterns.get(unitOf(feature)?.class ?? "missing");
    const isChosen = feature.getId() === chosen;
    return new ol.style.Style({
      fill: new ol.style.Fill({ color: fill ?? "#dcdcdc" }),
      stroke: new ol.style.Stroke({
        color: isChosen ? colour("--fail") : colour("--map-line"),
        width: isChosen ? 3 : outline,
      }),
      zIndex: isChosen ? 1 : 0,
    });
  };
  /** @param {Region} feature */
  const nameStyle = (feature) =>
    new ol.style.Style({
      text: new ol.style.Text({
        text: String(feature.get("name")),
        font: "600 13px system-ui, 'Noto Sans', sans-serif",
        offsetY: -12,
        fill: new ol.style.Fill({ color: colour("--text") }),
        stroke: new ol.style.Stroke({ color: colour("--card"), width: 3 }),
        overflow: true,
      }),
    });

  const regions = new ol.layer.Vector({ source, style });
  const view = new ol.View({ constrainResolution: false, maxZoom: 14 });
  const map = new ol.Map({
    target,
    view,
    layers: [regions, new ol.layer.Vector({ source: names, style: nameStyle })],
    controls: [
      new ol.control.Zoom({
        zoomInTipLabel: target.dataset["zoomIn"],
        zoomOutTipLabel: target.dataset["zoomOut"],
      }),
    ],
    // A page that is scrolled must not get stuck on its map: it moves once it has the focus.
    interactions: ol.interaction.defaults.defaults({ onFocusOnly: true }),
  });
  const extent = source.getExtent() ?? view.getProjection().getExtent();
  const whole = () => view.fit(extent, { padding: [32, 40, 16, 16] });
  whole();
  map.addControl(new ol.control.Control({ element: wholeButton(target, whole) }));

  /** In the order in which people look for names. */
  const order = source
    .getFeatures()
    .map((feature) => String(feature.getId()))
    .sort((one, other) =>
      (units[one]?.says ?? one).localeCompare(units[other]?.says ?? other, "vi"),
    );

  /** @param {string | null} code */
  const choose = (code) => {
    if (code === chosen) return;
    chosen = code;
    if (code !== null) told.textContent = units[code]?.says ?? code;
    target.style.cursor = code === null ? "" : "pointer";
    regions.changed();
  };
  const open = () => {
    const unit = chosen === null ? undefined : units[chosen];
    if (unit !== undefined) location.assign(unit.link);
  };
  /** @param {number[]} pixel */
  const at = (pixel) => {
    const feature = map.forEachFeatureAtPixel(pixel, (found) => found, {
      layerFilter: (layer) => layer === regions,
      hitTolerance: 4,
    });
    return feature === undefined ? null : String(feature.getId());
  };
  map.on("pointermove", (event) => {
    if (!event.dragging) choose(at(event.pixel));
  });
  map.on("singleclick", (event) => {
    const code = at(event.pixel);
    choose(code);
    if (code !== null) open();
  });
  target.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== target) return;
    const step = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (step !== undefined) {
      const from = chosen === null ? (step === 1 ? -1 : 0) : order.indexOf(chosen);
      choose(order[(from + step + order.length) % order.length] ?? null);
    } else if (event.key === "Enter") {
      open();
    } else {
      return;
    }
    event.preventDefault();
  });
  // The row that the keyboard or the pointer is in is shown on the map.
  for (const row of document.querySelectorAll("tr[data-unit]")) {
    const code = row.getAttribute("data-unit");
    for (const name of ["focusin", "pointerenter"]) row.addEventListener(name, () => choose(code));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    patterns = fills();
    regions.changed();
    names.changed();
  });
  target.dataset["ready"] = "true";
}

/** @param {HTMLElement} target @param {() => void} whole */
function wholeButton(target, whole) {
  const element = document.createElement("div");
  element.className = "ol-whole ol-control";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = target.dataset["whole"] ?? "";
  button.addEventListener("click", whole);
  element.append(button);
  return element;
}

/** @param {Place} place */
function nameFeature({ name, lon, lat }) {
  const feature = new ol.Feature(new ol.geom.Point(ol.proj.fromLonLat([lon, lat])));
  feature.set("name", name);
  return feature;
}

function start() {
  const target = document.getElementById("coverage-map");
  const told = document.getElementById("map-told");
  if (target === null || told === null) return;
  const begin = () =>
    draw(target, told).catch((error) => {
      told.textContent = target.dataset["failed"] ?? "";
      target.dataset["ready"] = "failed";
      // For whoever looks after the service: what people need stands in the table.
      console.error(error);
    });
  const { lazy = "" } = target.dataset;
  if (lazy === "") return void begin();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "draw-all";
  button.textContent = lazy;
  button.addEventListener("click", () => {
    button.remove();
    target.focus();
    void begin();
  });
  target.append(button);
}

start();
