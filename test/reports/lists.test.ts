import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listCommunes, listProvinces } from "../../src/reports/admin-units.ts";
import { listAgencies } from "../../src/reports/agencies.ts";
import { listJobRuns } from "../../src/reports/job-runs.ts";
import { overview } from "../../src/reports/overview.ts";
import { listLatency } from "../../src/reports/portal-latency.ts";
import { listResults, type ResultPosition } from "../../src/reports/portal-results.ts";
import { listVantagePoints } from "../../src/reports/vantage-points.ts";
import { beginRun, finishRun } from "../../src/store/job-runs.ts";
import { rollUp } from "../../src/store/rollup.ts";
import { openTestDatabase } from "../support/database.ts";
import { buildWorld, START, VIEW } from "./world.ts";
import { vantageState } from "./vantage-state.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  const settings = {
    reportTimezone: "Asia/Ho_Chi_Minh",
    probeIntervalMs: VIEW.intervalMs,
    retentionRawDays: 14,
  };
  await rollUp(opened.db, settings, START + 86_400_000);
});
afterAll(() => opened.close());

const ALL = { limit: 100, after: null };

const resultsNarrowed = async (filter: Parameters<typeof listResults>[2]) =>
  (await listResults(opened.db, numbers.half, filter, ALL)).rows.length;

const latencyNarrowed = async (span: "hour" | "day", from: string, to: string) => {
  const filter = { span, from, to, family: "ip4", timezone: "Asia/Ho_Chi_Minh" } as const;
  return (await listLatency(opened.db, numbers.hanoi, filter, ALL)).rows.length;
};

describe("results", () => {
  test("come latest first, with address, certificate and evidence", async () => {
    const { rows } = await listResults(opened.db, numbers.half, {}, ALL);
    expect(rows.map(({ scheduled_at: at, family }) => [Date.parse(at) - START, family])).toEqual([
      [0, "ip6"],
      [0, "ip4"],
      [-60_000, "ip6"],
      [-60_000, "ip4"],
      [-120_000, "ip6"],
      [-120_000, "ip4"],
    ]);
    expect(rows[0]).toMatchObject({
      vantage: "local",
      outcome: "fail",
      failure: { kind: "connect_refused", source: "target" },
      certificate: null,
      address: null,
      evidence: { code: "ECONNREFUSED" },
    });
    expect(rows[1]).toMatchObject({
      outcome: "ok",
      failure: null,
      http_status: 200,
      phases_ms: { resolve: 1.5, connect: 10.25, tls: 20.5, processing: 100, transfer: 5 },
      address: "192.0.2.1",
      evidence: null,
    });
    expect(rows[1]?.certificate?.earliest_not_after).toBe("2026-12-24T00:00:00.000Z");
  });

  test("can be narrowed by family, outcome and time", async () => {
    expect(await resultsNarrowed({ family: "ip6" })).toBe(3);
    expect(await resultsNarrowed({ outcome: "fail" })).toBe(3);
    expect(await resultsNarrowed({ outcome: "fail", family: "ip4" })).toBe(0);
    expect(await resultsNarrowed({ from: new Date(START) })).toBe(2);
    expect(await resultsNarrowed({ to: new Date(START) })).toBe(4);
  });

  test("in pages of any size are each shown once", async () => {
    const { rows: whole } = await listResults(opened.db, numbers.half, {}, ALL);
    for (const limit of [1, 2, 4, 5]) {
      const seen: unknown[] = [];
      let after: ResultPosition | null = null;
      do {
        const page: Awaited<ReturnType<typeof listResults>> = await listResults(
          opened.db,
          numbers.half,
          {},
          { limit, after },
        );
        seen.push(...page.rows);
        after = page.next;
      } while (after !== null);
      expect(seen).toEqual(whole);
    }
  });
});

describe("latency", () => {
  test("per hour counts outcomes and gives percentiles within a bucket's width", async () => {
    const filter = { span: "hour", family: "ip4", timezone: "Asia/Ho_Chi_Minh" } as const;
    const { rows } = await listLatency(opened.db, numbers.hanoi, filter, ALL);
    expect(rows.map(({ start }) => start)).toEqual([
      "2026-11-22T08:00:00.000Z",
      "2026-11-22T07:00:00.000Z",
    ]);
    expect(rows[0]).toMatchObject({ family: "ip4", vantage: "local", ok: 1, fail: 0 });
    expect(rows[1]).toMatchObject({ ok: 2 });
    const { total } = rows[0]?.latency_ms ?? {};
    expect(total?.p50).toBeGreaterThan(137.25 / 1.0905);
    expect(total?.p50).toBeLessThan(137.25 * 1.0905);
    expect(total?.p99).toBeGreaterThanOrEqual(total?.p95 ?? Infinity);
  });

  test("per day is the day of the reporting time zone, and null where nothing was measured", async () => {
    const filter = { span: "day", timezone: "Asia/Ho_Chi_Minh" } as const;
    const { rows } = await listLatency(opened.db, numbers.dead, filter, ALL);
    expect(rows.map(({ start, family, fail }) => [start, family, fail])).toEqual([
      ["2026-11-22", "ip6", 3],
      ["2026-11-22", "ip4", 3],
    ]);
    const { rows: absent } = await listLatency(
      opened.db,
      numbers.hue,
      { ...filter, family: "ip6" },
      ALL,
    );
    expect(absent[0]).toMatchObject({ no_address: 3 });
    expect(absent[0]?.latency_ms.total).toEqual({ p50: null, p95: null, p99: null });
  });

  test("between days of the reporting time zone leaves the others out", async () => {
    expect(await latencyNarrowed("hour", "2026-11-22", "2026-11-23")).toBe(2);
    expect(await latencyNarrowed("hour", "2026-11-23", "2026-11-24")).toBe(0);
    expect(await latencyNarrowed("day", "2026-11-22", "2026-11-23")).toBe(1);
    expect(await latencyNarrowed("day", "2026-11-21", "2026-11-22")).toBe(0);
  });

  test("in pages of one is shown once each", async () => {
    const filter = { span: "hour", timezone: "Asia/Ho_Chi_Minh" } as const;
    const { rows: whole } = await listLatency(opened.db, numbers.hanoi, filter, ALL);
    const first = await listLatency(opened.db, numbers.hanoi, filter, { limit: 3, after: null });
    const second = await listLatency(opened.db, numbers.hanoi, filter, {
      limit: 3,
      after: first.next,
    });
    expect([...first.rows, ...second.rows]).toEqual(whole);
    expect(second.next).toBeNull();
  });
});

