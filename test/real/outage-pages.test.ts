import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AppServer, makeKey, startApp } from "../http/support/app-server.ts";
import { signedInVisitor } from "../http/support/browser-like.ts";
import { incident, type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld } from "../reports/world.ts";
import { graveFindings, overflow, startBrowser } from "../support/browser.ts";
import { openTestDatabase } from "../support/database.ts";
import { openPage } from "./support/watched-page.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let browser: Browser;
let page: Page;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let outages: Outages;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  outages = await putOutages(opened.db, numbers);
  app = await startApp(opened.db);
  const admin = await signedInVisitor(app, await makeKey(opened.db, "admin"));
  await admin.send("/status/edit/portals", { portal: "half", move: "add" });
  await admin.send("/status/edit/portals", { portal: "hanoi", move: "add" });
  await admin.send("/status/edit/notes", { text_vi: "Đang sửa.", text_en: "", incident: "" });
  browser = await startBrowser();
  const [name = "", value = ""] = admin.cookie.split("=");
  await browser.setCookie({ name, value, domain: "127.0.0.1", path: "/" });
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await opened.close();
});

const paths = (): Record<string, string> => ({
  "the first page": "/",
  incidents: "/incidents",
  "an incident": `/incidents/${outages.dead}`,
  "a common cause": `/incidents/${outages.parent}`,
  "a portal over time": "/portals/half/times",
  maintenance: "/maintenance",
  notifications: "/notifications",
  "the public status": "/status",
  "its choice": "/status/edit",
});

describe.each([
  ["vi", 1280, false],
  ["en", 1280, true],
  ["vi", 390, true],
  ["en", 390, false],
] as const)("in %s at a width of %i, dark: %s", (lang, width, dark) => {
  test.each([
    "the first page",
    "incidents",
    "an incident",
    "a common cause",
    "a portal over time",
    "maintenance",
    "notifications",
    "the public status",
    "its choice",
  ])(
    "%s has no grave fault of access, no complaint and nothing beside the window",
    async (name) => {
      const url = `${app.url}${paths()[name]}?lang=${lang}`;
      const seen = await openLive(url, { width, dark });
      expect(await graveFindings(seen.page)).toEqual([]);
      expect(await overflow(seen.page)).toBe(0);
      expect(seen.complaints).toEqual([]);
      expect(seen.foreign).toEqual([]);
      await seen.page.close();
    },
  );
});

/** A page that keeps a stream open never has a quiet network: it is waited for until its parts are there. */
async function openLive(url: string, look: { width: number; dark: boolean }) {
  const seen = await openPage(browser, url, look, "load");
  if (url.includes("/times")) await seen.page.waitForSelector(".latency-chart[data-ready] canvas");
  if (!url.includes("/edit")) await seen.page.waitForSelector("#live-mark.on");
  return seen;
}

/** Waits until something that the page's scripts do has come about. */
const until = (condition: string) => page.waitForFunction(condition);

test("an incident that opens and ends is shown without reload, and what was typed, opened and focused stays", async () => {
  // A page that nobody sees waits until it is seen.
  await page.bringToFront();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${app.url}/incidents?lang=en`);
  await page.waitForSelector("#live-mark.on");
  await page.evaluate("globalThis.stays = true; document.querySelector('.filter-box').open = true");
  await page.focus("input[name=portal]");
  await page.keyboard.type("hal");
  const { id } = await opened.db
    .insertInto("incident")
    .values(incident({ subject: `portal:${numbers.hue}`, portal_id: numbers.hue }))
    .returning("id")
    .executeTakeFirstOrThrow();
  app.live.publish({ type: "incidents", ids: [id] });
  await page.waitForSelector(`#open-now ~ .scroll #incident-${id}`);
  await until("document.getElementById('live-said').textContent === '6 incidents are open.'");
  await page.keyboard.type("f");
  const kept = await page.evaluate(
    "[globalThis.stays, document.querySelector('.filter-box').open, document.activeElement.value]",
  );
  expect(kept).toEqual([true, true, "half"]);
  const ended = new Date(app.clock.now);
  await opened.db
    .updateTable("incident")
    .set({ resolved_at: ended, closed_by: "recovered" })
    .where("id", "=", id)
    .execute();
  app.live.publish({ type: "incidents", ids: [id] });
  await page.waitForSelector(`#ended ~ .scroll #incident-${id}`);
  expect(await page.evaluate("globalThis.stays")).toBe(true);
});

test("an incident is acknowledged and commented by keyboard alone", async () => {
  await page.goto(`${app.url}/incidents/${outages.vantage}?lang=en`);
  await page.focus("#form-acknowledge select");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await page.focus("#form-comment textarea");
  await page.keyboard.type("on my way");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(await page.$eval(".timeline", (list) => list.textContent)).toContain("on my way");
});

test("every control of a page is reached by the Tab key, and can be seen when it is", async () => {
  await page.goto(`${app.url}/maintenance?lang=en`);
  const wanted = await page.$$eval(
    "main :is(a, button, input, select, textarea, summary)",
    (all) => all.filter((one) => one.checkVisibility()).length,
  );
  const reached = new Set<string>();
  for (let press = 0; press < wanted + 40; press++) {
    await page.keyboard.press("Tab");
    const name: unknown = await page.evaluate(`(() => {
      const at = document.activeElement;
      const shown = getComputedStyle(at).outlineStyle !== "none";
      return at.closest("main") && shown ? at.outerHTML : "";
    })()`);
    if (typeof name === "string" && name !== "") reached.add(name);
  }
  expect(reached.size).toBeGreaterThanOrEqual(wanted);
});

test("without scripts the pages say the same", async () => {
  const plain = await browser.newPage();
  await plain.setJavaScriptEnabled(false);
  await plain.goto(`${app.url}/portals/half/times?lang=en`);
  const text = await plain.$eval("main", (main) => main.textContent);
  expect(text).toContain("Latency by phase");
  expect(await plain.$$eval(".latency tbody tr", (rows) => rows.length)).toBeGreaterThan(0);
  await plain.close();
});
