import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import {
  type Running,
  die,
  of,
  optionsFor,
  run,
  startCountingServer,
  targetsAt,
  targetsOf,
} from "./support/running.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { startProber } from "../../src/prober/index.ts";

let lab: Lab;
let running: Running;
beforeAll(async () => {
  lab = await startLab({ only: ["healthy", "idn"] });
});
afterEach(() => running.prober.stop(2000));
afterAll(() => lab.stop());

/** The audits of one portal that came to their end; before the first good self-test slots are skipped. */
const observed = (portal: number) =>
  running.audits.filter(({ target, observation }) => target.portal === portal && observation);

/** Why an audit that was asked for came to nothing. */
const refusalOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "It was not refused",
    (error: unknown) => String(error),
  );

/** The workers are started in order: one of light probes, then that of audits. */
const auditWorker = () => running.workers[1];

test("a stop cuts audits that take longer, keeps nothing of them and is done in time", async () => {
  const server = await startCountingServer(Infinity);
  running = await run(lab, { audits: { timeoutMs: 60_000 } });
  running.prober.setTargets(targetsAt(server.url, 2));
  await running.prober.checkVantage();
  const [target] = targetsAt(server.url, 1, 3);
  if (!target) throw new Error("No target");
  const asked = refusalOf(running.prober.auditNow(target));
  await running.until(() => server.seen.accepted > 0);
  await running.prober.stop(10_000);
  expect(await asked).toContain("stopped during the audit");
  expect([...observed(1), ...observed(2)]).toEqual([]);
  expect(running.faults).toEqual([]);
  await expect(running.prober.auditNow(target)).rejects.toThrow("is not running");
  await server.close();
});

test("an audit thread that dies is told and replaced, and what it left unfinished is audited again", async () => {
  const server = await startCountingServer(Infinity);
  running = await run(lab, { audits: { timeoutMs: 60_000 } });
  const [healthy] = targetsOf(lab, ["healthy"]);
  const [hanging] = targetsAt(server.url, 1, 7);
  if (!healthy || !hanging) throw new Error("No target");
  running.prober.setTargets([healthy, hanging]);
  await running.until(() => observed(healthy.portal).length > 0);
  await running.until(() => server.seen.accepted > 0);
  const asked = refusalOf(running.prober.auditNow(hanging));
  await die(auditWorker());
  expect(await asked).toContain("ended with code 1");
  await running.until(() => running.faults.length > 0);
  expect(running.faults[0]?.message).toMatch(/^The audit thread ended with code 1; about \d+ runs/);
  await server.close();
  const again = await startCountingServer(0, "127.0.0.1");
  running.prober.change([{ ...hanging, url: again.url }], []);
  await running.until(() => observed(hanging.portal).length > 0);
  // What had been audited already is not audited again.
  expect(observed(healthy.portal)).toHaveLength(1);
  await again.close();
});

test("light probes go on while the audit thread is dead", async () => {
  running = await run(lab, { audits: {} });
  running.prober.setTargets(targetsOf(lab, ["healthy"]));
  await running.until(() => of(running.results, 1, "ip4").length > 0);
  await die(auditWorker());
  const diedAt = Date.now();
  await running.until(() => of(running.results, 1, "ip4").some((one) => one.startedAt > diedAt));
  expect(running.prober.status().beating).toBe(true);
});

test("a prober whose audit thread can't start says so and leaves no thread behind", async () => {
  running = await run(lab);
  const wrong = optionsFor(lab, { audits: {}, dnsServers: ["nonsense"] });
  await expect(startProber(wrong)).rejects.toThrow("The prober could not start");
});

test("light probes go on while it is being read when portals were last audited", async () => {
  const last = Promise.withResolvers<ReadonlyMap<number, number>>();
  const runs = Promise.withResolvers<void>();
  const base = optionsFor(lab, { audits: { lastAudits: last.promise } });
  const prober = await startProber({ ...base, onResults: () => runs.resolve() });
  const [target] = targetsOf(lab, ["healthy"]) as [ProbeTarget];
  prober.setTargets([target]);
  const asked = prober.auditNow(target);
  await runs.promise;
  expect(prober.status().audits?.alive).toBe(false);
  last.resolve(new Map());
  await prober.auditsBegun();
  expect(prober.status().audits?.alive).toBe(true);
  expect((await asked).startedAt).toBeGreaterThan(0);
  await prober.stop(1000);
});

test("a prober that stops before that is read begins no audits", async () => {
  const last = Promise.withResolvers<ReadonlyMap<number, number>>();
  const options = optionsFor(lab, { audits: { lastAudits: last.promise } });
  const prober = await startProber(options);
  await prober.stop(1000);
  last.resolve(new Map());
  await expect(prober.auditsBegun()).rejects.toThrow("has stopped");
});
