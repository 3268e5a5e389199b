import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../support/database.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

test("big integers, counts and dates read the same from every kind of database", async () => {
  const { rows } = await sql<Record<string, unknown>>`
    select 9007199254740991::int8 as big, count(*) as count, sum(2::int8) as sum,
      date '2025-07-01' as day, timestamptz '2026-11-22 00:00:00+07' as instant,
      array[1, 2]::int[] as list, 1.5::real as real, '{"a":1}'::jsonb as json`.execute(opened.db);
  expect(rows[0]).toEqual({
    big: 9007199254740991,
    count: 1,
    sum: 2,
    day: "2025-07-01",
    instant: new Date("2026-11-21T17:00:00Z"),
    list: [1, 2],
    real: 1.5,
    json: { a: 1 },
  });
});
