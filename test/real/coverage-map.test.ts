import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as lab from "../../lab/coverage-figures.ts";
import { fillCoverage } from "../../src/demo-coverage.ts";
import type { Database } from "../../src/store/database.ts";
import { type AppServer, startApp } from "../http/support/app-server.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { graveFindings, startBrowser } from "../support/browser.ts";
import { openPage, type WatchedPage } from "./support/watched-page.ts";

/** A part of the communes, those of Đà Nẵng among them: what is shown does not need all of them. */
const madeUpFigures: typeof lab.madeUpFigures = (communes, quarters, asOf) =>
  lab.madeUpFigures(
    communes.filter(({ province }, index) => index % 20 === 0 || province === "48"),
    quarters,
    asOf,
  );

let db: Database;
let close: () => Promise<void>;
let app: AppServer;
let browser: Browser;
beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
  const stop = new AbortController().signal;
  await fillCoverage(db, { ...lab, madeUpFigures }, { today: "2026-11-22", stop });
  app = await startApp(db);
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await close();
});

const MAP = "/coverage?indicator=pop_5g";
const READY = '#coverage-map[data-ready="true"]';
const open = (path: string, look = { width: 1280 }) => openPage(browser, app.url + path, look);
const told = ({ page }: WatchedPage) =>
  page.$eval("#map-told", (element) => String(element.textContent));

describe.each([
  { width: 1280, dark: false },
  { width: 390, dark: true },
])("at a width of $width, dark: $dark", (look) => {
  test.each([
    ["the map of the country, with two provinces missing", `${MAP}&lang=vi`],
    ["the same in English", `${MAP}&lang=en`],
    ["the communes of a province, with some missing", `${MAP}&level=commune&province=48&lang=vi`],
    ["the same in English", `${MAP}&level=commune&province=48&lang=en`],
    ["an indicator that nobody reported", "/coverage?indicator=hamlet_4g&lang=vi"],
    ["a province", "/coverage/units/province/48?lang=vi"],
    ["a commune", "/coverage/units/commune/20194?lang=en"],
    ["the gap list", "/coverage/gaps?lang=vi"],
    ["the releases", "/coverage/releases?lang=en"],
    ["a release", "/coverage/releases/2026-Q3?lang=vi"],
    ["open data", "/open-data?lang=en"],
  ])("%s has no serious accessibility finding, asks nobody else and fits", async (_, path) => {
    const seen = await openPage(browser, app.url + path, look);
    if (path.startsWith("/coverage?")) await seen.page.waitForSelector(READY);
    expect(await graveFindings(seen.page)).toEqual([]);
    expect(seen.complaints).toEqual([]);
    expect(seen.foreign).toEqual([]);
    const wide = await seen.page.$eval("html", (element) => element.scrollWidth);
    expect(wide).toBeLessThanOrEqual(look.width);
    await seen.page.close();
  });
});

test("by keyboard alone a province is chosen, told in words and opened, and then a commune", async () => {
  const seen = await open(`${MAP}&lang=en`);
  const { page } = seen;
  await page.waitForSelector(READY);
  await page.focus("#coverage-map");
  expect(await told(seen)).toBe("No region is chosen.");
  await page.keyboard.press("n");
  expect(await told(seen)).toMatch(/^An Giang: /);
  await page.keyboard.press("n");
  await page.keyboard.press("p");
  expect(await told(seen)).toMatch(/^An Giang: /);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(page.url()).toContain("level=commune&province=91");
  await page.waitForSelector(READY);
  await page.focus("#coverage-map");
  await page.keyboard.press("n");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(page.url()).toContain("/coverage/units/commune/");
  expect(seen.complaints).toEqual([]);
  await page.close();
});

test("Tab reaches the map, arrow keys and + move it, and Tab goes on: it is no trap", async () => {
  const { page } = await open(`${MAP}&lang=vi`);
  await page.waitForSelector(READY);
  const active = () => page.evaluate("document.activeElement.id || document.activeElement.tagName");
  const picture = () =>
    page.evaluate("document.querySelector('#coverage-map canvas').toDataURL().length");
  for (let steps = 0; (await active()) !== "coverage-map" && steps < 60; steps++) {
    await page.keyboard.press("Tab");
  }
  expect(await active()).toBe("coverage-map");
  const before = await picture();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("+");
  await page.waitForFunction(
    `document.querySelector('#coverage-map canvas').toDataURL().length !== ${String(before)}`,
  );
  for (let steps = 0; steps < 5; steps++) await page.keyboard.press("Tab");
  expect(await active()).not.toBe("coverage-map");
  await page.close();
});

test("a row that gets the focus is told beside the map with the figures of the row", async () => {
  const seen = await open(`${MAP}&lang=en`);
  await seen.page.waitForSelector(READY);
  await seen.page.focus('tr[data-unit="48"] a');
  const value = await seen.page.$eval('tr[data-unit="48"] .value b', (cell) => cell.textContent);
  expect(await told(seen)).toMatch(new RegExp(`^Đà Nẵng: ${String(value)}`));
  await seen.page.close();
});

test("a click on a province opens its communes", async () => {
  const { page } = await open(`${MAP}&lang=en`);
  await page.waitForSelector(READY);
  await page.$eval("#coverage-map", (element) => element.scrollIntoView());
  const box = await (await page.$("#coverage-map canvas"))?.boundingBox();
  // Where the middle of the country is when all of it is shown.
  const [x, y] = [
    (box?.width ?? 0) * 0.42 + (box?.x ?? 0),
    (box?.height ?? 0) * 0.55 + (box?.y ?? 0),
  ];
  await Promise.all([page.waitForNavigation(), page.mouse.click(x, y)]);
  expect(page.url()).toMatch(/level=commune&province=\d\d/);
  await page.close();
});

test("the communes of the whole country are loaded when they are asked for, and not before", async () => {
  const { page, complaints } = await open(`${MAP}&level=commune&lang=en`);
  expect(await page.$(READY)).toBeNull();
  await page.click(".draw-all");
  await page.waitForSelector(READY);
  expect(complaints).toEqual([]);
  await page.close();
});

test("without JavaScript the page has its table and says that the map is what is missing", async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`${app.url}${MAP}&lang=en`);
  expect(await page.$$eval("tr[data-unit]", (rows) => rows.length)).toBe(34);
  expect(await page.$eval("noscript", (element) => element.textContent)).toContain("JavaScript");
  await page.close();
});
