import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import type { VantageState } from "../../src/domain/vantage.ts";
import { createAudit } from "../../src/probes/audit/index.ts";
import type { AuditRun } from "../../src/prober/index.ts";
import { AuditRuns } from "../../src/prober/audit-runs.ts";
import { optionsFor, startCountingServer, targetsAt, targetsOf } from "./support/running.ts";
import { vantage } from "./support/states.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ only: ["healthy"] });
});
afterAll(() => lab.stop());

/** The vantage point's answer at the end of an audit. */
let confirmed: () => Promise<VantageState>;
beforeEach(() => {
  confirmed = () => Promise.resolve(vantage(true, true));
});

/** The audits of a thread, done in this thread. */
function start(inFlight = 5) {
  const { audits, ...probing } = optionsFor(lab, { audits: {} });
  if (!audits) throw new Error("No audits");
  const recorded: AuditRun[] = [];
  const began: number[] = [];
  const faults: Error[] = [];
  const runs = new AuditRuns({
    audit: createAudit({
      ...audits,
      vantage: "test",
      dnsServers: probing.dnsServers,
      allowedNetworks: probing.allowedNetworks,
      extraRoots: probing.extraRoots,
      contact: null,
    }),
    inFlight,
    intervalMs: 60_000,
    gate: vantage(true, true),
    beginGate: () => ({ confirm: () => confirmed(), end: () => {} }),
    onBegan: (portal) => began.push(portal),
    record: (run) => recorded.push(run),
    onFault: (error) => faults.push(error),
  });
  return { runs, recorded, began, faults };
}

const slot = (target = targetsOf(lab, ["healthy"])[0]) => {
  if (!target) throw new Error("No target");
  return { target, scheduledAt: Date.now() };
};

test("what is under way at a stop is recorded if it ends before the cut", async () => {
  const { runs, recorded, began, faults } = start();
  runs.due(slot());
  await runs.stop(60_000);
  expect([began, recorded.length, faults]).toEqual([[1], 1, []]);
  expect(recorded[0]?.observation?.facts.gate.after.families.ip6).toBe(true);
  expect(runs.inFlight).toBe(0);
});

test("what the cut ends is not recorded, and nothing begins after a stop", async () => {
  const server = await startCountingServer(Infinity);
  const { runs, recorded, began } = start();
  runs.due(slot(targetsAt(server.url, 1)[0]));
  await runs.stop(10);
  runs.due(slot(targetsAt(server.url, 1, 2)[0]));
  await runs.stop(10);
  expect([began, recorded]).toEqual([[1], []]);
  await expect(runs.now(slot().target)).rejects.toThrow("The prober stops");
  await server.close();
});

test("an audit that only waits for the vantage point holds up no other", async () => {
  const { promise, resolve } = Promise.withResolvers<VantageState>();
  confirmed = () => promise;
  const { runs, recorded, began } = start(1);
  const { target } = slot();
  runs.due(slot(target));
  runs.due(slot({ ...target, portal: 2, slug: "another" }));
  await vi.waitFor(() => expect(began).toEqual([1, 2]), { timeout: 30_000 });
  expect(recorded).toEqual([]);
  resolve(vantage(true, true));
  await runs.stop(60_000);
  expect(new Set(recorded.map((run) => run.target.portal))).toEqual(new Set([1, 2]));
  expect(runs.inFlight).toBe(0);
});
