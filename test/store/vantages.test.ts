import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { VantageState } from "../../src/domain/vantage.ts";
import type { Database } from "../../src/store/database.ts";
import { saveVantageState, vantageNumber } from "../../src/store/vantages.ts";
import { openTestDatabase } from "../support/database.ts";
import { emptyTables } from "./helpers/tables.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(() => emptyTables(db));

function state(checkedAt: number, country: string | null = null): VantageState {
  const family = {
    healthy: true,
    anchorsAnswered: 3,
    anchorsTried: 3,
    sourceAddress: "192.0.2.1",
    why: "3 of 3 anchors answered.",
  };
  return {
    name: "hanoi-1",
    country,
    checkedAt,
    families: { ip4: family, ip6: { ...family, healthy: false } },
    resolver: { usable: true, why: "It answers." },
    dns64Prefix: null,
  };
}

const stored = () => db.selectFrom("vantage").selectAll().execute();

test("a vantage point has one number, whoever asks first", async () => {
  const numbers = await Promise.all(["a", "b", "a", "a"].map((name) => vantageNumber(db, name)));
  expect(new Set([numbers[0], numbers[2], numbers[3]]).size).toBe(1);
  expect(numbers[1]).not.toBe(numbers[0]);
  expect(await stored()).toHaveLength(2);
});

test("the last self-test is kept, an older one that comes late is not", async () => {
  await saveVantageState(db, state(1000));
  await saveVantageState(db, state(3000, "VN"));
  await saveVantageState(db, state(2000));
  expect(await stored()).toMatchObject([
    { name: "hanoi-1", country: "VN", checked_at: new Date(3000), state: state(3000, "VN") },
  ]);
});
