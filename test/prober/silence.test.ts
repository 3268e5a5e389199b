import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { createSlotTable } from "../../src/prober/address-slots.ts";
import type { FromThread } from "../../src/prober/messages.ts";
import { ProbingThread } from "../../src/prober/thread.ts";
import { optionsFor, startProberLab } from "./support/running.ts";
import { vantage } from "./support/states.ts";

let lab: Lab;
let thread: ProbingThread;
beforeAll(async () => {
  lab = await startProberLab();
});
afterEach(async () => {
  await thread.finish(1000);
  await thread.end();
});
afterAll(() => lab.stop());

/** A started thread with what it told; `nextBeat` resolves when it beats again. */
async function start() {
  const { onResults: _r, onVantage: _v, onFault: _f, threads: _t, ...options } = optionsFor(lab);
  const faults: Error[] = [];
  const births: (number | null)[] = [];
  let beaten: (() => void) | null = null;
  thread = new ProbingThread(1, {
    born: (from) => {
      births.push(from);
      return {
        options,
        thread: 1,
        threads: 2,
        targets: [],
        slots: createSlotTable(2),
        vantage: vantage(true, true),
        from,
        lastQuestion: 0,
        questions: [],
      };
    },
    heard: (message: FromThread) => {
      if (message.type === "beat") beaten?.();
    },
    fault: (error) => faults.push(error),
  });
  await thread.start();
  const nextBeat = () => new Promise<void>((resolve) => (beaten = resolve));
  return { faults, births, nextBeat };
}

function ticks(count: number): void {
  for (let n = 0; n < count; n += 1) thread.tick();
}

test("a thread that does not beat for ten looks is told once and counts as silent until it beats", async () => {
  const { faults, nextBeat } = await start();
  ticks(9);
  expect([thread.status().alive, faults.length]).toEqual([true, 0]);
  ticks(3);
  expect(thread.status().alive).toBe(false);
  expect(faults.map((error) => error.message)).toEqual([
    "Probing thread 1 has not beaten for 10 s",
  ]);
  await nextBeat();
  expect(thread.status().alive).toBe(true);
});

test("a thread that stays silent is replaced by one that takes over from there", async () => {
  const { faults, births, nextBeat } = await start();
  const { lastBeatAt } = thread.status();
  ticks(30);
  expect(thread.status().alive).toBe(false);
  await nextBeat();
  expect(faults.map((error) => error.message)).toEqual([
    "Probing thread 1 has not beaten for 10 s",
    "Probing thread 1 ended with code 1; about 0 runs are lost",
  ]);
  expect(births).toEqual([null, lastBeatAt]);
  expect(thread.status().alive).toBe(true);
});
