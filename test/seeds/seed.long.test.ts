import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seed, seedIfEmpty } from "../../seeds/seed.ts";
import type { Database } from "../../src/store/database.ts";
import { importPortals } from "../../src/store/portal-import.ts";
import { changePortal, listTargets, portalById } from "../../src/store/portals.ts";
import { openTestDatabase } from "../support/database.ts";
import { snapshotTables } from "../store/helpers/tables.ts";

const CONTEXT = { keyId: null, name: "test" };

let db: Database;
let close: () => Promise<void>;
let first: Awaited<ReturnType<typeof seed>>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  first = await seed(db);
});
afterAll(() => close());

async function unit(code: string) {
  return db
    .selectFrom("admin_unit")
    .selectAll()
    .where("code", "=", code)
    .where("valid_to", "is", null)
    .executeTakeFirstOrThrow();
}

test("the real units, agencies and portals are there, each once", () => {
  expect(first).toEqual({
    provinces: 34,
    communes: 3321,
    legacy_units: 10_794,
    unit_events: 10_690,
    indicators: 56,
    indicators_kept: 0,
    targets: 38,
    regions: 28,
    sources: 20,
    published_figures: 30,
    severities: 38,
    agencies: 64,
    portals: 317,
    requirements: 23,
  });
});

test("seeding again adds nothing and changes nothing", async () => {
  const before = await snapshotTables(db);
  const again = await seed(db);
  expect(Object.values(again).filter((count) => count !== 0)).toEqual([]);
  await seedIfEmpty(db);
  expect(await snapshotTables(db)).toEqual(before);
});

test("current portals are probed, legacy ones are not", async () => {
  expect(await listTargets(db)).toHaveLength(224);
  const { rows } = await sql`
    select lifecycle, count(*) as count, bool_and((retired_at is null) = (lifecycle = 'active')) as dated
    from portal group by lifecycle order by lifecycle`.execute(db);
  expect(rows).toEqual([
    { lifecycle: "active", count: 224, dated: true },
    { lifecycle: "retired", count: 93, dated: true },
  ]);
});

test("a portal has its agency, province, note and evidence class", async () => {
  expect(await portalById(db, "hanoi-dvc")).toMatchObject({
    url: "https://dichvucong.hanoi.gov.vn/",
    kind: "public-service-gateway",
    agency: "province-01",
    province: "01",
    lifecycle: "active",
    evidenceClass: "A",
    note: expect.stringContaining("623/TTg-KSTT"),
    madeUp: false,
  });
});

test("a provincial agency is called what its current portals call it", async () => {
  const agency = await db
    .selectFrom("agency")
    .select("name_vi")
    .where("slug", "=", "province-08")
    .executeTakeFirstOrThrow();
  expect(agency.name_vi).toBe("Tỉnh Tuyên Quang");
});

test("every portal of a province belongs to it, and no other portal does", async () => {
  const { rows } = await sql`
    select owner_type, count(province_id) as with_province, count(*) as count
    from portal join agency on agency.id = agency_id group by 1 order by 1`.execute(db);
  expect(rows).toContainEqual({ owner_type: "province", with_province: 133, count: 133 });
  expect(rows).toContainEqual({ owner_type: "ministry", with_province: 0, count: 150 });
});

test("a population that failed a check is missing, with the reason in its place", async () => {
  const { rows } = await sql<{
    missing: number;
    explained: number;
    filled: number;
    doubted: number;
  }>`
    select count(*) filter (where population is null) as missing,
      count(*) filter (where population is null and population_note is not null) as explained,
      count(population) as filled,
      count(*) filter (where population is not null and population_note is not null) as doubted
    from admin_unit where level = 'commune' and valid_to is null`.execute(db);
  expect(rows[0]).toEqual({ missing: 380, explained: 380, filled: 2941, doubted: 0 });
});

test("what a user changed or retired stays so when seeds are loaded again", async () => {
  const context = { db, actor: CONTEXT };
  await changePortal(context, "hanoi-portal", { name_vi: "Tên của tôi", note: "mine" });
  await changePortal(context, "caobang-portal", { lifecycle: "retired" });
  await seed(db);
  expect(await portalById(db, "hanoi-portal")).toMatchObject({
    nameVi: "Tên của tôi",
    note: "mine",
  });
  expect(await portalById(db, "caobang-portal")).toMatchObject({ lifecycle: "retired" });
});

test("facts of a unit are brought up to date", async () => {
  const before = await unit("00004");
  await db
    .updateTable("admin_unit")
    .set({ population: 1, name_en: "x" })
    .where("id", "=", before.id)
    .execute();
  await seed(db);
  expect(await unit("00004")).toEqual(before);
});

test("the file of portals can be imported as it is", async () => {
  const text = await readFile(new URL("../../seeds/portals.csv", import.meta.url), "utf8");
  await changePortal({ db, actor: CONTEXT }, "hanoi-portal", {
    name_vi: "Cổng Thông tin điện tử thành phố Hà Nội",
  });
  await changePortal({ db, actor: CONTEXT }, "caobang-portal", { lifecycle: "active" });
  const done = await importPortals({ db, actor: CONTEXT }, text);
  expect(done).toEqual({ accepted: 0, refused: 0, unchanged: 317, faults: [] });
});
