import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { failure } from "../../src/domain/failure.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import type { Database } from "../../src/store/database.ts";
import { storeSplitting } from "../../src/store/batch-splitter.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  certificate,
  evidence,
  failedResult,
  registerPortals,
  result,
  START,
} from "./helpers/results.ts";
import { emptyTables } from "./helpers/tables.ts";

const MINUTE = 60_000;

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(() => freshTables());

async function freshTables(): Promise<void> {
  await emptyTables(db);
  await registerPortals(db, 3);
}

/** A store without memory of earlier batches, as after a restart. */
function store(...batches: readonly ProbeResult[][]): Promise<unknown> {
  return batches.reduce<Promise<unknown>>(
    (before, batch) => before.then(() => new BatchStore(db, () => START).store(batch)),
    Promise.resolve(),
  );
}

test("a run is one row with its phases, and refers to its address and certificate by number", async () => {
  await store([result({ redirects: [{ url: "https://x/", address: null, status: 301 }] })]);
  const run = await db.selectFrom("probe_result").selectAll().executeTakeFirstOrThrow();
  const address = await db
    .selectFrom("portal_address")
    .select("id")
    .where("address", "=", "192.0.2.1")
    .executeTakeFirstOrThrow();
  const shown = await db.selectFrom("certificate").selectAll().executeTakeFirstOrThrow();
  expect(run).toEqual({
    portal_id: 1,
    family: "ip4",
    vantage_id: 1,
    scheduled_at: new Date(START),
    attempt: 0,
    start_delay_ms: 3,
    outcome: "ok",
    failure: null,
    failure_source: null,
    status: 200,
    resolve_ms: 1.5,
    connect_ms: 10.25,
    tls_ms: 20.5,
    processing_ms: 100,
    transfer_ms: 5,
    total_ms: 137.25,
    hop_count: 1,
    body_bytes: 1234,
    loop_lag_ms: 0.5,
    address_id: address.id,
    certificate_id: shown.id,
    evidence_id: null,
  });
  expect(shown.names).toEqual(["portal.example.gov.vn", "*.example.gov.vn"]);
  expect(shown.earliest_not_after).toEqual(new Date("2026-12-24T00:00:00Z"));
});

test("a skipped run stores its reason in place of a failure", async () => {
  await store([result({ outcome: "skipped", skipReason: "skip_late", certificate: null })]);
  const run = await db.selectFrom("probe_result").selectAll().executeTakeFirstOrThrow();
  expect(run).toMatchObject({ outcome: "skipped", failure: "skip_late", failure_source: null });
});

test("failures of a day that differ only in the order of addresses or a redirect's query share one evidence", async () => {
  const hop = (query: string) => ({
    url: `https://a.example/?state=${query}`,
    address: null,
    status: 302,
    to: `https://b.example/?state=${query}`,
  });
  const seen = evidence({ hops: [hop("1")] });
  const turned = evidence({ addresses: seen.addresses.toReversed(), hops: [hop("2")] });
  await store(
    [failedResult({ evidence: seen })],
    [failedResult({ scheduledAt: START + MINUTE, evidence: turned })],
    [failedResult({ scheduledAt: START + 2 * MINUTE, evidence: evidence({ code: "EOTHER" }) })],
    [failedResult({ scheduledAt: START + 24 * 60 * MINUTE, evidence: seen })],
  );
  const rows = await db.selectFrom("failure_evidence").selectAll().orderBy("id").execute();
  expect(rows.map((row) => [row.day, row.evidence.code])).toEqual([
    ["2026-11-22", "ECONNREFUSED"],
    ["2026-11-22", "EOTHER"],
    ["2026-11-23", "ECONNREFUSED"],
  ]);
  expect(rows[0]).toMatchObject({
    first_seen: new Date(START),
    last_seen: new Date(START + MINUTE),
    evidence: seen,
  });
  const runs = await db
    .selectFrom("probe_result")
    .select("evidence_id")
    .orderBy("scheduled_at")
    .execute();
  expect(runs.map((run) => run.evidence_id)).toEqual([0, 0, 1, 2].map((place) => rows[place]?.id));
});

test("text that the database cannot hold is stored readable, and impossible dates are not", async () => {
  const names = ["a\0b", "\ud800"];
  await store([
    result({
      certificate: certificate("a", {
        subject: "CN=\0",
        names,
        notAfter: "+012026-01-01T00:00:00.000Z",
      }),
    }),
    result({ portal: 2, certificate: certificate("b", { notAfter: "Invalid Date" }) }),
    failedResult({ portal: 3, evidence: evidence({ detail: { server: "x\0\udfff" } }) }),
  ]);
  const certificates = await db.selectFrom("certificate").selectAll().execute();
  expect(certificates).toHaveLength(1);
  expect(certificates[0]).toMatchObject({
    subject: "CN=\u{FFFD}",
    names: ["a\u{FFFD}b", "\u{FFFD}"],
    not_after: new Date("9999-12-31T23:59:59Z"),
  });
  const kept = await db.selectFrom("failure_evidence").select("evidence").executeTakeFirstOrThrow();
  expect(kept.evidence.detail).toEqual({ server: "x\u{FFFD}\u{FFFD}" });
  expect(await countRuns()).toBe(3);
});

