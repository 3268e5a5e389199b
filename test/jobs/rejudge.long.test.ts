import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prepareJob } from "../../jobs/index.ts";
import type { JobDeps } from "../../jobs/job.ts";
import { rejudgeAll } from "../../jobs/rejudge.ts";
import { runOnce } from "../../jobs/run-once.ts";
import { CURRENT_RULES, judge } from "../../src/checks/index.ts";
import type { RuleSet } from "../../src/domain/judgement.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import { saveAudit } from "../../src/store/audits.ts";
import type { Database } from "../../src/store/database.ts";
import { lightProbeHistory } from "../../src/store/light-history.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit, AUDIT_INTERVAL } from "../store/helpers/audits.ts";
import { seePortal } from "../store/helpers/portal-sight.ts";
import { registerPortals, START } from "../store/helpers/results.ts";
import { emptyTables, recordingLog, snapshotTables } from "../store/helpers/tables.ts";

/** More is asked of HSTS than before. */
const STRICTER: RuleSet = { ...CURRENT_RULES, version: "test-2", hstsSeconds: 35_000_000 };

/** Portal 1 has what the old rules ask for, portal 2 more than that, portal 3 nothing; 4 to 6 are their likes. */
const HSTS = [null, "max-age=31536000", "max-age=40000000", null];

/** The second day of these audits in Viet Nam, which begins between the second and the third of them. */
const SINCE = "2026-11-23";
const ROUNDS = 5;
const DERIVED = ["audit", "finding", "standing", "standing_track"];

let db: Database;
let close: () => Promise<void>;
let deps: JobDeps;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, 6);
  deps = {
    db,
    log: recordingLog(),
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: 60_000,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: "local",
      madeUp: false,
      mail: null,
      coverageInbox: null,
    },
    clock: () => START,
  };
});

/** Audits a portal in every round, judged by the rules of that time. */
async function see(portal: number, rulesOf: (round: number) => RuleSet) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const observation = seePortal(
      START + round * AUDIT_INTERVAL,
      HSTS[((portal - 1) % 3) + 1] ?? null,
    );
    const history = await lightProbeHistory(db, portal, 1, SINCE);
    const judgement = judge(observation, { rules: rulesOf(round), history });
    await saveAudit(
      { db, auditIntervalMs: AUDIT_INTERVAL },
      { ...audit(round), portal, observation, judgement },
    );
  }
}

async function seeAll() {
  for (const portal of [1, 2, 3]) await see(portal, () => CURRENT_RULES);
}

/** Spans as people read them. */
async function spans() {
  const rows = await db.selectFrom("finding").selectAll().orderBy("id").execute();
  return rows.map((row) => ({
    about: `${row.portal_id} ${row.check_id} ${row.family}`,
    said: `${row.verdict} ${row.reason}`,
    seen: [row.first_seen, row.last_seen].map((at) => (at.getTime() - START) / AUDIT_INTERVAL),
  }));
}

/** All that follows from the audits of a portal, without numbers of rows. */
async function derived(portal: number) {
  const { rows } = await sql<{ row: object }>`
    select to_jsonb(finding) - array['id', 'portal_id', 'first_audit_id', 'last_audit_id'] as row
      from finding where portal_id = ${portal}
    union all select to_jsonb(standing) - array['id', 'portal_id', 'audit_id'] from standing where portal_id = ${portal}
    union all select to_jsonb(audit) - array['id', 'portal_id'] from audit where portal_id = ${portal}
    union all select to_jsonb(standing_track) - array['portal_id', 'last_audit_id']
      from standing_track where portal_id = ${portal}`.execute(db);
  return rows.map(({ row }) => JSON.stringify(row)).toSorted();
}

test("the same rules change nothing", async () => {
  await seeAll();
  const before = await snapshotTables(db);
  const done = await rejudgeAll(deps, { rules: CURRENT_RULES, since: SINCE, all: true });
  expect(done).toMatchObject({ portals: 3, audits: 9, findings: 0 });
  expect(await snapshotTables(db)).toEqual(before);
});

