import { readFile } from "node:fs/promises";
import { html, raw } from "hono/html";
import type { Lang } from "../../dashboards/kit/text.ts";
import type { Plot } from "./panels.ts";

const WORDS = {
  vi: {
    title: "Hạ tầng số quốc gia",
    madeUp:
      "Số liệu bịa: bản trình diễn với các cổng bịa. Hình vẽ từ kết quả truy vấn của bảng điều khiển trong một Prometheus thật; không phải ảnh chụp Grafana.",
  },
  en: {
    title: "The country's digital infrastructure",
    madeUp:
      "All made up: the demo and its made-up portals. Drawn from what the dashboard's queries bring in a real Prometheus; not a picture of Grafana.",
  },
} as const;

/** A page with the plots, complete in itself: nothing is loaded from anywhere. */
export async function pageOf(plots: readonly Plot[], lang: Lang): Promise<string> {
  const file = (name: string) => readFile(new URL(import.meta.resolve(name)), "utf8");
  const uplot = await file("uplot/dist/uPlot.iife.min.js");
  const css = await file("uplot/dist/uPlot.min.css");
  const draw = await readFile(new URL("draw.js", import.meta.url), "utf8");
  // What could end the script element is no part of JSON.
  const data = JSON.stringify({ plots, lang }).replaceAll("<", String.raw`\u003c`);
  const page = html`<!doctype html>
    <html lang="${lang}">
      <meta charset="utf-8" />
      <title>${WORDS[lang].title}</title>
      <style>
        ${raw(css)} body {
          margin: 0;
          padding: 20px;
          width: 1160px;
          font:
            14px "DejaVu Sans",
            sans-serif;
          background: #f4f5f5;
          color: #24292e;
        }
        h1 {
          font-size: 20px;
          margin: 0 0 4px;
        }
        p {
          margin: 0 0 16px;
          color: #8a4b00;
          font-weight: bold;
        }
        main {
          display: grid;
          gap: 12px;
          grid-template-columns: repeat(12, 1fr);
        }
        section {
          background: #fff;
          border: 1px solid #d8dade;
          padding: 10px 12px;
          grid-column: span 6;
        }
        section.tile {
          grid-column: span 3;
        }
        h2 {
          font-size: 14px;
          margin: 0 0 6px;
        }
        .value {
          font-size: 38px;
          text-align: center;
        }
        .u-legend {
          font-size: 12px;
          text-align: left;
        }
      </style>
      <h1>${WORDS[lang].title}</h1>
      <p>${WORDS[lang].madeUp}</p>
      <main></main>
      <script id="data" type="application/json">
        ${raw(data)}
      </script>
      <script>
        ${raw(uplot)};
      </script>
      <script>
        ${raw(draw)};
      </script>
    </html>`;
  return String(await page);
}
