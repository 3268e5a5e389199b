import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";
import {
  INTERVAL_MS,
  type Running,
  of,
  optionsFor,
  run,
  startCountingServer,
  startProberLab,
  targetsAt,
  targetsOf,
} from "./support/running.ts";
import { startProber } from "../../src/prober/index.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startProberLab();
});
afterAll(() => lab.stop());

/** The slots before `end` that have no result, counted from each series' first one. */
function lost({ results }: Running, targets: readonly ProbeTarget[], end: number): number[] {
  return targets.flatMap(({ portal, slug }) =>
    FAMILIES.flatMap((family) => {
      const slots = of(results, portal, family).map((result) => result.scheduledAt);
      const due = slotsBetween(phaseOf(slug, family, INTERVAL_MS), INTERVAL_MS, slots[0] ?? 0, end);
      return due.filter((slot) => !slots.includes(slot));
    }),
  );
}

test("a stop loses nothing: what is due until then has run or says why not", async () => {
  const running = await run(lab, { threads: 2 });
  const targets = targetsOf(lab, ["healthy", "redirect-good", "idn"]);
  running.prober.setTargets(targets);
  await running.until(() =>
    targets.every(({ portal }) => FAMILIES.every((f) => of(running.results, portal, f).length > 1)),
  );
  const stoppedAt = Date.now();
  await running.prober.stop(3000);
  expect(lost(running, targets, stoppedAt)).toEqual([]);
  expect(running.faults).toEqual([]);
});

test("runs that would end after the grace are cut and skipped, never failed", async () => {
  const server = await startCountingServer(Infinity);
  const running = await run(lab, { timeoutMs: 60_000, threads: 2 });
  const targets = targetsAt(server.url, 6);
  running.prober.setTargets(targets);
  await running.until(() => server.seen.most === 6);
  await running.prober.stop(1500);
  const ip4 = running.results.filter((result) => result.family === "ip4");
  expect(ip4.filter((result) => result.skipReason === "skip_stopping")).toHaveLength(6);
  expect(new Set(ip4.map((result) => result.outcome))).toEqual(new Set(["skipped"]));
  expect(running.faults).toEqual([]);
  await server.close();
});

test("runs that end within the grace are kept as they are", async () => {
  const server = await startCountingServer(1200);
  const running = await run(lab);
  running.prober.setTargets(targetsAt(server.url, 1));
  await running.until(() => server.seen.accepted === 1);
  await running.prober.stop(10_000);
  expect(of(running.results, 1, "ip4").filter((one) => one.outcome === "ok")).toHaveLength(1);
  await server.close();
});

test("a failure that waits for the self-test at the stop is still decided by it", async () => {
  const running = await run(lab, { threads: 2 });
  const targets = targetsAt("http://127.0.0.1:1/", 10);
  await running.prober.checkVantage();
  const asked = targets.map((target) => running.prober.probeNow(target, "ip4"));
  await running.prober.stop(10_000);
  const kinds = (await Promise.all(asked)).map((one) => one.failure?.kind);
  expect(new Set(kinds)).toEqual(new Set(["connect_refused"]));
});

test("whoever asked for a run is answered at the stop, and refused after it", async () => {
  const server = await startCountingServer(Infinity);
  const running = await run(lab, { timeoutMs: 60_000 });
  await running.prober.checkVantage();
  const [target] = targetsAt(server.url, 1);
  if (!target) throw new Error("No target");
  const asked = running.prober.probeNow(target, "ip4");
  const sameStop = running.prober.stop(1200);
  expect(running.prober.stop(1)).toBe(sameStop);
  expect(await asked).toMatchObject({ outcome: "skipped", skipReason: "skip_stopping" });
  await sameStop;
  await expect(running.prober.probeNow(target, "ip4")).rejects.toThrow("is not running");
  expect(running.prober.status().beating).toBe(false);
  await server.close();
});

test("a prober that can't start says so and leaves no thread behind", async () => {
  const wrong = optionsFor(lab, { threads: 2, allowedNetworks: ["nonsense"] });
  await expect(startProber(wrong)).rejects.toThrow("The prober could not start");
});
