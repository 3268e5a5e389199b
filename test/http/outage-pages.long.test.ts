import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, makeKey, startApp } from "./support/app-server.ts";
import { signedInVisitor, type Visitor, visitor } from "./support/browser-like.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let outages: Outages;
let operator: Visitor;
let anyone: Visitor;
let hue: Visitor;
beforeAll(async () => {
  opened = await openTestDatabase();
  outages = await putOutages(opened.db, await buildWorld(opened.db));
  app = await startApp(opened.db);
  operator = await signedInVisitor(app, await makeKey(opened.db, "operator"));
  hue = await signedInVisitor(app, await makeKey(opened.db, "operator", { province: "46" }));
  anyone = visitor(app, "");
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

describe("the list of incidents", () => {
  test("shows operators what is open with cause, severity and since when, and parts under their parent only", async () => {
    const { html, text } = await operator.open("/incidents");
    expect(text).toContain("Partly down (IPv6) no answer to the connection");
    expect(text).toContain("address 203.0.113.10 (1 portal)");
    expect(html).toContain('<span class="severity minor">minor</span>');
    const now = html.slice(html.indexOf('id="open-now"'), html.indexOf('id="ended"'));
    expect(now).not.toContain(`id="incident-${outages.dead}"`);
    expect(html.slice(html.indexOf('id="ended"'))).toContain(`id="incident-${outages.past}"`);
  });

  test("tells everyone which, what kind, since when and how severe, and no cause, address or name of a person", async () => {
    const { status, text } = await anyone.open("/incidents");
    expect(status).toBe(200);
    expect(text).toContain("Partly down (IPv6) =1+1 Bộ Y tế minor 22 Nov 2026, 14:58");
    for (const hidden of ["203.0.113.10", "no answer", "operator for tests", "not told"]) {
      expect(text).not.toContain(hidden);
    }
    expect(text).toContain("need you to sign in");
  });

  test("has the most urgent first on the first page, where only some have room", async () => {
    const { html } = await operator.open("/");
    const place = (id: number) => html.indexOf(`id="incident-${id}"`);
    expect(place(outages.half)).toBeGreaterThan(0);
    expect(place(outages.vantage)).toBeLessThan(place(outages.half));
  });

  test("takes filters, and says so where nothing matches", async () => {
    const { text } = await operator.open("/incidents?kind=degraded&from=2026-11-21&to=2026-11-21");
    expect(text).toContain("No open incident matches the filter.");
    expect(text).toContain("Degraded slower than its limit");
    const none = await operator.open("/incidents?portal=fresh");
    expect(none.text).toContain("No ended incident matches the filter.");
    expect((await operator.open("/incidents?kind=bad")).status).toBe(400);
  });
});

describe("the page of an incident", () => {
  test("has how it was confirmed, the runs as evidence, the timeline, and what shares its cause", async () => {
    const { text } = await operator.open(`/incidents/${outages.dead}`);
    expect(text).toContain("3 failing runs, 2 of them quick repeats, from local");
    expect(text).toContain("Only one vantage point could tell");
    expect(text).toContain("connection was refused connect_refused");
    expect(text).toContain("ECONNREFUSED");
    expect(text).toContain("expires 24 Dec 2026");
    expect(text).toContain("the common incident was told instead");
    expect(text).toContain("Incident 1");
    const parent = await operator.open(`/incidents/${outages.parent}`);
    expect(parent.text).toContain("Incidents that share this cause");
    expect(parent.text).toContain("Cổng dead");
  });

  test("holds nothing that is hidden from everyone, and no form", async () => {
    const { html } = await anyone.open(`/incidents/${outages.dead}`);
    for (const hidden of ["connect_refused", "Only one vantage", "Timeline", "<textarea"]) {
      expect(html).not.toContain(hidden);
    }
    expect(html).toContain("/sign-in?next=%2Fincidents%2F");
  });

  test("is acknowledged, commented and given a post-mortem by forms, in the writer's name", async () => {
    const path = `/incidents/${outages.vantage}`;
    const acknowledged = await operator.send(`${path}/acknowledge?lang=en`, { until: "240" });
    expect(acknowledged.path).toBe(`${path}?lang=en&told=done`);
    expect(acknowledged.text).toContain("operator for tests, until 22 Nov 2026, 19:00");
    const commented = await operator.send(`${path}/comment`, { comment: "<b>cáp</b> đứt" });
    expect(commented.html).toContain("&lt;b&gt;cáp&lt;/b&gt; đứt");
    const written = await operator.send(`${path}/post-mortem`, { post_mortem: "Two uplinks." });
    expect(written.text).toContain("Two uplinks.");
    // As long as the API takes them.
    const long = await operator.send(`${path}/post-mortem`, { post_mortem: "dài ".repeat(10_000) });
    expect(long.status).toBe(200);
    const back = await operator.send(`${path}/unacknowledge`, {});
    expect(back.text).toContain("Acknowledgement taken back");
  });

  test("is resolved by hand for a reason, which it explains beforehand", async () => {
    const path = `/incidents/${outages.half}`;
    expect((await operator.open(path)).text).toContain("the incident opens again");
    const without = await operator.send(`${path}/resolve?lang=en`, { note: " " });
    expect(without.status).toBe(400);
    expect(without.html).not.toContain("data-live=");
    const resolved = await operator.send(`${path}/resolve?lang=en`, { note: "taken off the net" });
    expect(resolved.text).toContain("an operator, by hand");
    expect(resolved.text).toContain("taken off the net");
    const again = await operator.send(`${path}/resolve?lang=en`, { note: "twice" });
    expect(again.status).toBe(409);
    expect(again.text).toContain("The incident has ended.");
  });

  test("is written by nobody without a key, from another site, or whose key does not cover it", async () => {
    const path = `/incidents/${outages.dead}/comment`;
    const unsigned = await anyone.send(path, { comment: "x" });
    expect(unsigned.status).toBe(401);
    expect(unsigned.text).toContain("This page needs you to sign in.");
    expect((await operator.send(path, { comment: "x" }, "https://evil.example")).status).toBe(403);
    const limited = await hue.send(path, { comment: "x" });
    expect(limited.status).toBe(403);
    expect(limited.text).toContain("Your key does not allow this for this portal.");
    expect((await operator.open("/incidents/999999")).status).toBe(404);
  });
});

describe("the page of maintenance", () => {
  const weekly = {
    title: "Vá máy chủ",
    note: "",
    portal: "hue",
    agency: "",
    province: "",
    day: "2026-11-24",
    time: "22:00",
    hours: "1",
    minutes: "30",
    repeat: "weekly",
    days: "TU",
    last: "2026-12-31",
    rule: "",
    timezone: "Asia/Ho_Chi_Minh",
  };

  test("shows what comes with its next times, to everyone without notes and names", async () => {
    const { text } = await operator.open("/maintenance");
    expect(text).toContain(
      "Bảo trì hằng tuần nội bộ all portals of UBND thành phố Huế 22 Nov 2026, 17:00 , lasts 1 h",
    );
    const open = await anyone.open("/maintenance");
    expect(open.text).toContain("Bảo trì hằng tuần");
    expect(open.text).not.toContain("nội bộ");
    expect(open.text).toContain("Planning and cancelling need an operator's key.");
  });

  test("plans a repeated window by the clocks of its zone, and cancels it", async () => {
    const made = await hue.send("/maintenance?lang=en", weekly);
    expect(made.text).toContain("The maintenance is planned.");
    expect(made.text).toContain("24 Nov 2026, 22:00 , lasts 1 h 30 min");
    expect(made.text).toContain("every week: Tuesday until 31 Dec 2026");
    const [, cancel = ""] =
      /action="(\/maintenance\/\d+\/cancel)[^>]*>\s*<button[^>]*Vá máy/.exec(made.html) ?? [];
    const cancelled = await hue.send(`${cancel}?lang=en`, {});
    expect(cancelled.text).toContain("cancelled by operator for tests");
  });

  test.each([
    ["two targets", { agency: "ministry-yte" }, 400, "Choose exactly one"],
    ["no day of the week", { days: "" }, 400, "Choose at least one day of the week."],
    ["no length", { hours: "0", minutes: "0" }, 400, "from 1 minute to 30 days"],
    ["an unknown zone", { timezone: "Mars/Base" }, 400, "There is no such time zone."],
    ["a rule of no sense", { repeat: "rule", rule: "FREQ=NEVER" }, 409, "FREQ must be"],
    ["a portal that is not there", { portal: "nowhere" }, 409, "There is no such one."],
    ["a portal of others", { portal: "dead" }, 403, "Your key does not allow this here."],
  ])("refuses %s in words and keeps what was typed", async (_, change, status, says) => {
    const refused = await hue.send("/maintenance?lang=en", { ...weekly, ...change });
    expect(refused.status).toBe(status);
    expect(refused.text).toContain(says);
    expect(refused.html).toContain('value="Vá máy chủ"');
  });
});

describe("the page of notifications", () => {
  test("shows what waits, was sent and is dead, and lets a dead one be tried again", async () => {
    const { db } = opened;
    const message = JSON.stringify({ version: 1 });
    const at = new Date(app.clock.now);
    await db
      .insertInto("notification")
      .values({
        incident_id: outages.dead,
        event: "opened",
        channel: "duty",
        dedupe_key: "2/opened/0/duty",
        message,
        state: "dead",
        attempts: 9,
        next_at: at,
        created_at: at,
        error: "550 mailbox unavailable",
      })
      .execute();
    const { text } = await operator.open("/notifications?state=dead");
    expect(text).toContain("Incident opened Key: 2/opened/0/duty");
    expect(text).toContain("undeliverable 9 tries Last error: 550 mailbox unavailable");
    expect(text).toContain("No channel is configured: nobody is told.");
    const { id } = await db.selectFrom("notification").select("id").executeTakeFirstOrThrow();
    const retried = await operator.send(`/notifications/${id}/retry?lang=en`, {});
    expect(retried.text).toContain("The message is waiting again");
    const twice = await operator.send(`/notifications/${id}/retry?lang=en`, {});
    expect(twice.status).toBe(409);
    const unknown = await operator.send("/notifications/channels/none/test?lang=en", {});
    expect(unknown.text).toContain("The configuration has no such channel.");
  });

  test("is for operators without limits", async () => {
    expect((await anyone.open("/notifications")).status).toBe(401);
    expect((await hue.open("/notifications")).status).toBe(403);
  });
});
