import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FailureKind, failure } from "../../src/domain/failure.ts";
import type { Family } from "../../src/domain/family.ts";
import { DEFAULT_POLICY } from "../../src/domain/incident/policy.ts";
import type { Outcome, ProbeResult } from "../../src/domain/observation.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger } from "../../src/store/incidents/ledger.ts";
import { FACT_COLUMNS, incidentFacts } from "../../src/store/incidents/open-incidents.ts";
import { portalsToReplay, replayStored } from "../../src/store/incidents/replay-stored.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { openTestDatabase } from "../support/database.ts";
import { certificate, failedResult, registerPortals, result, START } from "./helpers/results.ts";

const MINUTE = 60_000;
const STREAMS = 12;
const MINUTES = 40;
const NOW = START + 100 * MINUTE;

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, STREAMS);
});
afterAll(() => close());

/** What a scheduled run comes to; a failed one is confirmed twice. */
const RUNS: readonly { readonly outcome: Outcome; readonly kind?: FailureKind }[] = [
  { outcome: "ok" },
  { outcome: "degraded", kind: "too_slow" },
  { outcome: "fail", kind: "connect_refused" },
  { outcome: "fail", kind: "http_status" },
  { outcome: "fail", kind: "tls_expired" },
  { outcome: "unknown", kind: "dns_timeout" },
  { outcome: "unknown", kind: "vantage_no_ipv6" },
  { outcome: "no_address" },
  { outcome: "skipped" },
];

type Run = (typeof RUNS)[number];

function resultOf(
  portal: number,
  { outcome, kind }: Run,
  where: Partial<ProbeResult>,
): ProbeResult {
  const make = outcome === "fail" ? failedResult : result;
  const answered = outcome === "ok" || outcome === "degraded" || kind === "tls_expired";
  return make({
    portal,
    ...where,
    outcome,
    failure: kind === undefined ? null : failure(kind),
    skipReason: outcome === "skipped" ? "skip_late" : null,
    status: kind === "http_status" ? 503 : answered ? 200 : null,
    address: answered ? "192.0.2.1" : null,
    certificate: answered ? certificate() : null,
    evidence: null,
  });
}

/** Streaks of the same: what makes tracks move. */
const streaks = fc.array(
  fc.record({ run: fc.constantFrom(...RUNS), minutes: fc.integer({ min: 1, max: 8 }) }),
  { minLength: 3, maxLength: 12 },
);

const SERIES = (["ip4", "ip6"] as const).flatMap((family) =>
  ["a", "b"].map((vantage) => ({ family, vantage })),
);

/** All runs of a portal in order of their starts: every series begins well, then come its streaks. */
function stream(
  portal: number,
  series: readonly (readonly { run: Run; minutes: number }[])[],
): ProbeResult[] {
  const all = series.flatMap((parts, index) => {
    const { family, vantage } = SERIES[index] as { family: Family; vantage: string };
    const runs = [RUNS[0]!, ...parts.flatMap(({ run, minutes }) => Array<Run>(minutes).fill(run))];
    return runs.slice(0, MINUTES).flatMap((run, minute) => {
      const scheduledAt = START + minute * MINUTE + index * 500;
      const attempts = run.outcome === "fail" ? [0, 1, 2] : [0];
      return attempts.map((attempt) => {
        const startedAt = scheduledAt + (run.outcome === "skipped" ? 0 : 3 + attempt * 15_000);
        return resultOf(portal, run, { family, vantage, scheduledAt, attempt, startedAt });
      });
    });
  });
  return all.toSorted((one, other) => one.startedAt - other.startedAt);
}

/** Writes a stream in batches, by a new process after some of them. */
async function live(
  results: readonly ProbeResult[],
  cuts: readonly { at: number; dies: boolean }[],
) {
  const options = { policy: DEFAULT_POLICY, intervalMs: MINUTE, network: "internet" };
  const start = () => new BatchStore(db, () => NOW, createLedger(options));
  let store = start();
  let from = 0;
  for (const { at, dies } of [...cuts, { at: 1, dies: false }].toSorted((a, b) => a.at - b.at)) {
    const to = Math.round(at * results.length);
    if (to > from) await store.store(results.slice(from, to));
    from = to;
    if (dies) store = start();
  }
}

test("replay equals live: whatever came, in whatever batches, and however often the process began anew", async () => {
  let portal = 0;
  const cut = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), dies: fc.boolean() });
  const input = fc.tuple(
    fc.tuple(streaks, streaks, streaks, streaks),
    fc.array(cut, { maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(input, async ([series, cuts]) => {
      portal = (portal % STREAMS) + 1;
      await live(stream(portal, series), cuts);
      const rows = await db
        .selectFrom("incident")
        .select([...FACT_COLUMNS, "closed_by", "reopened"])
        .where("portal_id", "=", portal)
        .orderBy("opened_at")
        .execute();
      const kept = rows.map((row) => ({
        ...incidentFacts(row),
        resolvedAt: row.resolved_at?.getTime() ?? null,
        closedBy: row.closed_by,
        reopened: row.reopened,
      }));
      const portals = (await portalsToReplay(db, null)).filter(({ id }) => id === portal);
      const span = { from: START, to: NOW };
      const order = { span, policy: DEFAULT_POLICY, intervalMs: MINUTE, portals };
      const { incidents } = await replayStored(db, order);
      expect(kept.map(comparable).toSorted(bySort)).toEqual(
        incidents.map(comparable).toSorted(bySort),
      );
    }),
    { numRuns: STREAMS, endOnFailure: true },
  );
});

/** Without numbers, and without what is not stored of success: where the last answer came from. */
function comparable(incident: object) {
  const {
    id: _id,
    evidence: _evidence,
    lastBadAt: _last,
    ...rest
  } = incident as Record<string, unknown>;
  return JSON.stringify(
    rest,
    Object.keys(rest)
      .toSorted()
      .concat(...CONFIRMATION_KEYS),
  );
}

const CONFIRMATION_KEYS = ["vantages", "observations", "confirmations", "singleVantage"];

function bySort(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
