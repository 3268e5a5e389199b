import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { acknowledge } from "../../src/store/incidents/people.ts";
import { createWindow } from "../../src/store/maintenance.ts";
import { openTestDatabase } from "../support/database.ts";
import { openIncidents } from "./helpers/notifications.ts";
import { OutageStage, ROUTER, WELL } from "./helpers/outage-stage.ts";
import { registerPortals, START } from "./helpers/results.ts";

const ACTOR = { keyId: null, name: "test" };
let db: Database;
let close: () => Promise<void>;
let stage: OutageStage;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, 3);
  stage = new OutageStage(db, 3);
});
afterAll(() => close());
beforeEach(() => stage.begin());

const told = async (event: string) =>
  (await stage.told()).filter((line) => line.startsWith(`${event} `));

test("an outage is told once, within two minutes, and its end to whoever was told", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(300);
  expect(await stage.told()).toEqual(["opened ops down portal:1 @60"]);
  stage.broken.clear();
  await stage.play(240);
  expect(await stage.told()).toEqual([
    "opened ops down portal:1 @60",
    "resolved ops down portal:1 @480",
  ]);
});

test("after a restart nothing is told again, and what was open is still ended", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(120);
  stage.restart();
  await stage.play(120);
  stage.broken.clear();
  stage.restart();
  await stage.play(240);
  expect(await stage.told()).toHaveLength(2);
});

test("an outage that ends before anybody was told is never told", async () => {
  stage.router = null;
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  expect(await stage.held()).toEqual({ "portal:1": "no_channel" });
  stage.broken.clear();
  await stage.play(180);
  expect(await stage.held()).toEqual({});
  await stage.begin();
  expect(await stage.told()).toEqual([]);
});

test("where Prometheus tells, our channels stay off and the incident says so", async () => {
  stage.router = null;
  stage.toldBy = "prometheus";
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  expect(await stage.held()).toEqual({ "portal:1": "prometheus" });
  expect(await stage.told()).toEqual([]);
});

test("where Prometheus tells, it can follow why our channels would be silent", async () => {
  stage.router = null;
  stage.toldBy = "prometheus";
  const input = {
    title: "Bảo trì",
    target: { portal: "portal-000001" },
    starts_at: new Date(START).toISOString(),
    duration_minutes: 10,
  };
  await createWindow({ db, actor: ACTOR }, input, new Date(START));
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  expect(await stage.held()).toEqual({ "portal:1": "maintenance" });
});

test("a route that speaks later in the day tells then of what is still open", async () => {
  stage.router = { tells: (_, at) => (at < START + 180_000 ? [] : ["day"]), escalations: () => [] };
  stage.broken.set(1, ["ip4"]);
  await stage.play(120);
  expect(await stage.held()).toEqual({ "portal:1": "no_channel" });
  await stage.play(120);
  expect(await stage.told()).toEqual(["opened day down portal:1 @180"]);
});

test("however much there is that no channel wants, what one wants is told", async () => {
  stage.router = { tells: ({ kind }) => (kind === "down" ? ["ops"] : []), escalations: () => [] };
  const subjects = Array.from({ length: 250 }, (_, index) => `certificate:${index}`);
  await openIncidents(db, subjects);
  await db.updateTable("incident").set({ kind: "ipv6_regression" }).execute();
  await stage.settle(false);
  await stage.settle(false);
  stage.broken.set(1, ["ip4"]);
  await stage.play(120);
  expect(await stage.told()).toEqual(["opened ops down portal:1 @60"]);
});

test("who does not answer is passed over step by step, and all of them hear of the end", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  await stage.play(600, { every: 30 });
  expect(await told("escalated")).toEqual(["escalated boss down portal:1 @660"]);
  stage.restart();
  await stage.play(1260, { every: 30 });
  expect(await told("escalated")).toEqual([
    "escalated boss down portal:1 @660",
    "escalated minister down portal:1 @1860",
  ]);
  stage.broken.clear();
  await stage.play(180);
  expect((await told("resolved")).map((line) => line.split(" ")[1])).toEqual([
    "boss",
    "minister",
    "ops",
  ]);
});

test("what gets worse reaches at once those who would have been passed on to by then, each once", async () => {
  stage.router = {
    tells: () => ["ops"],
    escalations: ({ severity }) => [
      ...(severity === "critical" ? [{ afterMinutes: 5, channels: ["sms"] }] : []),
      { afterMinutes: 10, channels: ["boss"] },
      { afterMinutes: 13, channels: ["minister"] },
    ],
  };
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  await stage.play(660, { every: 30 });
  await db.updateTable("incident").set({ severity: "critical" }).execute();
  await stage.play(240, { every: 30 });
  const lines = (await stage.told()).map((line) => line.replace(" down portal:1", ""));
  expect(lines.map(String).toSorted()).toEqual([
    "changed boss @750",
    "changed ops @750",
    "changed sms @750",
    "escalated boss @660",
    "escalated minister @840",
    "opened ops @60",
  ]);
});