test("a changed threshold changes exactly the findings that it should", async () => {
  await seeAll();
  const before = await spans();
  await rejudgeAll(deps, { rules: STRICTER, since: SINCE, all: false });
  const after = await spans();
  const isNew = (span: object) =>
    !before.some((other) => JSON.stringify(other) === JSON.stringify(span));
  expect(after.filter(isNew)).toEqual([
    { about: "1 H3 ip4", said: "pass hsts", seen: [0, 1] },
    { about: "1 H3 ip4", said: "warn too_short", seen: [2, 4] },
  ]);
  expect(after).toHaveLength(before.length + 1);
});

test("afterwards all is as if the audits had been judged so at the time", async () => {
  await seeAll();
  for (const portal of [4, 5, 6]) {
    await see(portal, (round) => (round < 2 ? CURRENT_RULES : STRICTER));
  }
  await rejudgeAll(deps, { rules: STRICTER, since: SINCE, all: false });
  for (const portal of [1, 2, 3]) expect(await derived(portal)).toEqual(await derived(portal + 3));
});

test("going back to the old rules gives what was there", async () => {
  await seeAll();
  const before = await Promise.all([1, 2, 3].map((portal) => derived(portal)));
  await rejudgeAll(deps, { rules: STRICTER, since: SINCE, all: false });
  await rejudgeAll(deps, { rules: CURRENT_RULES, since: SINCE, all: false });
  expect(await Promise.all([1, 2, 3].map((portal) => derived(portal)))).toEqual(before);
});

test("a run that was cut off goes on where it stopped", async () => {
  await seeAll();
  const whole = await rejudgeAll(deps, { rules: STRICTER, since: SINCE, all: false });
  expect(whole).toMatchObject({ portals: 3 });
  const before = await snapshotTables(db, DERIVED);
  await db.updateTable("audit").set({ ruleset: "test-1" }).where("portal_id", "=", 3).execute();
  expect(await rejudgeAll(deps, { rules: STRICTER, since: SINCE, all: false })).toMatchObject({
    portals: 1,
  });
  await db
    .updateTable("audit")
    .set({ ruleset: CURRENT_RULES.version })
    .where("ruleset", "=", "test-1")
    .execute();
  expect(await snapshotTables(db, DERIVED)).toEqual(before);
  expect(await rejudgeAll(deps, { rules: STRICTER, since: SINCE, all: false })).toMatchObject({
    portals: 0,
  });
});

describe("on request", () => {
  test("it runs with a rule set and a day, and tells what it did", async () => {
    await seeAll();
    const job = prepareJob("rejudge", { ruleset: CURRENT_RULES.version, since: SINCE, all: true });
    expect(await runOnce(job, deps)).toBe("ok");
    const run = await db.selectFrom("job_run").select("detail").executeTakeFirstOrThrow();
    expect(run.detail).toEqual({
      ruleset: CURRENT_RULES.version,
      since: SINCE,
      portals: 3,
      audits: 9,
      findings: 0,
    });
  });

  test.each([
    [{}, /needs --ruleset VERSION and --since DATE/],
    [{ ruleset: "1999", since: SINCE }, /no rule set "1999"\. Rule sets: 2026-11/],
    [{ ruleset: "2026-11", since: "2026-02-30" }, /--since "2026-02-30" is no day/],
    [{ ruleset: "2026-11", since: "yesterday" }, /is no day; a day is written 2026-11-01/],
    [{ ruleset: "2026-11", since: SINCE, month: "11" }, /takes no option --month/],
  ])("options that it can't use (%j) are told", (options, says) => {
    expect(() => prepareJob("rejudge", options)).toThrow(UsageError);
    expect(() => prepareJob("rejudge", options)).toThrow(says);
  });

  test("regular jobs take no options, and a name that no job has is told with those that there are", () => {
    expect(prepareJob("rollup", {}).name).toBe("rollup");
    expect(() => prepareJob("rollup", { since: SINCE })).toThrow(/rollup takes no option --since/);
    expect(() => prepareJob("nothing", {})).toThrow(/no job "nothing"\. Jobs: .*rollup.*rejudge/);
  });
});
