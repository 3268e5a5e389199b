import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { resolveByHand } from "../../src/store/incidents/people.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit } from "./helpers/audits.ts";
import { saveAudit } from "../../src/store/audits.ts";
import { OutageStage } from "./helpers/outage-stage.ts";
import { certificate, registerPortals, START } from "./helpers/results.ts";

const DAY = 86_400;
let db: Database;
let close: () => Promise<void>;
let stage: OutageStage;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, 3);
  stage = new OutageStage(db, 3);
});
afterAll(() => close());
beforeEach(async () => {
  await stage.begin();
  stage.router = { tells: () => ["ops"], escalations: () => [] };
});

const lines = async () => (await stage.told()).map((line) => line.split(" @")[0]);
const days = (count: number) => new Date(START + count * DAY * 1000).toISOString();

/** A round in which every portal presents this certificate. */
async function present(at: number, seed: string, ends: number, chainEnds = ends): Promise<void> {
  stage.second = at;
  await stage.selfTest();
  const facts = { notBefore: days(-300), notAfter: days(ends), earliestNotAfter: days(chainEnds) };
  await stage.round({ certificate: certificate(seed, facts) });
  await stage.settle();
}

test("a certificate that expires is told once per threshold, however many portals share it", async () => {
  await present(60, "a", 40);
  expect(await lines()).toEqual([]);
  await present(11 * DAY, "a", 40);
  await present(11 * DAY + 60, "a", 40);
  await present(27 * DAY, "a", 40);
  const subject = `certificate certificate:${"a".repeat(64)}`;
  expect(await lines()).toEqual([`opened ops ${subject}`, `changed ops ${subject}`]);
  const { message } = await db
    .selectFrom("notification")
    .select("message")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  expect(message.incident).toMatchObject({
    cause: "expiring",
    members: { total: 3 },
    evidence: { step: 2, days_left: 13, of: "certificate" },
  });
  await present(28 * DAY, "b", 400);
  expect((await lines()).at(-1)).toBe(`resolved ops ${subject}`);
});

test("a chain that ends before its certificate is told as well; one that ended long ago is not", async () => {
  await present(60, "c", 200, 20);
  expect(await lines()).toEqual([`opened ops certificate certificate:${"c".repeat(64)}`]);
  await stage.begin();
  await present(60, "d", 200, -20);
  expect(await lines()).toEqual([]);
});

test("what has expired is left to the probes, which see it as invalid", async () => {
  await present(60, "e", -1);
  expect(await lines()).toEqual([]);
});

async function believe(round: number, level: "L3" | "L1", grade: "B" | "D"): Promise<void> {
  await saveAudit(
    { db, auditIntervalMs: 6 * 3_600_000 },
    audit(round, {
      level: { level, possible: level, provisionalDays: null, blockers: [] },
      grade: { grade, possible: grade, blockers: [] },
      findings: [
        {
          check: "W1",
          family: "ip6",
          verdict: "fail",
          reason: "x",
          evidence: { failed_tries: 3 },
          causes: [],
        },
      ],
    }),
  );
  stage.second = round * 6 * 3600 + 60;
  await stage.selfTest();
  await stage.settle();
}

test("a fall of level or grade is an incident until it is back, and a person's end of it holds", async () => {
  await sql`truncate audit, finding, standing_track, standing, observation_part cascade`.execute(
    db,
  );
  await believe(0, "L3", "B");
  await believe(1, "L1", "D");
  expect(await lines()).toEqual([]);
  await believe(2, "L1", "D");
  expect(await lines()).toEqual([
    "opened ops ipv6_regression portal:1",
    "opened ops https_regression portal:1",
  ]);
  await resolveByHand(
    { db, actor: { keyId: null, name: "test" } },
    2,
    { note: null },
    START + stage.second * 1000,
  );
  await believe(3, "L1", "D");
  expect((await stage.held())["portal:1"]).toBe(null);
  await believe(4, "L3", "B");
  await believe(5, "L3", "B");
  expect((await lines()).map(String).toSorted()).toEqual([
    "opened ops https_regression portal:1",
    "opened ops ipv6_regression portal:1",
    "resolved ops https_regression portal:1",
    "resolved ops ipv6_regression portal:1",
  ]);
});