test("a channel that has given up on the message that told the opening is not told of the end", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  const { message } = await db
    .selectFrom("notification")
    .select("message")
    .executeTakeFirstOrThrow();
  const at = new Date(START);
  const digest = { event: "digest", channel: "ops", dedupe_key: "digest", state: "dead" } as const;
  const { id } = await db
    .insertInto("notification")
    .values({ ...digest, message: JSON.stringify(message), next_at: at, created_at: at })
    .returning("id")
    .executeTakeFirstOrThrow();
  const merged = { state: "merged", merged_into: id } as const;
  await db.updateTable("notification").set(merged).where("event", "=", "opened").execute();
  stage.broken.clear();
  await stage.play(240);
  expect(await told("resolved")).toEqual([]);
});

test("an acknowledgement stops the escalation until it runs out", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  const until = START + 1200_000;
  await acknowledge({ db, actor: ACTOR }, 1, { until }, START + stage.second * 1000);
  await stage.play(1080, { every: 30 });
  expect(await told("escalated")).toEqual([]);
  await stage.play(120);
  expect(await told("escalated")).toEqual(["escalated boss down portal:1 @1200"]);
});

test("maintenance is silent, and what is still down at its end is told then", async () => {
  const input = {
    title: "Bảo trì",
    target: { portal: "portal-000001" },
    starts_at: new Date(START).toISOString(),
    duration_minutes: 10,
  };
  await createWindow({ db, actor: ACTOR }, input, new Date(START));
  stage.broken.set(1, ["ip4"]);
  await stage.play(590);
  expect(await stage.held()).toEqual({ "portal:1": "maintenance" });
  expect(await stage.told()).toEqual([]);
  await stage.play(10);
  expect(await stage.told()).toEqual(["opened ops down portal:1 @600"]);
});

/** A minute of a place with both families: IPv4 at its beginning, IPv6 in the middle, each with its confirmations. */
async function minute(): Promise<void> {
  stage.second += 30;
  await stage.selfTest({ families: { ip4: WELL, ip6: WELL } });
  await stage.round();
  stage.second += 30;
  await stage.settle(false);
}

test("a total outage is told once: the first family waits for the other one", async () => {
  const address = "2001:db8::1";
  const ip6 = { family: "ip6", address, addresses: [address] } as const;
  await minute();
  await stage.round(ip6);
  stage.broken.set(1, ["ip4", "ip6"]);
  stage.broken.set(2, ["ip4"]);
  await minute();
  expect(await stage.held()).toEqual({ "portal:1": "other_family", "portal:2": "other_family" });
  await stage.round(ip6);
  stage.second += 40;
  await stage.settle(false);
  const rows = await db.selectFrom("notification").select("message").orderBy("id").execute();
  expect(
    rows.map(({ message: { event, incident } }) => [event, incident?.portal?.id, incident?.scope]),
  ).toEqual([
    ["opened", "portal-000001", "whole"],
    ["opened", "portal-000002", "partial"],
  ]);
});

test("old news is not told, and what still fails is, however long ago it began", async () => {
  stage.router = null;
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  const long = new Date(START - 3_600_000);
  await db.updateTable("incident").set({ opened_at: long, last_bad_at: long }).execute();
  stage.router = ROUTER;
  await stage.settle();
  expect(await stage.held()).toEqual({ "portal:1": "late" });
  await stage.play(60);
  expect(await told("opened")).toEqual(["opened ops down portal:1 @120"]);
});

test("an outage that comes back within the quarter hour goes on, and is told under another key", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(120);
  stage.broken.clear();
  await stage.play(240);
  stage.broken.set(1, ["ip4"]);
  await stage.play(120);
  expect((await stage.told()).map((line) => line.split(" ")[0])).toEqual([
    "opened",
    "resolved",
    "opened",
  ]);
  const rows = await db.selectFrom("notification").select("dedupe_key").orderBy("id").execute();
  expect(rows.map(({ dedupe_key }) => dedupe_key)).toEqual([
    "1/opened/0/ops",
    "1/resolved/0/ops",
    "1/opened/0/ops/again-1",
  ]);
});

test("the message says what, since when, how it was confirmed and of which agency", async () => {
  stage.broken.set(1, ["ip4"]);
  await stage.play(60);
  const row = await db.selectFrom("notification").select("message").executeTakeFirstOrThrow();
  expect(row.message).toMatchObject({
    version: 1,
    event: "opened",
    made_up: true,
    incident: {
      kind: "down",
      scope: "whole",
      cause: "connect_refused",
      opened_at: "2026-11-22T08:01:00.000Z",
      subject: { type: "portal", name: "portal-000001" },
      portal: { id: "portal-000001", agency: { id: "test-agency" }, province: null },
      confirmation: {
        vantages: ["local"],
        observations: 3,
        confirmations: 2,
        single_vantage: true,
      },
      members: { total: 0, portals: [] },
    },
  });
});
