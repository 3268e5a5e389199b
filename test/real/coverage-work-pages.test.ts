import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AppServer, makeKey, startApp } from "../http/support/app-server.ts";
import { signedInVisitor, type Visitor } from "../http/support/browser-like.ts";
import { graveFindings, overflow, startBrowser } from "../support/browser.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
let browser: Browser;
let page: Page;
let admin: Visitor;
const paths: Record<string, string> = {};

const HEADER = "Mã xã,Tên xã/phường,Kỳ báo cáo,Tổng số hộ gia đình,Số hộ được phủ cáp quang";
const upload = (name: string, ...rows: string[]) =>
  admin.send("/coverage/imports?lang=en", {
    file: new File([[HEADER, ...rows, ""].join("\r\n")], name),
    basis: "reported",
    source: "province-01",
  });
const without = (path: string) => path.split("?")[0] ?? "";

beforeAll(async () => {
  opened = await openCoverageDatabase();
  app = await startApp(opened.db, { secondApproval: true });
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
  admin = await signedInVisitor(app, await makeKey(opened.db, "admin"));
  await upload("q2.csv", "00004,Phường Ba Đình,2026-06-30,10000,5000");
  const bad = await upload(
    "q3.csv",
    "00004,Phường Ba Đình,2026-09-30,10000,9000",
    "99999,Phường Không Có,2026-09-30,100,đang cập nhật",
  );
  const round = await admin.send("/coverage/rounds", {
    as_of: "2026-09-30",
    opens_on: "2026-10-01",
    due_on: "2026-10-20",
    note: "",
  });
  const figures = await app.request("/api/v1/coverage/figures?unit=00004&as_of=2026-06-30");
  const { items } = (await figures.json()) as { items: { id: number }[] };
  const figure = String(items[0]?.id);
  const challenge = await admin.send("/coverage/challenges", {
    figure,
    reason_code: "no_service",
    statement: "Not here.",
  });
  Object.assign(paths, {
    "/sign-in": "/sign-in?",
    "/coverage/imports": "/coverage/imports?",
    "a file": `${without(bad.path)}?`,
    "/coverage/review": `/coverage/review?submission=${without(bad.path).split("/").at(-1)}&`,
    "/coverage/rounds": "/coverage/rounds?",
    "a round": `${without(round.path)}?`,
    "/coverage/challenges": "/coverage/challenges?",
    "a new challenge": `/coverage/challenges/new?figure=${figure}&`,
    "a challenge": `${without(challenge.path)}?`,
    "/coverage/releases/publish": "/coverage/releases/publish?",
  });
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

describe.each([
  ["vi", 1280],
  ["en", 390],
] as const)("in %s at a width of %i", (lang, width) => {
  test.each([
    "/sign-in",
    "/coverage/imports",
    "a file",
    "/coverage/review",
    "/coverage/rounds",
    "a round",
    "/coverage/challenges",
    "a new challenge",
    "a challenge",
    "/coverage/releases/publish",
  ])("%s has no grave fault of access and nothing beside the window", async (name) => {
    await page.setViewport({ width, height: 900 });
    const response = await page.goto(`${app.url}${paths[name]}lang=${lang}`);
    expect(response?.status()).toBe(200);
    expect(await graveFindings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});

test("a held row is decided by keyboard alone", async () => {
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${app.url}/coverage/review?lang=en`);
  await page.focus(".held input[name=reason]");
  await page.keyboard.type("looked at by keyboard");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(await page.$eval("[role=status]", (box) => box.textContent)).toContain("1 row proposed");
});
