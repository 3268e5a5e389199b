import fc from "fast-check";
import { expect, test } from "vitest";
import { LAG_MS, PresentSet, type Sighted } from "../../src/store/present-set.ts";

const MINUTE = 60_000;

/** Spans as the database keeps them: only ever widened. */
class Spans {
  readonly #spans = new Map<string, { first: number; last: number }>();
  writes = 0;

  write(seen: Sighted | null): void {
    if (seen === null) return;
    this.writes += 1;
    for (const key of seen.keys) {
      const { first, last } = this.#spans.get(key) ?? seen;
      this.#spans.set(key, { first: Math.min(first, seen.first), last: Math.max(last, seen.last) });
    }
  }

  all() {
    return Object.fromEntries(this.#spans);
  }
}

const run = fc.record({
  keys: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 }),
  after: fc.integer({ min: 1, max: 20 }),
});

test("spans of what is gone are exact, and those of what is there end at most one turn early", () => {
  fc.assert(
    fc.property(fc.array(run, { minLength: 1 }), fc.nat(), (runs, offset) => {
      const [set, kept, truth] = [new PresentSet(offset), new Spans(), new Spans()];
      let at = 0;
      for (const { keys, after } of runs) {
        const present: readonly string[] = keys;
        at += after * MINUTE;
        kept.write(set.see(keys, at));
        kept.write(set.takeDue());
        truth.write({ keys, first: at, last: at });
        const found = kept.all();
        for (const [key, span] of Object.entries(truth.all())) {
          expect(found[key]?.first).toBe(span.first);
          const early = span.last - (found[key]?.last ?? 0);
          expect(early).toBeLessThan(present.includes(key) ? LAG_MS : 1);
        }
      }
    }),
  );
});

test("runs in any order leave the spans that runs in order leave", () => {
  fc.assert(
    fc.property(
      fc.array(run, { minLength: 1 }),
      fc.nat(),
      fc.infiniteStream(fc.nat()),
      (runs, offset, chance) => {
        const [set, kept, truth] = [new PresentSet(offset), new Spans(), new Spans()];
        const seen = runs.map(({ keys, after }, place) => ({
          keys,
          at: (place * 20 + after) * MINUTE,
        }));
        for (const { keys, at } of seen) truth.write({ keys, first: at, last: at });
        const order = seen.map((each) => ({ ...each, place: chance.next().value }));
        for (const { keys, at } of order.toSorted((a, b) => a.place - b.place)) {
          kept.write(set.see(keys, at));
          kept.write(set.takeDue());
        }
        const found = kept.all();
        for (const [key, span] of Object.entries(truth.all())) {
          expect(found[key]?.first).toBe(span.first);
          expect(span.last - (found[key]?.last ?? 0)).toBeLessThan(LAG_MS);
        }
      },
    ),
  );
});

test("what stays the same is written once a turn, and after a change for some minutes at each run", () => {
  const [set, kept] = [new PresentSet(0), new Spans()];
  const runs = (from: number, to: number, keys: readonly string[]) => {
    const before = kept.writes;
    for (let minute = from; minute < to; minute += 1) {
      kept.write(set.see(keys, minute * MINUTE));
      kept.write(set.takeDue());
    }
    return kept.writes - before;
  };
  expect(runs(0, 100, ["a"])).toBe(10);
  // The end of what is gone, the change, six minutes, and the turns.
  expect(runs(101, 107, ["b"])).toBe(7);
  expect(runs(110, 200, ["b"])).toBe(9);
});

test("numbers of rows are kept for what is still there", () => {
  const set = new PresentSet(0);
  set.see(["a", "b"], 1);
  set.learn("a", 7);
  expect(set.idOf("a")).toBe(7);
  expect(set.idOf("b")).toBeNull();
  set.see(["a", "c"], 2);
  set.learn("b", 8);
  expect([set.idOf("a"), set.idOf("b"), set.idOf("c")]).toEqual([7, null, null]);
});
