import { afterEach, beforeAll, afterAll, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { shareOf } from "../../src/domain/schedule.ts";
import { die, type Running, run, startProberLab, targetsAt, targetsOf } from "./support/running.ts";

let lab: Lab;
let running: Running;
beforeAll(async () => {
  lab = await startProberLab();
});
afterEach(() => running.prober.stop(1000));
afterAll(() => lab.stop());

test("portals are shared out, every thread beats, and both families of a portal are in one thread", async () => {
  running = await run(lab, { threads: 2 });
  const targets = targetsAt("http://127.0.0.1:1/", 40);
  running.prober.setTargets(targets);
  await running.until(() => running.prober.status().threads.every((one) => one.targets > 0));
  const expected = [0, 1].map((n) => targets.filter((one) => shareOf(one.slug, 2) === n).length);
  const { threads, beating } = running.prober.status();
  expect(threads.map((one) => one.targets)).toEqual(expected);
  expect(threads.every((one) => one.alive && one.lastBeatAt > 0)).toBe(true);
  expect(beating).toBe(true);
});

test.each([0, 1])(
  "thread %i that dies is told, replaced, and its portals are probed again",
  async (n) => {
    running = await run(lab, { threads: 2 });
    const { prober, results, faults, workers, until } = running;
    const targets = targetsOf(lab, ["healthy", "redirect-good", "idn", "http-500"]);
    prober.setTargets(targets);
    const mine = new Set(
      targets.filter((one) => shareOf(one.slug, 2) === n).map((one) => one.portal),
    );
    expect(mine.size).toBeGreaterThan(0);
    await until(() => targets.every(({ portal }) => results.some((one) => one.portal === portal)));
    await die(workers[n]);
    await until(() => faults.length > 0);
    expect(faults[0]?.message).toMatch(
      /^Probing thread \d ended with code 1; about \d+ runs are lost$/,
    );
    const diedAt = Date.now();
    await until(() =>
      [...mine].every((portal) =>
        results.some(
          (one) => one.portal === portal && one.startedAt > diedAt && one.outcome !== "skipped",
        ),
      ),
    );
    expect(workers).toHaveLength(3);
    expect((await prober.checkVantage()).families.ip4.healthy).toBe(true);
  },
);

test("whoever asked a thread that dies for a run is told", async () => {
  running = await run(lab, { timeoutMs: 60_000 });
  await running.prober.checkVantage();
  const [slow] = targetsOf(lab, ["headers-slow"]);
  if (!slow) throw new Error("The lab lacks a portal");
  const asked = running.prober.probeNow(slow, "ip4");
  await die(running.workers[0]);
  await expect(asked).rejects.toThrow("ended with code 1");
});

test("what is young in a thread takes 24 MB of memory at most", async () => {
  running = await run(lab, { threads: 2, audits: {} });
  const limits = running.workers.map((worker) => worker.resourceLimits?.maxYoungGenerationSizeMb);
  expect(limits).toEqual([24, 24, 24]);
});
