import * as fc from "fast-check";
import { expect, test } from "vitest";
import { confirmAfter, jittered } from "../../src/prober/confirm-times.ts";
import { Doubt } from "../../src/prober/doubt.ts";
import { InOrder } from "../../src/prober/in-order.ts";
import { scripted, type Step, told } from "./support/scripted.ts";
import { vantage } from "./support/states.ts";

/** Soon, and far beyond any test. */
const SOON = [1, 2];
const NEVER = [3_600_000, 3_600_000];

test("a new failure is looked at twice more, with a start of its own and the slot of the run that failed", async () => {
  const { due, recorded, records, orders } = scripted(["connect_refused"], SOON);
  due();
  expect(await recorded(3)).toEqual([
    "0 connect_refused",
    "1 connect_refused",
    "2 connect_refused",
  ]);
  expect(new Set(records.map((one) => one.scheduledAt)).size).toBe(1);
  const starts = records.map((one) => one.startedAt);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(orders.map((one) => one.attempt)).toEqual([0, 1, 2]);
});

test("a good confirmation ends it, and the next failure is new again", async () => {
  const script: Step[] = ["connect_timeout", "ok", "connect_timeout", "connect_timeout", "ok"];
  const { due, recorded } = scripted(script, SOON);
  due();
  await recorded(2);
  due();
  expect(await recorded(5)).toEqual([
    "0 connect_timeout",
    "1 ok",
    "0 connect_timeout",
    "1 connect_timeout",
    "2 ok",
  ]);
});

test("what was confirmed is not confirmed again until it was well, or fails otherwise", async () => {
  const script: Step[] = [
    ...Array<Step>(4).fill("http_status"),
    ...Array<Step>(3).fill("tls_expired"),
    "ok",
    "tls_expired",
  ];
  const { due, recorded, records } = scripted(script, SOON);
  for (const count of [3, 4, 7, 8, 11]) {
    due();
    await recorded(count);
  }
  expect(records.map(told).slice(3)).toEqual([
    "0 http_status",
    "0 tls_expired",
    "1 tls_expired",
    "2 tls_expired",
    "0 ok",
    "0 tls_expired",
    "1 tls_expired",
    "2 tls_expired",
  ]);
});

test("a good scheduled run in between drops what is still to come", async () => {
  const { runs, due, recorded, orders } = scripted(["connect_refused", "ok"], NEVER);
  due();
  await recorded(1);
  due();
  expect(await recorded(2)).toEqual(["0 connect_refused", "0 ok"]);
  await runs.stop(0);
  expect(orders).toHaveLength(2);
});

test("a confirmation that can tell nothing confirms nothing: the next failure is looked at again", async () => {
  const { due, recorded, records } = scripted(
    ["connect_refused", "event_loop_lag", "connect_refused"],
    SOON,
  );
  due();
  await recorded(3);
  due();
  await recorded(6);
  expect(records.map(told).slice(0, 4)).toEqual([
    "0 connect_refused",
    "1 event_loop_lag",
    "2 connect_refused",
    "0 connect_refused",
  ]);
});

test("what scheduled runs said as often as confirmations would is not looked at again for ever", () => {
  const doubt = new Doubt();
  expect(Array.from({ length: 4 }, () => doubt.note("reach"))).toEqual([
    "reach",
    "reach",
    null,
    null,
  ]);
  expect([doubt.note("certificate"), doubt.note("none"), doubt.note("reach")]).toEqual([
    "certificate",
    null,
    "reach",
  ]);
  const names = Array.from({ length: 8 }, () => [doubt.note("name"), doubt.isNameInDoubt]);
  expect(names.map(([told]) => told)).toEqual([null, null, null, null, "name", "name", null, null]);
  // The seventh is the one that proves it.
  expect(names[5]).toEqual(["name", true]);
});

test("a run that was under way while its portal became another one is not looked at again where that was", async () => {
  const slow = Promise.withResolvers<"connect_refused">();
  const { runs, due, begun, recorded, records } = scripted([slow.promise, "http_status"], SOON);
  due();
  await begun(1);
  runs.forget(1);
  slow.resolve("connect_refused");
  await recorded(1);
  due();
  await recorded(4);
  expect(records.map(told)).toEqual([
    "0 connect_refused",
    "0 http_status",
    "1 http_status",
    "2 http_status",
  ]);
  const [, second, ...confirmations] = records.map((one) => one.scheduledAt);
  expect(confirmations).toEqual([second, second]);
});

