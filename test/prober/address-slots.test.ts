import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AddressSlots, clearSlotRow, createSlotTable } from "../../src/prober/address-slots.ts";

const THREADS = 3;
const LIMIT = 2;

const step = fc.record({
  thread: fc.nat(THREADS - 1),
  address: fc.constantFrom("192.0.2.1", "192.0.2.2", "2001:db8::1"),
  take: fc.boolean(),
});

test("over all threads no address has more connections than the limit, and a free slot is never refused", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = createSlotTable(THREADS);
      const threads = [0, 1, 2].map((thread) => new AddressSlots(table, thread, LIMIT));
      const held: string[] = [];
      for (const { thread, address, take } of steps) {
        const slots = threads[thread] as AddressSlots;
        const free = held.filter((one) => one.endsWith(` ${address}`)).length < LIMIT;
        const mine = held.indexOf(`${thread} ${address}`);
        const given = take && slots.take(address);
        expect(given).toBe(take && free);
        if (given) held.push(`${thread} ${address}`);
        if (!take && mine >= 0) {
          slots.release(address);
          held.splice(mine, 1);
        }
      }
    }),
  );
});

test("what a dead thread held is free again, what others hold is not", () => {
  const table = createSlotTable(2);
  const [dead, living] = [new AddressSlots(table, 0, LIMIT), new AddressSlots(table, 1, LIMIT)];
  expect([dead.take("192.0.2.1"), living.take("192.0.2.1")]).toEqual([true, true]);
  expect(living.take("192.0.2.1")).toBe(false);
  clearSlotRow(table, 0);
  expect([living.take("192.0.2.1"), living.take("192.0.2.1")]).toEqual([true, false]);
});
