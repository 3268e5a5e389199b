import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { numberColumn, realColumn, textColumn } from "../../src/store/column-text.ts";
import type { Database } from "../../src/store/database.ts";
import { storableText } from "../../src/store/storable-json.ts";
import { openTestDatabase } from "../support/database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());

const text = fc.oneof(
  fc.string({ unit: "binary" }).map(storableText),
  fc.constantFrom("", "NULL", "null", '"', "\\", "{}", "a,b", ' "a\\"b" '),
);

test("any texts come back from the database as they were", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text)), async (values) => {
      expect(await readBack(sql`${textColumn(values)}::text[]`)).toEqual(values);
    }),
    { numRuns: 200 },
  );
});

test("any numbers come back from the database as they were", async () => {
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true }).map((value) => value + 0),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(number)), async (values) => {
      expect(await readBack(sql`${numberColumn(values)}::float8[]`)).toEqual(
        values.map((value) => (value === 0 ? 0 : value)),
      );
    }),
    { numRuns: 200 },
  );
});

test("any number comes back from a real column as the nearest one that it can hold", async () => {
  const number = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, min: 0, max: 60_000 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(number), async (values) => {
      const found = await readBack(sql`${realColumn(values)}::real[]`);
      expect(found.map((value) => Math.fround(Number(value)) + 0)).toEqual(
        values.map((value) => Math.fround(value) + 0),
      );
    }),
    { numRuns: 200 },
  );
});

async function readBack(column: ReturnType<typeof sql>): Promise<unknown[]> {
  const { rows } = await sql<{ value: unknown }>`select unnest(${column}) as value`.execute(db);
  return rows.map(({ value }) => value);
}
