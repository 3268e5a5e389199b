import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { putOutages } from "../reports/outages.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, makeKey, startApp } from "./support/app-server.ts";
import { signedInVisitor, type Visitor, visitor } from "./support/browser-like.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let operator: Visitor;
let anyone: Visitor;
beforeAll(async () => {
  opened = await openTestDatabase();
  const numbers = await buildWorld(opened.db);
  app = await startApp(opened.db, { publicRead: "none" });
  operator = await signedInVisitor(app, await makeKey(opened.db, "operator"));
  anyone = visitor(app, "");
  await putOutages(opened.db, numbers);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

describe("the public status page", () => {
  test("is open to everyone where nothing else is, and shows only what was chosen", async () => {
    const empty = await anyone.open("/status");
    expect(empty.status).toBe(200);
    expect(empty.text).toContain("No portal is published here yet.");
    expect((await anyone.open("/incidents")).status).toBe(401);
    await operator.send("/status/edit/portals", { portal: "half", move: "add" });
    await operator.send("/status/edit/portals", { portal: "hanoi", move: "add" });
    await operator.send("/status/edit/portals", { portal: "hanoi", move: "up" });
    const note = { text_vi: "Đang sửa IPv6.", text_en: "IPv6 is being mended.", incident: "" };
    await operator.send("/status/edit/notes", note);
    const { text } = await anyone.open("/status?lang=en");
    expect(text).toContain("1 of 2 portals have a problem.");
    expect(text).toContain("IPv6 is being mended.");
    expect(text.indexOf("Cổng Hà Nội")).toBeLessThan(text.indexOf("half.example.gov.vn"));
    for (const hidden of ["dead.example.gov.vn", "203.0.113.10", "operator for tests"]) {
      expect(text).not.toContain(hidden);
    }
    expect((await anyone.open("/status?lang=vi")).text).toContain("Đang sửa IPv6.");
  });

  test("is edited by operators only, who are told what is wrong", async () => {
    expect((await anyone.open("/status/edit")).status).toBe(401);
    const none = await operator.send("/status/edit/portals?lang=en", {
      portal: "nowhere",
      move: "add",
    });
    expect(none.status).toBe(409);
    expect(none.text).toContain("There is no such portal.");
    const blank = await operator.send("/status/edit/notes?lang=en", { text_vi: " ", text_en: "x" });
    expect(blank.status).toBe(400);
    const { html } = await operator.open("/status/edit");
    const [, end = ""] = /action="(\/status\/edit\/notes\/\d+\/end)/.exec(html) ?? [];
    const ended = await operator.send(`${end}?lang=en`, {});
    expect(ended.text).toContain("No note is shown.");
  });
});

describe("the page of a portal over time", () => {
  test("tells states by family in a drawing and in words, with incidents, latency and failures", async () => {
    const { html, text } = await operator.open("/portals/half/times");
    expect(text).toContain("IPv6, the last 24 hours (15 minutes each)");
    expect(html).toMatch(
      /<svg[^>]*role="img"[^>]*aria-label="IPv6, the last 24 hours\. does not work: 2\/96/,
    );
    expect(html).toContain('fill="url(#strip-down)"');
    expect(text).toContain("Partly down (IPv6)");
    expect(text).toContain("connection was refused connect_refused");
    const [, data = ""] = /id="latency-data">\s*(\{.*?\})\s*<\/script>/s.exec(html) ?? [];
    const { families } = JSON.parse(data) as { families: { family: string; times: number[] }[] };
    expect(families.map(({ family }) => family)).toEqual(["ip4"]);
    expect(html).toContain('href="/portals/half?lang=en"');
    expect((await operator.open("/portals/half")).html).toContain(
      'href="/portals/half/times?lang=en"',
    );
  });

  test.each(["7d", "90d"])("has %s from roll-ups, also where there are none yet", async (span) => {
    const { status, text } = await operator.open(`/portals/half/times?span=${span}`);
    expect(status).toBe(200);
    expect(text).toContain("not known: ");
    expect(text).toContain("Nothing answered in this span.");
  });

  test("hides evidence from those who may not see it", async () => {
    const { db } = opened;
    const summary = await startApp(db);
    const { text } = await visitor(summary, "").open("/portals/half/times");
    await summary.stop();
    expect(text).toContain("The evidence of each failure needs you to sign in with a key.");
    expect(text).not.toContain("connect_refused");
  });
});
