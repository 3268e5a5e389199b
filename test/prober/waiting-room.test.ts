import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WaitingRoom } from "../../src/prober/waiting-room.ts";

const LONG = 60_000;

/** A room before a number of places, as the limit on runs in flight is one. */
function roomFor(places: number) {
  let taken = 0;
  const room = new WaitingRoom<number>(() => {
    if (taken >= places) return "skip_in_flight_limit";
    taken += 1;
    return null;
  });
  const giveBack = () => {
    taken -= 1;
    room.retry();
  };
  return { room, giveBack };
}

test("no more are in than there are places, and who waits comes in in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.nat(30), async (places, runs) => {
      const { room, giveBack } = roomFor(places);
      let now = 0;
      let most = 0;
      const order: number[] = [];
      const run = async (index: number) => {
        expect(await room.enter(index, LONG)).toBeNull();
        order.push(index);
        now += 1;
        most = Math.max(most, now);
        await new Promise<void>((resolve) => setImmediate(resolve));
        now -= 1;
        giveBack();
      };
      await Promise.all(Array.from({ length: runs }, (_, index) => run(index)));
      expect(most).toBeLessThanOrEqual(places);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }),
    { numRuns: 30 },
  );
});

test("who finds a place is let in at once, without a turn of the loop", () => {
  expect(roomFor(1).room.enter(0, 0)).toBeNull();
});

test("who finds none leaves with the limit that stood against it when patience ends", async () => {
  const { room, giveBack } = roomFor(1);
  expect(room.enter(0, 0)).toBeNull();
  expect(await room.enter(1, 30)).toBe("skip_in_flight_limit");
  giveBack();
  expect(room.enter(2, 0)).toBeNull();
});

test("who has no patience left is told at once", async () => {
  const { room } = roomFor(0);
  expect(await room.enter(0, -1)).toBe("skip_in_flight_limit");
});

test("one who can't have what it wants does not stand in the way of another", async () => {
  const room = new WaitingRoom<string>((want) => (want === "free" ? null : "skip_address_busy"));
  const waiting = room.enter("busy", LONG);
  expect(await room.enter("free", LONG)).toBeNull();
  room.close();
  expect(await waiting).toBe("skip_stopping");
});

test("what comes by itself with time is found without a call", async () => {
  let there = false;
  const room = new WaitingRoom<null>(() => (there ? null : "skip_rate_limit"));
  const waiting = room.enter(null, LONG);
  there = true;
  expect(await waiting).toBeNull();
});

test("after closing nobody comes in, and who waited leaves", async () => {
  const { room } = roomFor(1);
  expect(room.enter(0, 0)).toBeNull();
  const waiting = room.enter(1, LONG);
  room.close();
  expect(await waiting).toBe("skip_stopping");
  expect(room.enter(2, LONG)).toBe("skip_stopping");
});
