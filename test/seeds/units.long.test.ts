import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedIfEmpty } from "../../seeds/seed.ts";
import type { Database } from "../../src/store/database.ts";
import { snapshotTables } from "../store/helpers/tables.ts";
import { createUnitBookSource } from "../../src/store/unit-book.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { seedUnitBook } from "../support/seed-units.ts";

const UNIT_TABLES = ["admin_unit", "admin_unit_attribute", "admin_unit_event"];

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
});
afterAll(() => close());

async function rows<Row>(query: string): Promise<Row[]> {
  return (await sql.raw<Row>(query).execute(db)).rows;
}

test("units of both vintages are there, each list whole", async () => {
  expect(
    await rows(`select level, valid_from, valid_to, begin_known, count(*) as count from admin_unit
      group by 1, 2, 3, 4 order by 1, 2`),
  ).toEqual([
    row("commune", "2025-03-01", "2025-07-01", false, 10_035),
    row("commune", "2025-07-01", null, true, 3321),
    row("country", "1976-07-02", null, true, 1),
    row("district", "2025-03-01", "2025-07-01", false, 696),
    row("province", "2008-08-01", "2025-07-01", false, 62),
    row("province", "2025-01-01", "2025-07-01", false, 1),
    row("province", "2025-07-01", null, true, 34),
  ]);
});

function row(
  level: string,
  valid_from: string,
  valid_to: string | null,
  begin_known: boolean,
  count: number,
) {
  return { level, valid_from, valid_to, begin_known, count };
}

test("an old commune has its district and its province of then", async () => {
  expect(
    await rows(`select u.full_name_vi, u.name_vi, u.type, d.full_name_vi as district, p.full_name_vi as province
      from admin_unit u join admin_unit d on d.id = u.district_id join admin_unit p on p.id = u.parent_id
      where u.code = '06970' and u.level = 'commune' and u.valid_to is not null`),
  ).toMatchObject([
    {
      full_name_vi: "Thị trấn Ba Chẽ",
      name_vi: "Ba Chẽ",
      district: "Huyện Ba Chẽ",
      type: "thị trấn",
      province: "Tỉnh Quảng Ninh",
    },
  ]);
  expect(
    await rows(`select count(*) as count from admin_unit u join admin_unit p on p.id = u.parent_id
      where p.valid_to is distinct from u.valid_to`),
  ).toEqual([{ count: 0 }]);
});

test("full names follow the type, from the day of its change on", async () => {
  expect(
    await rows(`select a.valid_from, a.valid_to, a.full_name_vi, a.type, a.legal_document
      from admin_unit_attribute a join admin_unit u on u.id = a.unit_id
      where u.code = '25270' and u.valid_to is null order by 1`),
  ).toEqual([
    {
      valid_from: "2025-07-01",
      valid_to: "2026-04-30",
      full_name_vi: "Xã Lộc Ninh",
      type: "xã",
      legal_document: "1662/NQ-UBTVQH15",
    },
    {
      valid_from: "2026-04-30",
      valid_to: null,
      full_name_vi: "Phường Lộc Ninh",
      type: "phường",
      legal_document: "237/NQ-UBTVQH16",
    },
  ]);
});

test("a unit's row says what its newest attributes say, and attributes cover its whole life", async () => {
  expect(
    await rows(`select u.code from admin_unit u
      left join lateral (select * from admin_unit_attribute where unit_id = u.id order by valid_from desc limit 1) a on true
      where (u.name_vi, u.name_vi_alt, u.full_name_vi, u.type, u.parent_id, u.valid_to)
        is distinct from (a.name_vi, a.name_vi_alt, a.full_name_vi, a.type, a.parent_id, a.valid_to)`),
  ).toEqual([]);
  expect(
    await rows(`select u.code from admin_unit u join admin_unit_attribute a on a.unit_id = u.id
      group by u.id having min(a.valid_from) <> u.valid_from
        or sum(coalesce(a.valid_to, '2099-01-01') - a.valid_from) <> coalesce(u.valid_to, '2099-01-01') - u.valid_from`),
  ).toEqual([]);
});

