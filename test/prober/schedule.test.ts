import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";
import {
  INTERVAL_MS,
  type Running,
  of,
  run,
  startProberLab,
  targetsOf,
} from "./support/running.ts";

let lab: Lab;
let running: Running;
beforeAll(async () => {
  lab = await startProberLab();
});
afterEach(() => running.prober.stop(2000));
afterAll(() => lab.stop());

/** Resolves when the one thread has done everything that it was told so far; with the instant. */
async function caughtUp(): Promise<number> {
  const [target] = targetsOf(lab, ["healthy"]);
  if (target) await running.prober.probeNow({ ...target, portal: 99 }, "ip4");
  return Date.now();
}

const slotsOf = (results: readonly ProbeResult[]) => results.map((result) => result.scheduledAt);

test("every portal runs once per interval over each family, at its phase", async () => {
  running = await run(lab, { threads: 2 });
  const targets = targetsOf(lab, ["healthy", "redirect-good", "idn"]);
  running.prober.setTargets(targets);
  const series = () =>
    targets.flatMap((target) =>
      FAMILIES.map((family) => ({
        phase: phaseOf(target.slug, family, INTERVAL_MS),
        results: of(running.results, target.portal, family),
      })),
    );
  await running.until(() => series().every(({ results }) => results.length >= 4));
  for (const { phase, results } of series()) {
    const slots = slotsOf(results);
    const [first = 0, last = 0] = [slots[0], slots.at(-1)];
    expect(slots).toEqual(slotsBetween(phase, INTERVAL_MS, first, last + 1));
    expect(results.every((result) => result.startedAt >= result.scheduledAt)).toBe(true);
    expect(results.some((result) => result.outcome === "ok")).toBe(true);
  }
  expect(running.faults).toEqual([]);
});

test("nothing is probed before the vantage point has tested itself", async () => {
  running = await run(lab);
  running.prober.setTargets(targetsOf(lab, ["healthy"]));
  await running.until(() => running.results.length > 0);
  const [first] = running.states;
  expect(running.results[0]?.scheduledAt).toBeGreaterThanOrEqual(first?.checkedAt ?? Infinity);
});

test("a portal that joins or changes does so at once", async () => {
  running = await run(lab);
  const [healthy, broken, other] = targetsOf(lab, ["healthy", "http-500", "idn"]);
  if (!healthy || !broken || !other) throw new Error("The lab lacks a portal");
  const { prober, results, until } = running;
  prober.setTargets([healthy]);
  await until(() => of(results, healthy.portal, "ip4").length >= 1);
  prober.change([{ ...healthy, url: broken.url }, other], []);
  const changedAt = await caughtUp();
  const since = (portal: number) =>
    results.filter(
      (one) => one.portal === portal && one.startedAt > changedAt && one.outcome !== "skipped",
    );
  await until(() => since(healthy.portal).length >= 2 && since(other.portal).length >= 2);
  expect(new Set(since(healthy.portal).map((one) => one.outcome))).toEqual(new Set(["fail"]));
  expect(new Set(since(other.portal).map((one) => one.outcome))).toEqual(new Set(["ok"]));
});

test("a portal that is gone has no run after that", async () => {
  running = await run(lab);
  const [healthy, other] = targetsOf(lab, ["healthy", "idn"]);
  if (!healthy || !other) throw new Error("The lab lacks a portal");
  const { prober, results, until } = running;
  prober.setTargets([healthy, other]);
  await until(() => of(results, other.portal, "ip4").length >= 1);
  prober.setTargets([healthy]);
  const goneAt = await caughtUp();
  const later = () => of(results, healthy.portal, "ip4").filter((one) => one.scheduledAt > goneAt);
  await until(() => later().length >= 3);
  expect(
    slotsOf(results.filter((one) => one.portal === other.portal)).every((slot) => slot <= goneAt),
  ).toBe(true);
});

test("a run that is asked for goes to the asker alone, also of a portal that is not watched", async () => {
  running = await run(lab, { threads: 2 });
  await running.prober.checkVantage();
  const asked = targetsOf(lab, ["healthy", "http-500", "idn"]);
  const results = await Promise.all(
    asked.map((target) => running.prober.probeNow({ ...target, portal: 0 }, "ip4")),
  );
  expect(results.map(({ outcome, portal, attempt }) => [outcome, portal, attempt])).toEqual([
    ["ok", 0, 0],
    ["fail", 0, 0],
    ["ok", 0, 0],
  ]);
  await running.prober.stop(2000);
  expect(running.results).toEqual([]);
});