test("every confirmation that fails is held for a self-test of its own, and excused by it", async () => {
  const { due, recorded, asked, vouch } = scripted(["connect_timeout"], [1, 50]);
  due();
  await recorded(2);
  vouch(vantage(false, true));
  expect(await recorded(3)).toEqual([
    "0 connect_timeout",
    "1 connect_timeout",
    "2 vantage_no_ipv4",
  ]);
  expect(asked).toEqual([1, 2, 3]);
});

test("a name is confirmed after five runs that could not resolve it, by a resolver that was tested since", async () => {
  const { due, recorded, asked, orders } = scripted(["dns_servfail"], SOON);
  for (const count of [1, 2, 3, 4]) {
    due();
    await recorded(count);
  }
  expect([orders.length, asked.length]).toEqual([4, 0]);
  due();
  expect((await recorded(7)).slice(4)).toEqual([
    "0 dns_servfail",
    "1 dns_servfail",
    "2 dns_servfail",
  ]);
  expect(asked).toEqual([1, 2]);
  due();
  await recorded(8);
  expect([orders.length, asked.length]).toEqual([8, 2]);
});

test("a resolver that turns out unusable proves nothing about a name", async () => {
  const { due, recorded, vouch } = scripted(["dns_timeout"], SOON);
  for (const count of [1, 2, 3, 4]) {
    due();
    await recorded(count);
  }
  vouch(vantage(true, true, false));
  due();
  expect((await recorded(7)).slice(4)).toEqual([
    "0 dns_timeout",
    "1 resolver_unusable",
    "2 resolver_unusable",
  ]);
});

test("unknown and skipped runs are not looked at again, and a portal that goes is forgotten", async () => {
  const { runs, due, recorded, orders } = scripted(["vantage_no_ipv4", "connect_refused"], NEVER);
  due();
  await recorded(1);
  due();
  await recorded(2);
  runs.forget(1);
  await runs.stop(0);
  expect(orders).toHaveLength(2);
});

test("results of one portal and family are recorded in the order in which their runs began", async () => {
  const slow = Promise.withResolvers<"ok">();
  const script: Step[] = ["connect_refused", slow.promise, "ok"];
  const { due, begun, recorded } = scripted(script, SOON);
  due();
  await begun(2);
  due();
  await begun(3);
  slow.resolve("ok");
  expect(await recorded(3)).toEqual(["0 connect_refused", "1 ok", "0 ok"]);
});

test("a stop drops what is still to come and cuts what is under way", async () => {
  const { runs, due, begun, recorded, orders } = scripted(
    ["connect_refused", Promise.resolve("connect_refused")],
    [1, 3_600_000],
  );
  due();
  await begun(2);
  await runs.stop(10_000);
  expect(await recorded(2)).toEqual(["0 connect_refused", "1 connect_refused"]);
  expect(orders).toHaveLength(2);
});

test("whatever ends first, items of one key come out as they went in", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 9 }), { maxLength: 12 }), async (ends) => {
      const out: number[] = [];
      const line = new InOrder<number>((item) => out.push(item));
      const items = ends.map(() => Promise.withResolvers<number>());
      const entered = items.map(({ promise }) => line.enter("key", promise));
      const byEnd = ends.map((end, index) => ({ end, index })).toSorted((a, b) => a.end - b.end);
      for (const { index } of byEnd) items[index]?.resolve(index);
      await Promise.all(entered);
      expect(out).toEqual(ends.map((_, index) => index));
    }),
  );
});

test("confirmations come about 10 s and 30 s after, within the interval, the same for the same slot", () => {
  expect(confirmAfter(60_000)).toEqual([10_000, 30_000]);
  expect(confirmAfter(6_000)).toEqual([1_000, 3_000]);
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 2 }), (key, slot, attempt) => {
      const at = jittered(1000, key, slot, attempt);
      expect(at).toBeGreaterThanOrEqual(700);
      expect(at).toBeLessThanOrEqual(1300);
      expect(jittered(1000, key, slot, attempt)).toBe(at);
    }),
  );
});
