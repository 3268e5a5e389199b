import type library from "ol/dist/ol.js";

declare global {
  /** What /assets/ol.js leaves for the page's own script. */
  const ol: typeof library;
}
