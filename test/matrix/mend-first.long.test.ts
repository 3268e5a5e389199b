import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import type { Cause } from "../../src/domain/finding.ts";
import { LEVEL_SCALE } from "../../src/domain/level-scale.ts";
import type { MendFirstStep } from "../../src/reports/mend-first.ts";
import { openTestDatabase } from "../support/database.ts";
import { AuditedLab, moved } from "./support/audited-lab.ts";
import { type DnsRelay, relayDns } from "./support/dns-relay.ts";

/**
 * Name servers that speak no TCP over IPv6 hold everybody below L4; hosts that portals lead to or load from, and
 * certificates, hold some of them lower; one portal has no IPv6 at all.
 */
const PORTALS = [
  "healthy",
  "ipv4-only",
  "redirect-family-gap",
  "redirect-to-http",
  "page-own-host-ipv4-only",
  "page-base-href",
  "page-own-host-ipv6-refused",
  "expired",
  "redirect-expired",
  "certificate-differs",
  "wrong-host",
] as const;

/** A second portal that leads to the host without AAAA. */
const ALSO_LEADS_THERE = "redirect-to-http";

let lab: Lab;
let relay: DnsRelay | null = null;
let audited: AuditedLab | undefined;
let database: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  [lab, database] = await Promise.all([startLab({ only: PORTALS }), openTestDatabase()]);
  if (!lab.ip6) return;
  await lab.setBehaviour(ALSO_LEADS_THERE, "redirect-family-gap");
  relay = await relayDns(lab.authorityPort);
  const plan = { portals: PORTALS, authorityPort: relay.port };
  audited = await AuditedLab.open(database.db, lab, plan);
}, 60_000);
afterAll(async () => {
  audited?.close();
  await relay?.close();
  await Promise.all([lab.stop(), database.close()]);
});
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

/** Mends in the lab what a cause names, and nothing else. */
async function mend(cause: Cause): Promise<void> {
  if (cause.kind === "name_server") return relay?.openTcpOverIp6();
  const named = lab.portals.find(({ host }) => host === cause.name);
  if (cause.kind === "host" && named) return lab.setBehaviour(named.id, "healthy");
  if (cause.kind !== "certificate")
    throw new Error(`nobody can mend the ${cause.kind} ${cause.name}`);
  await lab.setBehaviour(await audited!.holderOf(cause), "healthy");
}

/** One name server stands for both: they are one machine. */
async function mendAll(causes: readonly Cause[]): Promise<void> {
  const servers = causes.filter(({ kind }) => kind === "name_server");
  const others = causes.filter(({ kind }) => kind !== "name_server");
  for (const cause of [...servers.slice(0, 1), ...others]) await mend(cause);
}

const named = (steps: readonly MendFirstStep[]) =>
  steps.flatMap(({ causes }) => causes.map(({ kind, name }) => `${kind} ${name}`)).sort();

const A_CERTIFICATE: unknown = expect.stringMatching(/^certificate [0-9a-f]{64}$/);

test("after mending what the plan names, exactly the portals that it named stand higher", async () => {
  let before = await audited!.audit(1);
  const mended: string[][] = [];
  for (const limit of [1, 1, 10]) {
    const { steps, without_cause } = await audited!.plan(limit);
    expect(without_cause).toBe(0);
    const lifts = steps.flatMap((step) => step.lifts);
    mended.push(named(steps));
    await mendAll(steps.flatMap(({ causes }) => causes));
    const after = await audited!.audit(2);
    const predicted = lifts.map(({ portal }) => portal.id).sort();
    expect(moved(before, after)).toEqual({ risen: predicted, fallen: [] });
    for (const { portal, from, to } of lifts) {
      expect(before.get(portal.id)).toBe(from);
      const short = LEVEL_SCALE.rank(to) - LEVEL_SCALE.rank(after.get(portal.id) ?? "U");
      expect([portal.id, to, short <= 0]).toEqual([portal.id, to, true]);
    }
    before = after;
  }
  expect(mended).toEqual([
    ["host ipv4-only.lab.test"],
    ["name_server ns.lab.test", "name_server ns2.lab.test"],
    // One of the certificates holds a portal and another one that leads there.
    [A_CERTIFICATE, A_CERTIFICATE, "host ipv6-refused.lab.test", "host wrong-host.lab.test"],
  ]);
  expect(before.get("page-own-host-ipv6-refused")).toBe("L5");
}, 120_000);
