import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { createSlotTable } from "../../src/prober/address-slots.ts";
import type { FromThread, ThreadData } from "../../src/prober/messages.ts";
import { Share } from "../../src/prober/share.ts";
import { INTERVAL_MS, of, optionsFor, startProberLab, targetsOf } from "./support/running.ts";
import { vantage } from "./support/states.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startProberLab();
});
afterAll(() => lab.stop());

/** A thread's work done in this thread, as thread 1 of 2, so that it tests no vantage point. */
function start(given: Partial<ThreadData>) {
  const { onResults: _r, onVantage: _v, onFault: _f, threads: _t, ...options } = optionsFor(lab);
  const said: FromThread[] = [];
  const stopped = Promise.withResolvers<void>();
  const data: ThreadData = {
    options,
    thread: 1,
    threads: 2,
    targets: targetsOf(lab, ["healthy"]),
    slots: createSlotTable(2),
    vantage: vantage(true, true),
    from: null,
    lastQuestion: 0,
    questions: [],
    ...given,
  };
  const share = new Share(data, (message) => {
    said.push(message);
    if (message.type === "stopped") stopped.resolve();
  });
  const results = (): ProbeResult[] =>
    said.flatMap((message) => (message.type === "results" ? message.results : []));
  return { share, said, results, stopped: stopped.promise };
}

/** Stops it and resolves when everything that it has to say is said. */
async function stop({ share, stopped }: ReturnType<typeof start>): Promise<void> {
  share.handle({ type: "stop", graceMs: 2000 });
  await stopped;
}

test("slots that were missed while the thread was dead are recorded as late", async () => {
  const work = start({ from: Date.now() - 3 * INTERVAL_MS });
  await stop(work);
  const skipped = of(work.results(), 1, "ip4").filter((one) => one.skipReason === "skip_late");
  expect(skipped.length).toBeGreaterThanOrEqual(2);
  expect(skipped.every((one) => one.outcome === "skipped")).toBe(true);
});

test("of a longer absence only the last five intervals are recorded", async () => {
  const work = start({ from: Date.now() - 1000 * INTERVAL_MS });
  await stop(work);
  const due = of(work.results(), 1, "ip4").length;
  expect([5, 6]).toContain(due);
});

test("nothing is due while the vantage point was never tested, and from then on everything is", async () => {
  const work = start({ vantage: { ...vantage(true, true), checkedAt: 0 } });
  work.share.handle({ type: "vantage", state: vantage(true, true), confirmed: 0 });
  await stop(work);
  const before = start({ vantage: { ...vantage(true, true), checkedAt: 0 }, from: 0 });
  await stop(before);
  expect(before.results()).toEqual([]);
  expect(work.results().every((one) => one.skipReason !== "skip_late")).toBe(true);
});

test("a thread says how it is as soon as it is there", async () => {
  const work = start({});
  expect(work.said[0]).toEqual({
    type: "beat",
    beat: { inFlight: 0, targets: 1, loopLagMs: 0 },
  });
  await stop(work);
});
