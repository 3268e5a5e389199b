import { expect, test } from "vitest";
import type { RawRow } from "../../../src/coverage/contract.ts";
import { createKeeper } from "../../../src/coverage/read/kept-rows.ts";

function source(count: number, text = "x") {
  const read = { passes: 0 };
  async function* rows(): AsyncGenerator<RawRow, void, undefined> {
    read.passes += 1;
    for (let number = 1; number <= count; number += 1) yield { number, cells: [text, number] };
  }
  return { read, rows };
}

async function all(rows: AsyncIterable<RawRow>): Promise<RawRow[]> {
  const found: RawRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

test("rows are read once and are the same each time", async () => {
  const { read, rows } = source(1200);
  const kept = createKeeper()(rows, 0);
  const first = await all(kept());
  expect(await all(kept())).toEqual(first);
  expect(first).toHaveLength(1200);
  expect(read.passes).toBe(1);
});

test("a pass that ends early keeps nothing", async () => {
  const { read, rows } = source(10);
  const kept = createKeeper()(rows, 0);
  for await (const { number } of kept()) if (number === 3) break;
  expect(await all(kept())).toHaveLength(10);
  expect(await all(kept())).toHaveLength(10);
  expect(read.passes).toBe(2);
});

test("what is more than may be kept is read again, of all sheets together", async () => {
  const small = source(10);
  const large = source(10, "y".repeat(100));
  const keep = createKeeper(1000);
  const [one, other] = [keep(small.rows, 0), keep(large.rows, 0)];
  for (let pass = 0; pass < 3; pass += 1) {
    expect(await all(one())).toHaveLength(10);
    expect(await all(other())).toHaveLength(10);
  }
  expect([small.read.passes, large.read.passes]).toEqual([1, 3]);
});

test("rows that are guessed to be too many are not kept", async () => {
  const { read, rows } = source(2);
  const kept = createKeeper(1000)(rows, 1001);
  for (let pass = 0; pass < 2; pass += 1) expect(await all(kept())).toHaveLength(2);
  expect(read.passes).toBe(2);
});