describe("places", () => {
  test("agencies count their portals by state", async () => {
    const { rows } = await listAgencies(opened.db, VIEW, ALL);
    expect(rows.map(({ id }) => id)).toEqual(["ministry-yte", "province-01", "province-46"]);
    expect(rows[0]?.portals).toEqual({
      all: 6,
      probed: 5,
      up: 0,
      degraded: 2,
      down: 1,
      unknown: 2,
    });
    const page = await listAgencies(opened.db, VIEW, { limit: 2, after: null });
    const rest = await listAgencies(opened.db, VIEW, { limit: 2, after: page.next });
    expect([...page.rows, ...rest.rows]).toEqual(rows);
  });

  test("provinces and communes are those of the day that is asked for", async () => {
    const { rows } = await listProvinces(opened.db, "2026-11-22", ALL);
    expect(rows.map(({ code, communes, portals }) => [code, communes, portals])).toEqual([
      ["01", 2, 1],
      ["46", 1, 1],
    ]);
    expect(rows[0]).toMatchObject({ name_vi: "Hà Nội", area_km2: 3359.84, valid_to: null });
    expect((await listProvinces(opened.db, "2025-06-30", ALL)).rows).toEqual([]);
    expect((await listCommunes(opened.db, "2025-06-30", {}, ALL)).rows).toEqual([]);
  });

  test("communes can be narrowed by province and name", async () => {
    const found = async (filter: { province?: string; q?: string }) =>
      (await listCommunes(opened.db, "2026-11-22", filter, ALL)).rows.map(({ code }) => code);
    expect(await found({})).toEqual(["00004", "00008", "19753"]);
    expect(await found({ province: "01" })).toEqual(["00004", "00008"]);
    expect(await found({ q: "vy da" })).toEqual(["19753"]);
    expect(await found({ q: "00008" })).toEqual(["00008"]);
    const [first] = (await listCommunes(opened.db, "2026-11-22", { q: "ba dinh" }, ALL)).rows;
    expect(first?.province).toEqual({ code: "01", name_vi: "Hà Nội" });
  });
});

test("the overview counts portals by state and by what each family shows", async () => {
  const counts = await overview(opened.db, VIEW);
  expect(counts).toEqual({
    probed: 7,
    states: { unknown: 2, up: 2, degraded: 2, down: 1, maintenance: 0 },
    families: {
      ip4: { ok: 3, limit: 1, fail: 1, absent: 0, unsure: 2 },
      ip6: { ok: 1, limit: 1, fail: 2, absent: 1, unsure: 2 },
    },
    madeUp: false,
  });
});

test("vantage points show their own state as it is now", async () => {
  const [own] = await listVantagePoints(opened.db, vantageState());
  expect(own).toMatchObject({
    name: "local",
    country: null,
    families: {
      ip4: { healthy: true, source_address: "192.0.2.99" },
      ip6: { healthy: false, anchors_answered: 0, anchors_tried: 3 },
    },
    resolver: { usable: true },
  });
  const untested = { ...vantageState(), checkedAt: 0 };
  expect((await listVantagePoints(opened.db, untested))[0]?.families).toBeNull();
});

test("job runs come latest first and page", async () => {
  for (const job of ["rollup", "partitions", "rollup"]) {
    const id = await beginRun(opened.db, job, new Date(START));
    await finishRun(opened.db, id ?? 0, {
      outcome: "ok",
      detail: { hours: 2 },
      now: new Date(START + 1000),
    });
  }
  const { rows } = await listJobRuns(opened.db, { job: "rollup" }, ALL);
  expect(rows.map(({ job, outcome }) => [job, outcome])).toEqual([
    ["rollup", "ok"],
    ["rollup", "ok"],
  ]);
  expect(rows[0]).toMatchObject({
    started_at: new Date(START).toISOString(),
    finished_at: new Date(START + 1000).toISOString(),
    detail: { hours: 2 },
  });
  const page = await listJobRuns(opened.db, {}, { limit: 2, after: null });
  const rest = await listJobRuns(opened.db, {}, { limit: 2, after: page.next });
  expect([...page.rows, ...rest.rows].map(({ job }) => job)).toEqual([
    "rollup",
    "partitions",
    "rollup",
  ]);
});
