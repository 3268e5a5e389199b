import { afterAll, beforeAll, expect, test } from "vitest";
import { readRequirements } from "../../seeds/read-requirements.ts";
import { seed, seedIfEmpty } from "../../seeds/seed.ts";
import type { Database } from "../../src/store/database.ts";
import { putRequirements } from "../../src/store/requirements.ts";
import { openTestDatabase } from "../support/database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await seed(db, { portals: false });
});
afterAll(() => close());

const all = () => db.selectFrom("requirement").selectAll().orderBy("position").execute();

test("the requirements are stored as the file has them, in its order", async () => {
  expect(await all()).toEqual(await readRequirements());
});

test("loading them again changes nothing, a changed row comes back and is counted", async () => {
  const rows = await readRequirements();
  expect(await putRequirements(db, rows)).toBe(0);
  await db
    .updateTable("requirement")
    .set({ text_vi: "khác", valid_to: null, kinds: [] })
    .where("id", "=", "qd-38-2021-portals")
    .execute();
  expect(await putRequirements(db, rows)).toBe(1);
  expect(await all()).toEqual(rows);
});

test("a database that was filled before there were requirements gets them at the next start", async () => {
  await db.deleteFrom("requirement").execute();
  await seedIfEmpty(db);
  expect(await all()).toEqual(await readRequirements());
});

test("what could not be verified evidences nothing, and a source is an address where there is one", async () => {
  const rows = await readRequirements();
  const unverified = rows.filter(({ certainty }) => certainty === "unverified");
  expect(unverified.length).toBeGreaterThan(0);
  expect(unverified.map(({ evidence }) => evidence)).toEqual(
    unverified.map(() => ({ by: "nothing" })),
  );
  for (const { source_url: url } of rows) expect(url ?? "https://").toMatch(/^https:\/\//);
});

test("the programme that has ended stays in the list with its last day", async () => {
  const rows = await readRequirements();
  const ended = rows.filter(({ document_number: number }) => number === "38/QĐ-BTTTT");
  expect(ended.map(({ valid_to: day }) => day)).toEqual(ended.map(() => "2025-12-31"));
  expect(ended.map(({ evidence }) => evidence)).toContainEqual({ by: "level", atLeast: "L4" });
});

test("no text accuses: each says what is asked, not who broke it", async () => {
  for (const row of await readRequirements()) {
    expect(`${row.text_vi} ${row.text_en}`).not.toMatch(/vi phạm|violat/i);
  }
});
