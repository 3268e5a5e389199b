/**
 * `npm run plots`: the picture of the README. Runs the demo and a real Prometheus for some minutes, breaks eight portals
 * of the lab and mends them, and draws what the overview's own queries bring, with uPlot in headless Chromium.
 *   npm run plots -- --lang vi --out plots.png
 */
import { parseArgs } from "node:util";
import { LANGS } from "../../dashboards/kit/text.ts";
import { startBrowser } from "../support/browser.ts";
import { pageOf } from "./page.ts";
import { type Plot, plotOf } from "./panels.ts";
import { record, startRecording } from "./record.ts";

const { values } = parseArgs({
  options: {
    lang: { type: "string", default: "en" },
    out: { type: "string", default: "docs/grafana.png" },
  },
});
const lang = LANGS.find((each) => each === values.lang);
if (lang === undefined) throw new Error(`--lang is one of ${LANGS.join(", ")}`);

/** Panels of the overview: four tiles, then lines. */
const PANELS = [1, 2, 4, 5, 10, 20, 21, 22];

/** Well over both families, and few enough that this place is not in doubt about itself. */
const BROKEN = [
  "healthy",
  "idn",
  "tls-12-only",
  "tls-13-only",
  "json-healthy",
  "page-whole",
  "page-noise",
  "cname-chain",
];

const recording = await startRecording();
const plots: Plot[] = [];
try {
  await record("levels and grades come in", 150);
  const start = Math.floor(Date.now() / 1000);
  await record("all as it is", 90);
  await recording.behave(BROKEN, "http-500");
  await record("portals are broken", 120);
  await recording.behave(BROKEN, "healthy");
  await record("portals are mended", 120);
  const end = Math.floor(Date.now() / 1000);
  for (const id of PANELS) {
    plots.push(await plotOf(recording, lang, ["overview", id], { start, end, step: 5 }));
  }
} finally {
  await recording.stop();
}

const browser = await startBrowser();
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 800 });
  await page.setContent(await pageOf(plots, lang));
  await page.waitForSelector("body[data-ready]");
  await page.screenshot({ path: values.out, fullPage: true });
} finally {
  await browser.close();
}
console.log(`wrote ${values.out}`);
