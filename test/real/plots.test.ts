import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageOf } from "../plots/page.ts";
import type { Plot } from "../plots/panels.ts";
import { overflow, startBrowser } from "../support/browser.ts";

const PLOTS: readonly Plot[] = [
  { title: "A share", unit: "percentunit", stacked: false, value: 0.871, times: [], lines: [] },
  { title: "Nothing yet", unit: "s", stacked: false, value: null, times: [], lines: [] },
  {
    title: "</script> of lines",
    unit: "s",
    stacked: false,
    value: null,
    times: [0, 30, 60],
    lines: [{ name: "IPv4", colour: null, values: [0.1, null, 0.25] }],
  },
  {
    title: "A stack",
    unit: "none",
    stacked: true,
    value: null,
    times: [0, 30],
    lines: [
      { name: "down", colour: "red", values: [1, 2] },
      { name: "up", colour: "green", values: [9, 8] },
    ],
  },
];

let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => complaints.push(`asked for ${request.url()}`));
  await page.setViewport({ width: 1200, height: 800 });
  await page.setContent(await pageOf(PLOTS, "en"));
  await page.waitForSelector("body[data-ready]");
});
afterAll(() => browser.close());

test("the page of plots draws every panel, asks for nothing, and has no complaint", async () => {
  expect(complaints).toEqual([]);
  expect(await page.$$eval("section h2", (all) => all.map((one) => one.textContent))).toEqual(
    PLOTS.map(({ title }) => title),
  );
  expect(await page.$$eval("section canvas", (all) => all.length)).toBe(2);
  expect(await overflow(page)).toBe(0);
});

test("it says that all of it is made up, and no picture of Grafana", async () => {
  const text = await page.$eval("p", (said) => said.textContent);
  expect(text).toContain("made up");
  expect(text).toContain("not a picture of Grafana");
});

test("values come in the panel's unit, and what is not known has no number", async () => {
  const values = await page.$$eval(".value", (all) => all.map((one) => one.textContent));
  expect(values).toEqual(["87.1 %", "–"]);
  const legend = await page.$$eval(".u-label", (all) => all.map((one) => one.textContent));
  expect(legend).toEqual(expect.arrayContaining(["IPv4: 250 ms", "down: 2", "up: 8"]));
});
