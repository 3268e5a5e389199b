import type library from "ol/dist/ol.js";
import type Chart from "uplot";

declare global {
  /** What /assets/ol.js leaves for the page's own script. */
  const ol: typeof library;
  /** What /assets/uplot.js leaves. */
  const uPlot: typeof Chart;
}