test("the last run keeps since when it has been so", async () => {
  const ok = (minute: number) => result({ scheduledAt: START + minute * MINUTE });
  const down = (minute: number) => failedResult({ scheduledAt: START + minute * MINUTE });
  const latest = async () => {
    const row = await db.selectFrom("probe_latest").selectAll().executeTakeFirstOrThrow();
    const minute = (at: Date) => (at.getTime() - START) / MINUTE;
    return [row.outcome, minute(row.since), minute(row.scheduled_at)];
  };
  await store([ok(0), ok(1)], [ok(2)]);
  expect(await latest()).toEqual(["ok", 0, 2]);
  await store([down(3), ok(4), down(5), down(6)]);
  expect(await latest()).toEqual(["fail", 5, 6]);
  await store([
    failedResult({ scheduledAt: START + 7 * MINUTE, failure: failure("connect_timeout") }),
  ]);
  expect(await latest()).toEqual(["fail", 7, 7]);
  await store([ok(9)], [ok(8)]);
  expect(await latest()).toEqual(["ok", 8, 9]);
  await store([down(8.5)]);
  expect(await latest()).toEqual(["ok", 9, 9]);
});

test("since survives the end of the rows that it came from", async () => {
  await store([result(), result({ scheduledAt: START + MINUTE })]);
  await db.deleteFrom("probe_result").execute();
  await store([result({ scheduledAt: START + 2 * MINUTE })]);
  const latest = await db.selectFrom("probe_latest").select("since").executeTakeFirstOrThrow();
  expect(latest.since).toEqual(new Date(START));
});

test("a confirmation is stored, but the last scheduled run stays the last one", async () => {
  await store([result(), failedResult({ attempt: 1 })]);
  expect(await countRuns()).toBe(2);
  const latest = await db.selectFrom("probe_latest").select("outcome").execute();
  expect(latest).toEqual([{ outcome: "ok" }]);
});

test("rows older than what is kept are counted, not stored", async () => {
  await db
    .insertInto("retention_mark")
    .values({ table_name: "probe_result", dropped_before: "2026-11-22" })
    .execute();
  const old = result({ scheduledAt: START - 24 * 60 * MINUTE });
  const outcome = await new BatchStore(db, () => START).store([old, result()]);
  expect(outcome).toEqual({ expired: 1 });
  expect(await countRuns()).toBe(1);
});

test("batches again, in another order and cut differently, lead to the same tables", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ results, order, cuts }) => {
      await freshTables();
      const inOrder = results.toSorted((a, b) => a.scheduledAt - b.scheduledAt);
      for (const one of inOrder) await store([one]);
      const expected = await stored();
      await store(inOrder);
      expect(await stored()).toEqual(expected);

      await freshTables();
      const shuffled = order.map((place) => results[place % results.length] as ProbeResult);
      await store(...cut([...shuffled, ...results], cuts));
      expect(await stored()).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

test("a store that remembers what it wrote comes to the same as one that asks", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ results, order, cuts }) => {
      const shuffled = order.map((place) => results[place % results.length] as ProbeResult);
      const inOrder = results.toSorted((a, b) => a.scheduledAt - b.scheduledAt);
      for (const batches of [cut(inOrder, cuts), cut([...shuffled, ...results], cuts)]) {
        await freshTables();
        await store(...batches);
        const expected = await stored(WITHIN_LAG);
        await freshTables();
        const remembering = new BatchStore(db, () => START);
        for (const batch of batches) await remembering.store(batch);
        expect(await stored(WITHIN_LAG)).toEqual(expected);
      }
    }),
    { numRuns: 6 },
  );
});

test("what is seen again and again is written now and then, and what is gone exactly", async () => {
  const remembering = new BatchStore(db, () => START);
  const at = (minute: number, address: string, seed: string) =>
    result({
      scheduledAt: START + minute * MINUTE,
      address,
      addresses: [address],
      certificate: certificate(seed),
    });
  const until = 45;
  for (let minute = 0; minute < until; minute += 1) {
    await remembering.store([at(minute, "192.0.2.1", "a")]);
  }
  await remembering.store([at(until, "192.0.2.2", "b")]);
  const addresses = await db.selectFrom("portal_address").selectAll().orderBy("id").execute();
  const pairings = await db
    .selectFrom("portal_certificate")
    .selectAll()
    .orderBy("certificate_id")
    .execute();
  const minutes = (rows: readonly { first_seen: Date; last_seen: Date }[]) =>
    rows.map((row) =>
      [row.first_seen, row.last_seen].map((each) => (each.getTime() - START) / MINUTE),
    );
  const exact = [
    [0, until - 1],
    [until, until],
  ];
  expect(minutes(addresses)).toEqual(exact);
  expect(minutes(pairings)).toEqual(exact);
  const runs = await db
    .selectFrom("probe_result")
    .select(["address_id", "certificate_id"])
    .execute();
  expect(new Set(runs.map((run) => run.address_id))).toEqual(
    new Set(addresses.map(({ id }) => id)),
  );
  expect(new Set(runs.map((run) => run.certificate_id))).toEqual(
    new Set(pairings.map((row) => row.certificate_id)),
  );
});

