import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Family } from "../../src/domain/family.ts";
import type { CheckId, Finding, Verdict } from "../../src/domain/finding.ts";
import type { Database } from "../../src/store/database.ts";
import { saveAudit } from "../../src/store/audits.ts";
import { vantageNumber } from "../../src/store/vantages.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit, AUDIT_INTERVAL, finding } from "./helpers/audits.ts";
import { registerPortals, START } from "./helpers/results.ts";
import { emptyTables } from "./helpers/tables.ts";

// Whatever order audits come in, what follows from them is that of their time.

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, 200);
});

const CHECKS = ["D1", "W1", "H1"] as const satisfies readonly CheckId[];

/** What one check says in one round; null for nothing. */
interface Said {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly code: number;
}

type Round = Readonly<Record<(typeof CHECKS)[number], Said | null>> & {
  readonly level: "L1" | "L3";
};

const said = fc.option(
  fc.record({
    verdict: fc.constantFrom<Verdict>("pass", "fail", "unknown"),
    reason: fc.constantFrom("a", "b"),
    code: fc.integer({ min: 1, max: 2 }),
  }),
  { freq: 6 },
);
const rounds = fc.array(
  fc.record({ D1: said, W1: said, H1: said, level: fc.constantFrom<"L1" | "L3">("L1", "L3") }),
  { minLength: 1, maxLength: 9 },
);

function findingsOf(round: Round, family: Family | null): Finding[] {
  return CHECKS.flatMap((check) => {
    const now = round[check];
    return now
      ? [finding(check, now.verdict, { family, reason: now.reason, evidence: { code: now.code } })]
      : [];
  });
}

async function save(
  portal: number,
  all: readonly Round[],
  order: readonly number[],
  family: Family | null = null,
) {
  for (const at of order) {
    const round = all[at];
    if (!round) continue;
    const { level } = round;
    const judged = {
      findings: findingsOf(round, family),
      level: { level, possible: level, provisionalDays: null, blockers: [] },
    };
    await saveAudit({ db, auditIntervalMs: AUDIT_INTERVAL }, audit(at, judged, { portal }));
  }
}

/** The spans of one check, told from all rounds at once. */
function model(all: readonly Round[], check: (typeof CHECKS)[number]) {
  const sayings = all.map((round) => round[check]);
  const same = (one: number, other: number) =>
    sayings[one]?.verdict === sayings[other]?.verdict &&
    sayings[one]?.reason === sayings[other]?.reason;
  const starts = sayings.flatMap((now, at) => (now && (at === 0 || !same(at - 1, at)) ? [at] : []));
  return starts.map((start) => {
    let end = start;
    while (end + 1 < all.length && same(start, end + 1)) end += 1;
    let changed = end;
    while (changed > start && sayings[changed - 1]?.code === sayings[end]?.code) changed -= 1;
    return {
      check,
      said: `${sayings[start]?.verdict} ${sayings[start]?.reason} ${sayings[end]?.code}`,
      since: sinceOf(sayings, start),
      seen: [start, end],
      changed,
      ended: end + 1 < all.length ? end + 1 : null,
      audits: end - start + 1,
    };
  });
}

/** The first round of the verdict, with nothing but the same verdict and `unknown` from there on. */
function sinceOf(sayings: readonly (Said | null)[], start: number): number {
  const verdict = sayings[start]?.verdict;
  let since = start;
  for (let at = start - 1; at >= 0; at -= 1) {
    const before = sayings[at]?.verdict;
    if (before === verdict) since = at;
    else if (before !== "unknown") break;
  }
  return since;
}

async function stored(portal: number) {
  const rows = await db
    .selectFrom("finding")
    .selectAll()
    .where("portal_id", "=", portal)
    .orderBy("first_seen")
    .execute();
  const round = (at: Date) => (at.getTime() - START) / AUDIT_INTERVAL;
  return CHECKS.flatMap((check) =>
    rows
      .filter((row) => row.check_id === check)
      .map((row) => ({
        check,
        said: `${row.verdict} ${row.reason} ${String(row.evidence["code"])}`,
        since: round(row.since),
        seen: [round(row.first_seen), round(row.last_seen)],
        changed: round(row.last_changed),
        ended: row.ended_at && round(row.ended_at),
        audits: row.audits,
      })),
  );
}

/** Everything else that follows from audits, without numbers of rows. */
async function derived(portal: number) {
  const { rows: audits } = await sql`
    select started_at, level, grade, tracks from audit where portal_id = ${portal} order by started_at`.execute(
    db,
  );
  const { rows: spans } = await sql`
    select level, grade, from_at, to_at from standing where portal_id = ${portal} order by from_at`.execute(
    db,
  );
  const { rows: tracks } = await sql`
    select level_track, grade_track, flapping, last_audit_at from standing_track where portal_id = ${portal}`.execute(
    db,
  );
  return { audits, spans, tracks };
}

test("spans are those of the naive model, and every order of saving gives the same", async () => {
  let portal = 0;
  const orders = fc.tuple(rounds, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }));
  await fc.assert(
    fc.asyncProperty(orders, async ([all, keys]) => {
      portal += 2;
      const inTime = all.map((_, at) => at);
      const shuffled = inTime.toSorted((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
      await save(portal - 1, all, inTime);
      await save(portal, all, shuffled);
      const expected = CHECKS.flatMap((check) => model(all, check));
      expect(await stored(portal - 1)).toEqual(expected);
      expect(await stored(portal)).toEqual(expected);
      expect(await derived(portal)).toEqual(await derived(portal - 1));
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

test("under an event of the vantage point the order of saving makes no difference either", async () => {
  let portal = 0;
  const orders = fc.tuple(rounds, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }));
  await db
    .insertInto("vantage_event")
    .values({
      vantage_id: await vantageNumber(db, "local"),
      family: "ip6",
      check_id: "W1",
      reason: "a",
      began_at: new Date(START + 2 * AUDIT_INTERVAL),
      ended_at: new Date(START + 6 * AUDIT_INTERVAL),
      good_before: 9,
      failed: 9,
    })
    .execute();
  await fc.assert(
    fc.asyncProperty(orders, async ([all, keys]) => {
      portal += 2;
      const inTime = all.map((_, at) => at);
      const shuffled = inTime.toSorted((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
      await save(portal - 1, all, inTime, "ip6");
      await save(portal, all, shuffled, "ip6");
      expect(await stored(portal)).toEqual(await stored(portal - 1));
      expect(await derived(portal)).toEqual(await derived(portal - 1));
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 120_000);

test("audits that are saved at the same time, some of them twice, give the same", async () => {
  const all: Round[] = ["pass", "fail", "unknown", "fail", "pass", "fail"].map((verdict, at) => ({
    D1: { verdict: verdict as Verdict, reason: "a", code: at % 2 },
    W1: null,
    H1: null,
    level: at % 2 === 0 ? "L1" : "L3",
  }));
  const inTime = all.map((_, at) => at);
  await save(1, all, inTime);
  await Promise.all([...inTime, 2, 3].map((at) => save(2, all, [at])));
  expect(await stored(2)).toEqual(await stored(1));
  expect(await derived(2)).toEqual(await derived(1));
});
