import { afterAll, beforeAll, expect, test } from "vitest";
import { partitionNamed } from "../../src/store/partition-plan.ts";
import { readColumns, TABLES } from "../../src/store/tables.ts";
import { openTestDatabase } from "../support/database.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

test("the list of tables is the one that the migrations make", async () => {
  const present = [...(await readColumns(opened.db)).keys()];
  expect(present.filter((table) => partitionNamed(table) === null).toSorted()).toEqual(
    TABLES.toSorted(),
  );
});