test("after a batch that failed nothing is remembered of it", async () => {
  const remembering = new BatchStore(db, () => START);
  await remembering.store([result()]);
  const next = result({
    scheduledAt: START + MINUTE,
    addresses: ["192.0.2.9"],
    address: "192.0.2.9",
    certificate: certificate("b"),
  });
  await expect(remembering.store([next, result({ portal: 2, status: 1e9 })])).rejects.toThrow(
    /out of range/,
  );
  await remembering.store([next]);
  const latest = await db
    .selectFrom("probe_latest")
    .innerJoin("portal_address", "portal_address.id", "address_id")
    .innerJoin("certificate", "certificate.id", "certificate_id")
    .select(["scheduled_at", "since", "portal_address.address", "fingerprint"])
    .execute();
  expect(latest).toEqual([
    {
      scheduled_at: new Date(START + MINUTE),
      since: new Date(START),
      address: "192.0.2.9",
      fingerprint: certificate("b").fingerprint,
    },
  ]);
});

test("a run that another process has stored meanwhile is no loss and stays the only one", async () => {
  const remembering = new BatchStore(db, () => START);
  await remembering.store([result()]);
  const next = result({ scheduledAt: START + MINUTE });
  await store([next]);
  const outcome = await storeSplitting(remembering, [next, result({ portal: 2 })]);
  expect(outcome).toEqual({ expired: 0, refused: [] });
  expect(await countRuns()).toBe(3);
});

/** Spans of what goes on being seen end a little early: that part is left out. */
const WITHIN_LAG = "last_seen";

/** Some runs of three portals with unique keys, an order with repeats, and where batches end. */
const history = fc.record({
  results: fc.uniqueArray(
    fc
      .record({
        portal: fc.integer({ min: 1, max: 3 }),
        minute: fc.integer({ min: 0, max: 8 }),
        attempt: fc.constantFrom(0, 0, 0, 1),
        kind: fc.constantFrom("ok", "ok", "refused", "timeout", "skipped"),
        address: fc.constantFrom("192.0.2.1", "192.0.2.2"),
        chain: fc.constantFrom(1, 2, 3),
        token: fc.constantFrom("1", "2"),
      })
      .map(made),
    {
      selector: ({ portal, scheduledAt, attempt }) => `${portal} ${scheduledAt} ${attempt}`,
      minLength: 1,
      maxLength: 25,
    },
  ),
  order: fc.array(fc.nat(), { maxLength: 30 }),
  cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 60 }),
});

function made(from: {
  portal: number;
  minute: number;
  attempt: number;
  kind: string;
  address: string;
  chain: number;
  token: string;
}): ProbeResult {
  const { portal, attempt, address } = from;
  const base = { portal, attempt, address, scheduledAt: START + from.minute * MINUTE };
  if (from.kind === "skipped") {
    return result({ ...base, outcome: "skipped", skipReason: "skip_late", certificate: null });
  }
  if (from.kind === "ok") {
    return result({ ...base, certificate: certificate("a", { chainLength: from.chain }) });
  }
  const hops = [{ url: `https://a/?${from.token}`, address: null, status: null }];
  const kind = from.kind === "refused" ? "connect_refused" : "connect_timeout";
  return failedResult({ ...base, failure: failure(kind), evidence: evidence({ hops }) });
}

function cut(results: readonly ProbeResult[], cuts: readonly number[]): ProbeResult[][] {
  const batches: ProbeResult[][] = [];
  let rest = results;
  for (const size of cuts) {
    if (rest.length > 0) batches.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return batches;
}

/** Everything that was stored, with what it refers to in place of numbers, which depend on the order. */
async function stored(without = "-"): Promise<unknown> {
  const { rows } = await sql`
    select 'run' as kind, to_jsonb(run) - 'address_id' - 'certificate_id' - 'evidence_id' as row,
      address, fingerprint, encode(digest, 'hex') as digest
    from probe_result run
    left join portal_address on portal_address.id = address_id
    left join certificate on certificate.id = certificate_id
    left join failure_evidence on failure_evidence.id = evidence_id
    union all
    select 'latest', to_jsonb(latest) - 'address_id' - 'certificate_id' - 'evidence_id', null, null, null
    from probe_latest latest
    union all select 'address', to_jsonb(portal_address) - 'id' - ${without}::text, null, null, null from portal_address
    union all select 'certificate', to_jsonb(certificate) - 'id' - ${without}::text, null, null, null from certificate
    union all select 'pairing', to_jsonb(portal_certificate) - 'certificate_id' - ${without}::text, null, null, null
    from portal_certificate
    union all select 'evidence', to_jsonb(failure_evidence) - 'id', null, null, null from failure_evidence
    union all select 'dirty', to_jsonb(rollup_dirty), null, null, null from rollup_dirty
    order by 1, 2`.execute(db);
  return rows;
}

async function countRuns(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from probe_result`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
