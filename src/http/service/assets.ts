import { readFile } from "node:fs/promises";
import { newApi } from "../env.ts";

/** Files of our own pages, by name. */
const ASSETS = {
  "style.css": "text/css; charset=utf-8",
  "compliance.css": "text/css; charset=utf-8",
  "coverage-read.css": "text/css; charset=utf-8",
  "coverage-map.js": "text/javascript; charset=utf-8",
  "coverage-work.css": "text/css; charset=utf-8",
  "outages.css": "text/css; charset=utf-8",
  "live.js": "text/javascript; charset=utf-8",
  "latency-chart.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

/** Of the map and of the charts: the bundles that their packages bring, as they are. */
const LIBRARIES = [
  {
    name: "ol.js",
    file: import.meta.resolve("ol/dist/ol.js"),
    type: "text/javascript; charset=utf-8",
  },
  {
    name: "uplot.js",
    file: import.meta.resolve("uplot/dist/uPlot.iife.min.js"),
    type: "text/javascript; charset=utf-8",
  },
  {
    name: "uplot.css",
    file: import.meta.resolve("uplot/dist/uPlot.min.css"),
    type: "text/css; charset=utf-8",
  },
] as const;

/** GET /assets/…, open to everyone: they say nothing about portals. */
export function assets() {
  const app = newApi();
  for (const [name, type] of Object.entries(ASSETS)) {
    const file = new URL(`../../web/assets/${name}`, import.meta.url);
    app.get(`/assets/${name}`, async (c) =>
      c.body(await readFile(file), 200, {
        "Content-Type": type,
        "Cache-Control": "public, max-age=300",
      }),
    );
  }
  for (const { name, file, type } of LIBRARIES) {
    const library = new URL(file);
    let content: Promise<Uint8Array<ArrayBuffer>> | undefined;
    app.get(`/assets/${name}`, async (c) => {
      content ??= readFile(library);
      return c.body(await content, 200, {
        "Content-Type": type,
        "Cache-Control": "public, max-age=3600",
      });
    });
  }
  return app;
}
