import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { saveAudit } from "../../src/store/audits.ts";
import { putSeverities } from "../../src/store/incidents/severities.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit, AUDIT_INTERVAL, observation } from "./helpers/audits.ts";
import { OutageStage } from "./helpers/outage-stage.ts";
import { registerPortals, START } from "./helpers/results.ts";

const PORTALS = 26;
const SHARED = "198.51.100.7";
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

function breakAll(...portals: readonly number[]): void {
  for (const portal of portals) stage.broken.set(portal, ["ip4"]);
}

async function host(address: (portal: number) => string): Promise<void> {
  stage.addressOf = (portal) => (portal <= 8 ? address(portal) : `203.0.${portal}.1`);
  stage.second = 600;
  await stage.selfTest();
  await stage.round();
  await stage.settle();
}

const lines = async () => (await stage.told()).map((line) => line.split(" @")[0]);

test("portals at one address that fail together are told once, as one cause with its children", async () => {
  await host(() => SHARED);
  breakAll(1, 2, 3, 4, 5, 6);
  await stage.play(120);
  expect(await lines()).toEqual([`opened ops down address:${SHARED}`]);
  const { message } = await db
    .selectFrom("notification")
    .select("message")
    .executeTakeFirstOrThrow();
  expect(message.incident).toMatchObject({
    subject: { type: "address", name: SHARED },
    portal: null,
    members: { total: 6 },
  });
  const held = await stage.held();
  expect([held["portal:1"], held["portal:6"]]).toEqual(["child", "child"]);
  // One that fails later joins without a word.
  breakAll(7);
  await stage.play(120);
  expect(await lines()).toHaveLength(1);
  expect(await stage.held()).toMatchObject({ "portal:7": "child" });
});

test("a cause becomes as urgent as a part that joins later, which is told once", async () => {
  const become = (kind: "portal" | "national-platform") =>
    db.updateTable("portal").set({ kind }).where("id", "in", [7, 8]).execute();
  await become("national-platform");
  const critical = { kind: "down", scope: "whole", severity: "critical" } as const;
  await putSeverities(db, [{ ...critical, portal_kind: "national-platform" }]);
  await host(() => SHARED);
  breakAll(1, 2, 3, 4, 5, 6);
  await stage.play(120);
  breakAll(7);
  await stage.play(60);
  breakAll(8);
  await stage.play(60);
  await become("portal");
  expect(await lines()).toEqual([
    `opened ops down address:${SHARED}`,
    `changed ops down address:${SHARED}`,
  ]);
  expect(await stage.held()).toMatchObject({ "portal:7": "child", "portal:8": "child" });
});

test("a cause whose children are gone with their portals is over", async () => {
  await host(() => SHARED);
  breakAll(1, 2, 3, 4, 5, 6);
  await stage.play(120);
  await db.deleteFrom("incident").where("portal_id", "is not", null).execute();
  await stage.settle();
  expect(await stage.held()).toEqual({});
});

test("the cause is over when most of its children are; one that outlives it speaks for itself", async () => {
  await host(() => SHARED);
  breakAll(1, 2, 3, 4, 5, 6);
  await stage.play(120);
  stage.broken.clear();
  breakAll(3);
  await stage.play(300);
  expect((await lines()).map(String).toSorted()).toEqual([
    `opened ops down address:${SHARED}`,
    "opened ops down portal:3",
    `resolved ops down address:${SHARED}`,
  ]);
});

test("portals of one network at several addresses make a cause of the network", async () => {
  await host((portal) => `198.51.100.${portal}`);
  breakAll(1, 2, 3, 4, 5);
  await stage.play(120);
  expect(await lines()).toEqual(["opened ops down prefix:198.51.100.0/24"]);
});

async function shareNameServers(): Promise<void> {
  const server = (name: string) => ({ name, ip4: null, ip6: null });
  const zone = { zone: "gov.vn", servers: [server("ns2.example.vn"), server("ns1.example.vn")] };
  for (let portal = 1; portal <= 6; portal += 1) {
    const seen = observation(START, { zone: zone as never });
    await saveAudit(
      { db, auditIntervalMs: AUDIT_INTERVAL },
      audit(0, {}, { portal, observation: seen }),
    );
  }
}

test("portals of one set of name servers whose names are gone make a cause of these", async () => {
  await shareNameServers();
  stage.failingBy = "no_address_at_all";
  breakAll(1, 2, 3, 4, 5, 6);
  await stage.play(120);
  expect(await lines()).toEqual(["opened ops down name-servers:ns1.example.vn,ns2.example.vn"]);
});

test("name servers do not explain servers that do not answer", async () => {
  await shareNameServers();
  breakAll(1, 2, 3, 4);
  await stage.play(180);
  expect((await lines()).filter((line) => line?.includes("name-servers"))).toEqual([]);
  expect(await lines()).toHaveLength(4);
});

test("three of an agency's many portals are told each for itself, after a short wait for company", async () => {
  breakAll(10, 11, 12);
  await stage.play(60);
  expect(await stage.held()).toEqual({
    "portal:10": "group",
    "portal:11": "group",
    "portal:12": "group",
  });
  await stage.play(120);
  expect(await stage.told()).toEqual([
    "opened ops down portal:10 @150",
    "opened ops down portal:11 @150",
    "opened ops down portal:12 @150",
  ]);
});
