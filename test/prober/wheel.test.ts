import * as fc from "fast-check";
import { expect, test } from "vitest";
import { slotsBetween } from "../../src/domain/schedule.ts";
import { Wheel } from "../../src/prober/wheel.ts";

const INTERVAL = 1000;
const START = 1_000_000_000_000;

const phase = fc.nat(INTERVAL - 1);
const phases = fc.array(phase, { maxLength: 20 });
/** Steps of the clock that are shorter than the bound on what is reported late. */
const steps = fc.array(fc.nat(4 * INTERVAL), { maxLength: 30 });

function wheelOf(phases: readonly number[]): Wheel<number> {
  const wheel = new Wheel<number>(INTERVAL, START);
  for (const [index, phase] of phases.entries()) wheel.set(String(index), phase, index);
  return wheel;
}

test("every slot of every item comes exactly once, in order, however the clock steps", () => {
  fc.assert(
    fc.property(phases, fc.nat(5000), steps, (phases, offset, steps) => {
      const wheel = new Wheel<number>(INTERVAL, START + offset);
      for (const [index, phase] of phases.entries()) wheel.set(String(index), phase, index);
      let now = START + offset;
      const seen = steps.flatMap((step) => wheel.advance((now += step)));
      const ofItem = (item: number) =>
        seen.filter((due) => due.item === item).map((due) => due.slot);
      const last = steps.length > 0 ? now + 1 : START + offset;
      for (const [index, phase] of phases.entries()) {
        expect(ofItem(index)).toEqual(slotsBetween(phase, INTERVAL, START + offset, last));
      }
      const slots = seen.map((due) => due.slot);
      expect(slots).toEqual(slots.toSorted((a, b) => a - b));
    }),
  );
});

test("the next instant is that of the next slot, and nothing is due before it", () => {
  fc.assert(
    fc.property(fc.array(phase, { minLength: 1, maxLength: 20 }), fc.nat(5000), (phases, step) => {
      const wheel = wheelOf(phases);
      wheel.advance(START + step);
      const next = wheel.nextAt() ?? Number.NaN;
      expect(next).toBeGreaterThan(START + step);
      expect(wheel.advance(next - 1)).toEqual([]);
      expect(wheel.advance(next).length).toBeGreaterThan(0);
    }),
  );
});

test("an item that is replaced keeps its slots, one that is removed has none", () => {
  fc.assert(
    fc.property(phases, phase, phase, (phases, kept, gone) => {
      const wheel = wheelOf(phases);
      wheel.set("kept", kept, -1);
      wheel.set("gone", gone, -2);
      wheel.set("kept", kept, -3);
      wheel.delete("gone");
      wheel.delete("never there");
      const own = wheel.advance(START + INTERVAL - 1).filter((due) => due.item < 0);
      expect(own).toEqual([{ item: -3, slot: START + kept }]);
      expect(wheel.size).toBe(phases.length + 1);
    }),
  );
});

test("an item that joins is due at its phase, not at once", () => {
  const wheel = wheelOf([]);
  wheel.advance(START + 300);
  wheel.set("new", 200, 7);
  expect(wheel.nextAt()).toBe(START + INTERVAL + 200);
});

test("after a long sleep only the last five intervals are reported", () => {
  const wheel = wheelOf([10, 500]);
  const woken = START + 1000 * INTERVAL;
  const due = wheel.advance(woken);
  expect(due).toHaveLength(10);
  expect(due[0]).toEqual({ item: 0, slot: woken - 5 * INTERVAL + 10 });
});

test("a clock that goes back a little repeats nothing, one that goes back far starts again from there", () => {
  const wheel = wheelOf([100]);
  expect(wheel.advance(START + 150)).toHaveLength(1);
  expect(wheel.advance(START + 50)).toEqual([]);
  expect(wheel.advance(START + 200)).toEqual([]);
  const back = START - 100 * INTERVAL;
  expect(wheel.advance(back)).toEqual([]);
  expect(wheel.nextAt()).toBe(back + 100);
});

test("an empty wheel has nothing due and no next instant", () => {
  const wheel = wheelOf([]);
  expect(wheel.nextAt()).toBeNull();
  expect(wheel.advance(START + 10 * INTERVAL)).toEqual([]);
});
