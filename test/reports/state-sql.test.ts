import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OUTCOMES } from "../../src/domain/observation.ts";
import { isProbed } from "../../src/domain/portal.ts";
import { type LastRun, portalState } from "../../src/domain/portal-state.ts";
import { overview } from "../../src/reports/overview.ts";
import { listPortals } from "../../src/reports/portals.ts";
import { addAgencies } from "../../src/store/agencies.ts";
import { addPortals } from "../../src/store/portal-bulk.ts";
import { vantageNumber } from "../../src/store/vantages.ts";
import { openTestDatabase } from "../support/database.ts";
import { VIEW } from "./world.ts";

const limit = VIEW.now - 3 * VIEW.intervalMs;
const RUNS: (LastRun | null)[] = [
  null,
  ...OUTCOMES.flatMap((outcome) => [VIEW.now, limit, limit - 1].map((at) => ({ outcome, at }))),
];
const LIFECYCLES = ["active", "retired", "redirected_to_dvcqg"] as const;

/** Every pair of last runs in every lifecycle. */
const CASES = LIFECYCLES.flatMap((lifecycle) =>
  RUNS.flatMap((ip4) => RUNS.map((ip6) => ({ lifecycle, ip4, ip6 }))),
).map((kase, index) => ({ ...kase, slug: `p${String(index).padStart(5, "0")}` }));

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  const { db } = opened;
  await addAgencies(db, [{ ownerType: "test", ownerCode: "a", nameVi: "A" }]);
  const portals = CASES.map(({ slug, lifecycle }) => ({
    slug,
    lifecycle,
    url: `https://${slug}.example/`,
    host: `${slug}.example`,
    nameVi: slug,
    nameEn: null,
    kind: "portal" as const,
    agency: "test-a",
    province: null,
    source: null,
  }));
  await addPortals(db, portals, new Date(VIEW.now));
  const rows = await db.selectFrom("portal").select(["id", "slug"]).execute();
  const numbers = new Map(rows.map(({ id, slug }) => [slug, id]));
  const vantage = await vantageNumber(db, VIEW.vantage);
  const latest = CASES.flatMap(({ slug, ip4, ip6 }) =>
    (["ip4", "ip6"] as const).flatMap((family) => {
      const run = family === "ip4" ? ip4 : ip6;
      return run === null
        ? []
        : [
            {
              portal_id: numbers.get(slug) ?? 0,
              family,
              vantage_id: vantage,
              scheduled_at: new Date(run.at),
              since: new Date(run.at),
              outcome: run.outcome,
              resolve_ms: 1,
              connect_ms: 1,
              tls_ms: 1,
              processing_ms: 1,
              transfer_ms: 1,
              total_ms: 5,
            },
          ];
    }),
  );
  for (let from = 0; from < latest.length; from += 1000) {
    await db
      .insertInto("probe_latest")
      .values(latest.slice(from, from + 1000))
      .execute();
  }
});
afterAll(() => opened.close());

const expected = CASES.map(({ slug, lifecycle, ip4, ip6 }) => [
  slug,
  portalState({ ip4, ip6 }, { ...VIEW, probed: isProbed(lifecycle), maintained: false }),
]);

test("the database tells every state as the rule does", async () => {
  const page = { limit: CASES.length, after: null, sort: "id" } as const;
  const { rows } = await listPortals(opened.db, VIEW, {}, page);
  expect(rows.map(({ id, state }) => [id, state])).toEqual(expected);
});

test("filtering by state finds exactly the portals that show it", async () => {
  for (const state of ["up", "degraded", "down", "unknown"] as const) {
    const page = { limit: CASES.length, after: null, sort: "id" } as const;
    const { rows } = await listPortals(opened.db, VIEW, { state }, page);
    const slugs = expected.filter(([, is]) => is === state).map(([slug]) => slug);
    expect(rows.map(({ id }) => id)).toEqual(slugs);
  }
});

const sum = (numbers: object) => Object.values(numbers).reduce((a: number, b) => a + Number(b), 0);

test("the overview counts each probed portal once per family and once by state", async () => {
  const counts = await overview(opened.db, VIEW);
  const probed = CASES.filter(({ lifecycle }) => isProbed(lifecycle)).length;
  expect(counts.probed).toBe(probed);
  expect(sum(counts.states)).toBe(probed);
  expect(sum(counts.families.ip4)).toBe(probed);
  expect(sum(counts.families.ip6)).toBe(probed);
  expect(counts.families.ip4.fail).toBe(2 * 2 * RUNS.length);
});

test("a window over a portal, its agency or its province is told as maintenance, by the rule", async () => {
  const page = { limit: CASES.length, after: null, sort: "id" } as const;
  const { rows: windows } = await sql<{ id: number }>`
    insert into maintenance_window (title, agency_id, starts_at, duration_minutes, created_by)
    select 'w', id, ${new Date(VIEW.now)}, 60, 'test' from agency returning id`.execute(opened.db);
  const occur = (from: number, to: number) =>
    sql`insert into maintenance_occurrence (window_id, starts_at, ends_at)
      values (${windows[0]?.id}, ${new Date(from)}, ${new Date(to)})`.execute(opened.db);
  const states = async () => {
    const { rows } = await listPortals(opened.db, VIEW, {}, page);
    return rows.map(({ id, state }) => [id, state]);
  };
  await occur(VIEW.now - 60_000, VIEW.now);
  await occur(VIEW.now + 1, VIEW.now + 60_000);
  expect(await states()).toEqual(expected);
  await occur(VIEW.now, VIEW.now + 1);
  expect(await states()).toEqual(
    CASES.map(({ slug, lifecycle, ip4, ip6 }) => {
      const options = { ...VIEW, probed: isProbed(lifecycle), maintained: true };
      return [slug, portalState({ ip4, ip6 }, options)];
    }),
  );
  await opened.db
    .updateTable("maintenance_window")
    .set({ cancelled_at: new Date(VIEW.now) })
    .execute();
  expect(await states()).toEqual(expected);
});