test("the numbers of types are those of today", async () => {
  expect(
    await rows(`select type, count(*) as count from admin_unit where valid_to is null and level <> 'country'
      group by level, type order by level, type`),
  ).toEqual(
    expect.arrayContaining([
      { type: "phường", count: 709 },
      { type: "xã", count: 2599 },
      { type: "đặc khu", count: 13 },
      { type: "thành phố", count: 9 },
      { type: "tỉnh", count: 25 },
    ]),
  );
});

test("events tell what became of old units, wholly or in part, and what changed its type", async () => {
  expect(
    await rows(`select o.level, e.kind, e.part, count(*) as count from admin_unit_event e
      join admin_unit o on o.id = e.from_unit_id group by 1, 2, 3 order by 1, 2, 3`),
  ).toEqual([
    { level: "commune", kind: "merge", part: "whole", count: 9564 },
    { level: "commune", kind: "retype", part: null, count: 22 },
    { level: "commune", kind: "split", part: "split", count: 1033 },
    { level: "district", kind: "merge", part: "whole", count: 5 },
    { level: "province", kind: "merge", part: "whole", count: 63 },
    { level: "province", kind: "retype", part: null, count: 3 },
  ]);
  expect(
    await rows(`select o.full_name_vi as old, n.full_name_vi as new from admin_unit_event e
      join admin_unit o on o.id = e.from_unit_id join admin_unit n on n.id = e.to_unit_id
      where o.level = 'district' and o.code = '755'`),
  ).toEqual([{ old: "Huyện Côn Đảo", new: "Đặc khu Côn Đảo" }]);
});

test("a database of an earlier version gets old units, names and events at the next start, and keeps its units", async () => {
  const whole = await counts();
  const present = await presentUnits();
  // Some of each: all of them would take the test as long as a first start.
  await sql`delete from admin_unit_event where id % 20 = 0
    or from_unit_id in (select id from admin_unit where valid_to is not null and code < '00040')`.execute(
    db,
  );
  await sql`delete from admin_unit_attribute where unit_id % 20 = 0
    or unit_id in (select id from admin_unit where valid_to is not null and code < '00040')`.execute(
    db,
  );
  await sql`delete from admin_unit where valid_to is not null and level = 'commune' and code < '00040'`.execute(
    db,
  );
  await sql`update admin_unit set name_vi = 'x' where code = '25270'`.execute(db);
  await sql`delete from reference_mark where name = 'units'`.execute(db);
  await seedIfEmpty(db);
  expect(await counts()).toEqual(whole);
  expect(await presentUnits()).toEqual(present);
});

test("reference data is loaded again, and the book read again, only when files changed", async () => {
  const source = createUnitBookSource(db);
  const first = await source.book();
  expect(await source.book()).toBe(first);
  await sql`delete from admin_unit_event where id % 2 = 0`.execute(db);
  await seedIfEmpty(db);
  expect((await counts())["admin_unit_event"]).toBeLessThan(10_000);
  await sql`update reference_mark set sha256 = 'of other files' where name = 'units'`.execute(db);
  await seedIfEmpty(db);
  expect((await counts())["admin_unit_event"]).toBe(10_690);
  const again = await source.book();
  expect(again).not.toBe(first);
  expect(again.allOn("commune", "2025-06-30")).toHaveLength(10_035);
  expect(again.boundaries).toEqual((await seedUnitBook()).boundaries);
});

async function counts(): Promise<Record<string, number>> {
  const tables = Object.entries(await snapshotTables(db, UNIT_TABLES));
  return Object.fromEntries(tables.map(([table, lines]) => [table, lines.length]));
}

async function presentUnits() {
  return rows(`select * from admin_unit where valid_to is null and level <> 'country' order by id`);
}
