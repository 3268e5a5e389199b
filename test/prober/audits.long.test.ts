import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { isUnseen } from "../../src/domain/audit/sight.ts";
import type { AuditRun } from "../../src/prober/index.ts";
import {
  type Running,
  of,
  run,
  startCountingServer,
  targetsAt,
  targetsOf,
} from "./support/running.ts";

const IDS = ["healthy", "redirect-good", "expired"];

let lab: Lab;
let running: Running;
beforeAll(async () => {
  lab = await startLab({ only: [...IDS, "idn"] });
});
afterEach(async () => {
  await running.prober.stop(2000);
  await lab.setResolver("ok");
  await lab.setAnchors("ip4", "answering");
});
afterAll(() => lab.stop());

/** What the slots of one portal came to, by its number. */
const slotsOf = (portal: number): AuditRun[] =>
  running.audits.filter((slot) => slot.target.portal === portal);

const observed = (portal: number) =>
  slotsOf(portal).flatMap(({ observation }) => observation ?? []);

const skips = () => running.audits.flatMap(({ skipped }) => skipped ?? []);

test("every portal is audited in the first round, beside its light probes and in a thread of its own", async () => {
  running = await run(lab, { audits: {} });
  const targets = targetsOf(lab, IDS);
  running.prober.setTargets(targets);
  await running.until(() => targets.every(({ portal }) => observed(portal).length === 1));
  for (const { portal, url } of targets) {
    expect(observed(portal)[0]).toMatchObject({ url, vantage: "test" });
    expect(observed(portal)[0]?.facts.hosts[0]?.addresses).toHaveLength(2);
  }
  await running.until(() => of(running.results, 1, "ip4").some((one) => one.outcome === "ok"));
  expect(running.workers).toHaveLength(2);
  expect(running.faults).toEqual([]);
  // A thread says once a second how it is.
  await running.until(() => running.prober.status().audits?.targets === 3);
  expect(running.prober.status().audits).toMatchObject({ alive: true });
});

test("nothing is audited before the vantage point has tested itself", async () => {
  running = await run(lab, { audits: {} });
  running.prober.setTargets(targetsOf(lab, ["healthy"]));
  await running.until(() => observed(1).length > 0);
  const [first] = running.states;
  expect(observed(1)[0]?.startedAt).toBeGreaterThanOrEqual(first?.checkedAt ?? Infinity);
});

test("a portal that was audited lately waits for its slot, one whose URL changes does not", async () => {
  const lastAudits = new Map([[1, Date.now()]]);
  running = await run(lab, { audits: { lastAudits } });
  const [healthy, other] = targetsOf(lab, ["healthy", "idn"]);
  if (!healthy || !other) throw new Error("The lab lacks a portal");
  running.prober.setTargets([healthy, other]);
  await running.until(() => observed(other.portal).length === 1);
  expect(slotsOf(healthy.portal)).toEqual([]);
  running.prober.change([{ ...healthy, url: `${healthy.url}other` }], []);
  await running.until(() => observed(healthy.portal).length === 1);
});

test("without a resolver no slot is spent: it comes again until there is one", async () => {
  await lab.setResolver("nxdomain");
  running = await run(lab, { audits: {} });
  running.prober.setTargets(targetsOf(lab, ["healthy"]));
  await running.until(() => skips().length >= 3);
  expect(new Set(skips())).toEqual(new Set(["resolver_unusable"]));
  await lab.setResolver("ok");
  await running.prober.checkVantage();
  await running.until(() => observed(1).length === 1);
});

test("over a family whose gate is closed nothing is sent, and its facts are unseen", async () => {
  await lab.setAnchors("ip4", "refusing");
  running = await run(lab, { audits: {} });
  await running.prober.checkVantage();
  const before = lab.connections("idn").ip4;
  const [target] = targetsOf(lab, ["idn"]);
  if (!target) throw new Error("The lab lacks a portal");
  const { facts } = await running.prober.auditNow(target);
  expect(facts.gate.before.families).toEqual({ ip4: false, ip6: true });
  expect(facts.chains.ip4).toEqual({ unseen: "vantage_no_ipv4" });
  expect(isUnseen(facts.chains.ip6)).toBe(false);
  expect(lab.connections("idn").ip4).toBe(before);
});

test("an audit that still runs at its next slot is skipped, and so is what finds no place", async () => {
  const server = await startCountingServer(Infinity);
  running = await run(lab, { audits: { intervalMs: 1000, inFlight: 1, timeoutMs: 60_000 } });
  running.prober.setTargets(targetsAt(server.url, 2));
  await running.until(() => new Set(skips()).size === 2);
  expect(new Set(skips())).toEqual(new Set(["previous_running", "in_flight_limit"]));
  // Beats tell it, once a second.
  await running.until(() => running.prober.status().audits?.inFlight === 1);
  await server.close();
});

test("an audit that is asked for goes to the asker alone, and does not wait for those of the schedule", async () => {
  const server = await startCountingServer(Infinity);
  running = await run(lab, { audits: { inFlight: 1, timeoutMs: 60_000 } });
  running.prober.setTargets(targetsAt(server.url, 3));
  await running.until(() => running.prober.vantage().checkedAt > 0);
  await running.until(() => server.seen.accepted > 0);
  const [target] = targetsOf(lab, ["healthy"]);
  if (!target) throw new Error("The lab lacks a portal");
  const observation = await running.prober.auditNow({ ...target, portal: 99 });
  expect(observation.url).toBe(target.url);
  expect(slotsOf(99)).toEqual([]);
  await server.close();
});

test("a prober without audits says so to who asks for one", async () => {
  running = await run(lab);
  const [target] = targetsOf(lab, ["healthy"]);
  if (!target) throw new Error("The lab lacks a portal");
  await expect(running.prober.auditNow(target)).rejects.toThrow("does no audits");
  expect(running.prober.status().audits).toBeNull();
});

test("light probes go on while the audit thread holds a page of many elements", async () => {
  const page = `<!doctype html><title>x</title>${"<div><a href=/x>".repeat(200_000)}`;
  const asked = Promise.withResolvers<void>();
  const server = createServer((_, response) => {
    asked.resolve();
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  running = await run(lab, { audits: {}, limits: { lagLimitMs: 500 } });
  await running.prober.checkVantage();
  const [hostile] = targetsAt(`http://127.0.0.1:${port}/`, 1);
  const [healthy] = targetsOf(lab, ["healthy"]);
  if (!hostile || !healthy) throw new Error("No target");
  const outcomes = new Set<string>();
  const audit = running.prober.auditNow(hostile);
  await asked.promise;
  const probeWhile = async (): Promise<void> => {
    outcomes.add((await running.prober.probeNow(healthy, "ip4")).outcome);
    if ((await Promise.race([audit, nextTurn()])) === undefined) await probeWhile();
  };
  await probeWhile();
  expect(outcomes).toEqual(new Set(["ok"]));
  expect((await audit).facts.gate.after.families.ip4).toBe(true);
  server.closeAllConnections();
  server.close();
});
