import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Verdict } from "../../src/domain/finding.ts";
import type { Database } from "../../src/store/database.ts";
import { saveAudit } from "../../src/store/audits.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit, AUDIT_INTERVAL, finding, observation, transport } from "./helpers/audits.ts";
import { registerPortals, START } from "./helpers/results.ts";
import { emptyTables, snapshotTables } from "./helpers/tables.ts";

const MINUTE = 60_000;
const PORTALS = 12;

/** Three rounds of audits are a second of work, and a busy machine takes many times that. */
vi.setConfig({ testTimeout: 60_000 });

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, PORTALS);
});

/** Saves the audit of a portal in a round: portals are audited in turn, five minutes apart. */
function see(portal: number, round: number, verdict: Verdict, reason = `tcp_${verdict}`) {
  const at = START + round * AUDIT_INTERVAL + portal * 5 * MINUTE;
  const failed = verdict === "fail";
  const level = failed ? ("LX" as const) : ("L3" as const);
  const findings = [
    transport(verdict, reason),
    finding("W5", failed ? "fail" : "pass", { family: "ip6" }),
    finding("D1", "pass"),
  ];
  const given = {
    findings,
    level: { level, possible: level, provisionalDays: null, blockers: [] },
  };
  return saveAudit(
    { db, auditIntervalMs: AUDIT_INTERVAL },
    audit(round, given, { portal, scheduledAt: at, observation: observation(at) }),
  );
}

async function seeAll(round: number, verdict: (portal: number) => Verdict) {
  const saved = [];
  for (let portal = 1; portal <= PORTALS; portal += 1) {
    saved.push(await see(portal, round, verdict(portal)));
  }
  return saved;
}

const wrong = () =>
  db
    .selectFrom("finding")
    .select(["portal_id", "check_id"])
    .where("verdict", "=", "fail")
    .execute();
const events = () => db.selectFrom("vantage_event").selectAll().execute();
const levels = async () => {
  const rows = await db.selectFrom("standing_track").select("level_track").execute();
  return new Set(rows.map(({ level_track }) => level_track.value));
};

test("half of the good portals failing together is one event of this place, not many findings", async () => {
  await seeAll(0, () => "pass");
  const saved = await seeAll(1, (portal) => (portal > 4 ? "fail" : "pass"));
  await seeAll(2, () => "fail");
  expect(await wrong()).toEqual([]);
  expect(await events()).toMatchObject([
    {
      check_id: "W1",
      family: "ip6",
      reason: "tcp_fail",
      began_at: new Date(START + AUDIT_INTERVAL + 25 * MINUTE),
      ended_at: null,
      good_before: 9,
      failed: 5,
    },
  ]);
  // The ninth portal is the fifth that fails of nine; the four before it had been saved as failures.
  const recognised = saved.filter(({ excused }) => excused.length > 0);
  expect(recognised.map(({ excused }) => excused)).toEqual([[5, 6, 7, 8, 9]]);
  expect(await levels()).toEqual(new Set(["L3"]));
});

test("an event keeps what was seen, and what was known before", async () => {
  await seeAll(0, () => "pass");
  const saved = await seeAll(1, () => "fail");
  const last = saved.at(-1)?.after.findings.find(({ check }) => check === "W1");
  expect(last).toMatchObject({
    verdict: "unknown",
    reason: "vantage_event",
    evidence: { failed_tries: 3, seen_verdict: "fail", seen_reason: "tcp_fail" },
    known: { verdict: "pass", since: START + PORTALS * 5 * MINUTE },
  });
  const audits = await db.selectFrom("audit").select("level").where("level", "=", "LX").execute();
  expect(audits).toEqual([]);
});

test("an event ends when audits pass again, and later failures count", async () => {
  await seeAll(0, () => "pass");
  await seeAll(1, () => "fail");
  await seeAll(2, () => "pass");
  const [event] = await events();
  expect(event?.ended_at).not.toBeNull();
  await see(3, 3, "fail");
  expect(await wrong()).toEqual([
    { portal_id: 3, check_id: "W1" },
    { portal_id: 3, check_id: "W5" },
  ]);
});

test("a portal that failed before the event goes on failing", async () => {
  await seeAll(0, (portal) => (portal === 1 ? "fail" : "pass"));
  await seeAll(1, () => "fail");
  expect((await wrong()).map(({ portal_id }) => portal_id)).toEqual([1, 1]);
  expect(await events()).toHaveLength(1);
});

test.each([
  ["fewer than half", (portal: number) => (portal > 7 ? "fail" : "pass")],
  ["fewer than five", (portal: number) => (portal % 3 === 0 ? "fail" : "pass")],
] as const)("%s failing are findings", async (_, verdict) => {
  await seeAll(0, () => "pass");
  await seeAll(1, verdict);
  expect(await events()).toEqual([]);
  expect((await wrong()).length).toBeGreaterThan(0);
});

test("portals that fail for different reasons are findings", async () => {
  await seeAll(0, () => "pass");
  for (let portal = 1; portal <= PORTALS; portal += 1) {
    await see(portal, 1, "fail", `reason_${portal % 3}`);
  }
  expect(await events()).toEqual([]);
});

test("an audit that comes late is judged under the event of its time, and begins none", async () => {
  await seeAll(0, () => "pass");
  for (let portal = 2; portal <= PORTALS; portal += 1) await see(portal, 1, "fail");
  await seeAll(2, () => "pass");
  const before = await events();
  await see(1, 1, "fail");
  expect(await events()).toEqual(before);
  const late = await db
    .selectFrom("finding")
    .select("portal_id")
    .where("verdict", "=", "fail")
    .execute();
  // The event began with the second portal; the first was audited before it.
  expect(late.map(({ portal_id }) => portal_id)).toEqual([1, 1]);
});

test("saving an audit of an event again changes nothing", async () => {
  await seeAll(0, () => "pass");
  await seeAll(1, () => "fail");
  const before = await snapshotTables(db);
  await seeAll(1, () => "fail");
  expect(await snapshotTables(db)).toEqual(before);
});
