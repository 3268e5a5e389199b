import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Batcher } from "../../src/prober/batcher.ts";

test("everything is handed over once, in order, at most 500 at a time", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1200), { maxLength: 5 }), (bursts) => {
      const batches: number[][] = [];
      const batcher = new Batcher<number>((batch) => batches.push(batch));
      let count = 0;
      for (const burst of bursts) {
        for (let n = 0; n < burst; n += 1) batcher.add(count++);
        batcher.flush();
      }
      expect(batches.flat()).toEqual(Array.from({ length: count }, (_, index) => index));
      expect(batches.every((batch) => batch.length > 0 && batch.length <= 500)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("what is left lies no longer than the wait", async () => {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  new Batcher<string>(resolve).add("one");
  expect(await promise).toEqual(["one"]);
});
