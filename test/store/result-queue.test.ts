import fc from "fast-check";
import { expect, test } from "vitest";
import { ResultQueue } from "../../src/store/result-queue.ts";
import { failedResult, result, START } from "./helpers/results.ts";

const ok = (at: number) => result({ scheduledAt: START + at });
const bad = (at: number) => failedResult({ scheduledAt: START + at });
const times = (queue: ResultQueue) => queue.take(1e6).map(({ scheduledAt }) => scheduledAt - START);

test("results leave in the order in which they came, what is put back first", () => {
  const queue = new ResultQueue(10);
  queue.push([ok(1), ok(2), ok(3)]);
  const taken = queue.take(2);
  queue.push([ok(4)]);
  queue.putBack(taken);
  expect(times(queue)).toEqual([1, 2, 3, 4]);
});

test("a full queue lets the oldest successes go first, then the oldest of all", () => {
  const queue = new ResultQueue(3);
  expect(queue.push([bad(1), ok(2), bad(3)])).toBe(0);
  expect(queue.push([bad(4)])).toBe(1);
  expect(queue.push([bad(5)])).toBe(1);
  expect(times(queue)).toEqual([3, 4, 5]);
});

test("a queue never holds more than its capacity and counts what it loses", () => {
  const steps = fc.array(fc.array(fc.boolean(), { maxLength: 20 }));
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 15 }), (batches, capacity) => {
      const queue = new ResultQueue(capacity);
      let added = 0;
      let lost = 0;
      for (const batch of batches) {
        lost += queue.push(batch.map((good) => (good ? ok(0) : bad(0))));
        added += batch.length;
        expect(queue.size).toBeLessThanOrEqual(capacity);
      }
      expect(queue.size).toBe(added - lost);
    }),
  );
});
