import fc from "fast-check";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createAuditTurns } from "../../src/prober/audit-turns.ts";

test("no address ever has more visitors than places, and everyone has a turn, in order", async () => {
  const visits = fc.array(fc.constantFrom("192.0.2.1", "192.0.2.2", "2001:db8::1"));
  await fc.assert(
    fc.asyncProperty(visits, fc.integer({ min: 1, max: 3 }), async (addresses, places) => {
      const turns = createAuditTurns(places);
      const inside = new Map<string, number>();
      const order = new Map<string, number[]>();
      let most = 0;
      await Promise.all(
        addresses.map(async (address, index) => {
          const leave = await turns.at(address);
          order.set(address, [...(order.get(address) ?? []), index]);
          inside.set(address, (inside.get(address) ?? 0) + 1);
          most = Math.max(most, inside.get(address) ?? 0);
          await nextTurn();
          inside.set(address, (inside.get(address) ?? 0) - 1);
          leave();
          // Who leaves twice makes room once.
          leave();
        }),
      );
      expect(most).toBeLessThanOrEqual(places);
      for (const came of order.values()) expect(came).toEqual(came.toSorted((a, b) => a - b));
      expect([...order.values()].flat()).toHaveLength(addresses.length);
    }),
  );
});
