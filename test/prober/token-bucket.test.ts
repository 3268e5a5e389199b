import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "../../src/prober/token-bucket.ts";

const rate = fc.integer({ min: 1, max: 1000 });
const steps = fc.array(fc.nat(3000), { maxLength: 200 });

test("in no span more tokens go out than a second's burst and the rate allow", () => {
  fc.assert(
    fc.property(rate, steps, fc.nat(20), (rate, steps, tries) => {
      const bucket = new TokenBucket(rate, 0);
      let now = 0;
      let taken = 0;
      for (const step of steps) {
        now += step;
        for (let n = 0; n < tries; n += 1) if (bucket.take(now)) taken += 1;
        expect(taken).toBeLessThanOrEqual(Math.max(1, rate) + (now / 1000) * rate + 1e-6);
      }
    }),
  );
});

test("a whole token comes back in the time that the rate gives it, and none before", () => {
  fc.assert(
    fc.property(rate, fc.nat(3000), (rate, wait) => {
      const bucket = new TokenBucket(rate, 0);
      for (let n = 0; n < rate; n += 1) expect(bucket.take(0)).toBe(true);
      expect(bucket.take(0)).toBe(false);
      const gained = Math.min(rate, (wait / 1000) * rate);
      let taken = 0;
      while (bucket.take(wait)) taken += 1;
      expect(taken).toBe(Math.floor(gained + 1e-9));
    }),
  );
});

test("a clock that goes back gives nothing away", () => {
  const bucket = new TokenBucket(10, 5000);
  for (let n = 0; n < 10; n += 1) bucket.take(5000);
  expect(bucket.take(0)).toBe(false);
  expect(bucket.take(50)).toBe(false);
  expect(bucket.take(101)).toBe(true);
});
