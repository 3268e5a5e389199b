import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { failure } from "../../src/domain/failure.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { OutageStage } from "./helpers/outage-stage.ts";
import { registerPortals, START } from "./helpers/results.ts";

const PORTALS = 20;
let db: Database;
let close: () => Promise<void>;
let stage: OutageStage;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, PORTALS);
  stage = new OutageStage(db, PORTALS);
});
afterAll(() => close());
beforeEach(() => stage.begin());

const opened = async () => (await stage.told()).filter((line) => line.startsWith("opened "));
function breakFirst(count: number): void {
  for (let portal = 1; portal <= count; portal += 1) stage.broken.set(portal, ["ip4"]);
}

test("an uplink that dies is one incident of the place, and no portal is told of", async () => {
  await stage.play(60, { every: 30 });
  // Some runs fail before the self-test notices.
  breakFirst(3);
  stage.second = 90;
  await stage.round();
  stage.broken.clear();
  await stage.play(180, { ill: true, probing: false });
  expect(await opened()).toEqual(["opened ops vantage_degraded vantage:1/ip4 @180"]);
  expect(await stage.held()).toMatchObject({ "portal:1": "vantage" });
  await stage.play(240);
  expect((await stage.told()).map((line) => line.split(" @")[0])).toEqual([
    "opened ops vantage_degraded vantage:1/ip4",
    "resolved ops vantage_degraded vantage:1/ip4",
  ]);
});

test("what was confirmed long before the place fell ill is passed on all the same", async () => {
  breakFirst(1);
  await stage.play(300, { every: 30 });
  await stage.play(480, { every: 30, ill: true, probing: false });
  expect((await stage.told()).map((line) => line.split(" @")[0])).toEqual([
    "opened ops down portal:1",
    "opened ops vantage_degraded vantage:1/ip4",
    "escalated boss down portal:1",
  ]);
});

test("a mass failure that takes more than a minute to be seen holds back the last ones as well", async () => {
  breakFirst(12);
  await stage.play(130);
  stage.broken.set(13, ["ip4"]);
  await stage.round();
  await stage.play(110);
  expect(await opened()).toEqual([expect.stringContaining("vantage_degraded")]);
  expect(await stage.held()).toMatchObject({ "portal:13": "mass" });
});

test("a place that never had IPv6 is not ill, and one that tests itself badly for a moment neither", async () => {
  await stage.play(120, { every: 30 });
  await stage.play(30, { ill: true });
  await stage.play(120);
  expect(await stage.told()).toEqual([]);
});

test("a place whose probing stops is told of", async () => {
  await stage.play(60, { every: 30 });
  await stage.play(420, { probing: false, every: 30 });
  expect((await stage.told()).map((line) => line.split(" @")[0])).toEqual([
    "opened ops vantage_degraded vantage:1/schedule",
  ]);
  const incident = await db.selectFrom("incident").selectAll().executeTakeFirstOrThrow();
  expect(incident).toMatchObject({ cause: "schedule_stopped", vantage_id: 1 });
});

test("a machine that spoils most of its own runs is told of as such", async () => {
  await stage.play(60, { every: 30 });
  for (let minute = 0; minute < 3; minute += 1) {
    stage.second += 60;
    await stage.selfTest();
    await stage.round({ outcome: "unknown", failure: failure("event_loop_lag") });
    await stage.settle();
  }
  const incident = await db.selectFrom("incident").selectAll().executeTakeFirstOrThrow();
  expect(incident).toMatchObject({ subject: "vantage:1/schedule", cause: "event_loop_lag" });
});

test("when most portals newly fail from one place it is doubted, and told as one incident", async () => {
  breakFirst(12);
  await stage.play(120);
  expect((await stage.told()).map((line) => line.split(" @")[0])).toEqual([
    "opened ops vantage_degraded vantage:1/mass",
  ]);
  expect(await stage.held()).toMatchObject({ "portal:1": "mass", "portal:12": "mass" });
  const incident = await db
    .selectFrom("incident")
    .selectAll()
    .where("kind", "=", "vantage_degraded")
    .executeTakeFirstOrThrow();
  expect(incident).toMatchObject({
    cause: "mass_failure",
    evidence: { portals: 12, families: ["ip4"] },
  });
});

test("what is still down when a mass failure is over is told then", async () => {
  breakFirst(12);
  await stage.play(120);
  for (let portal = 3; portal <= 12; portal += 1) stage.broken.delete(portal);
  await stage.play(420);
  const lines = (await stage.told()).map((line) => line.split(" @")[0]);
  expect(lines.map(String).toSorted()).toEqual([
    "opened ops down portal:1",
    "opened ops down portal:2",
    "opened ops vantage_degraded vantage:1/mass",
    "resolved ops vantage_degraded vantage:1/mass",
  ]);
});

test("what another place sees as well is real: portals are told of", async () => {
  await stage.selfTest({ name: "other" });
  await stage.round({}, "other");
  breakFirst(12);
  for (let minute = 0; minute < 3; minute += 1) {
    stage.second += 60;
    await stage.selfTest();
    await stage.selfTest({ name: "other" });
    await stage.round({}, "other");
    await stage.round();
    await stage.settle();
  }
  expect((await opened()).some((line) => line.includes("vantage_degraded"))).toBe(false);
  expect(await opened()).toHaveLength(1);
  expect((await opened())[0]).toContain("agency:test-agency");
});

test("hours under doubt are counted anew", async () => {
  await db.deleteFrom("rollup_dirty").execute();
  breakFirst(12);
  await stage.play(120);
  const marks = await db.selectFrom("rollup_dirty").select("hour").execute();
  expect(marks.map(({ hour }) => hour.getTime())).toContain(START);
});
