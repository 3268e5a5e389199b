import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import type { SkipReason } from "../../src/domain/failure.ts";
import { shareOf } from "../../src/domain/schedule.ts";
import {
  type CountingServer,
  type Running,
  run,
  startCountingServer,
  startProberLab,
  targetsAt,
} from "./support/running.ts";

let lab: Lab;
let running: Running;
const servers: CountingServer[] = [];
beforeAll(async () => {
  lab = await startProberLab();
});
afterEach(async () => {
  await running.prober.stop(500);
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => lab.stop());

async function serve(answerAfterMs: number, address?: string): Promise<CountingServer> {
  const server = await startCountingServer(answerAfterMs, address);
  servers.push(server);
  return server;
}

const skippedFor = (reason: SkipReason) =>
  running.results.filter((result) => result.skipReason === reason);

test("one address never has more connections than the limit, over all threads together", async () => {
  const [one, two] = [await serve(300), await serve(300, "127.0.0.2")];
  const limits = { perAddress: 2 };
  running = await run(lab, { threads: 2, limits });
  const targets = [...targetsAt(one.url, 12), ...targetsAt(two.url, 12, 13)];
  expect(new Set(targets.map((target) => shareOf(target.slug, 2))).size).toBe(2);
  running.prober.setTargets(targets);
  await running.until(() => one.seen.accepted >= 12 && two.seen.accepted >= 12);
  expect([one.seen.most, two.seen.most]).toEqual([2, 2]);
});

test("a run whose address stays busy is skipped for that", async () => {
  const server = await serve(Infinity);
  running = await run(lab, { timeoutMs: 60_000, limits: { perAddress: 1 } });
  running.prober.setTargets(targetsAt(server.url, 3));
  await running.until(() => skippedFor("skip_address_busy").length > 0);
  expect(server.seen.most).toBe(1);
});

test("a run that finds too many in flight is skipped for that", async () => {
  const server = await serve(Infinity);
  running = await run(lab, { timeoutMs: 60_000, limits: { inFlight: 2 } });
  running.prober.setTargets(targetsAt(server.url, 6));
  await running.until(() => skippedFor("skip_in_flight_limit").length > 0);
  expect(server.seen.most).toBeLessThanOrEqual(2);
});

test("a run that finds the rate of new connections used up is skipped for that", async () => {
  const server = await serve(0);
  running = await run(lab, { limits: { newConnectionsPerSecond: 1 } });
  running.prober.setTargets(targetsAt(server.url, 8));
  await running.until(() => skippedFor("skip_rate_limit").length > 0);
  expect(skippedFor("skip_rate_limit").every((one) => one.outcome === "skipped")).toBe(true);
});

test("a run whose predecessor still runs is skipped for that", async () => {
  const server = await serve(Infinity);
  running = await run(lab, { timeoutMs: 60_000 });
  running.prober.setTargets(targetsAt(server.url, 1));
  await running.until(() => skippedFor("skip_previous_running").length > 0);
  expect(server.seen.most).toBe(1);
});

test("a skipped run says nothing but why, and its time is the scheduled one", async () => {
  const server = await serve(Infinity);
  running = await run(lab, { timeoutMs: 60_000, limits: { inFlight: 1 } });
  running.prober.setTargets(targetsAt(server.url, 2));
  await running.until(() => running.results.some((result) => result.skipReason !== null));
  const skipped = running.results.find((result) => result.skipReason !== null);
  expect(skipped).toMatchObject({
    outcome: "skipped",
    failure: null,
    attempt: 0,
    vantage: "test",
    status: null,
    address: null,
    totalMs: 0,
    startedAt: skipped?.scheduledAt,
  });
});
