import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CATALOGUE } from "../../lab/catalogue/all.ts";
import { type Lab, startLab } from "../../lab/index.ts";
import type { LabExpectation } from "../../lab/types.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { type Probe, createProbe } from "../../src/probes/index.ts";
import { labOptions, order, target } from "./support/runs.ts";

let lab: Lab;
let probe: Probe;
/** First runs, several at once, because one after the other they take a minute. */
const results = new Map<string, ProbeResult>();

/** Runs at a time: few enough for a busy machine to keep every server of the lab well within the deadline. */
const AT_ONCE = 8;
const TIMEOUT_MS = 4000;

const keyOf = (id: string, family: Family) => `${id} ${family}`;

function run(id: string, family: Family): Promise<ProbeResult> {
  const { url, expectation } = lab.portal(id);
  return probe.run(target(url, expectation), order(family));
}

/** Takes runs from a common list until none is left. */
async function runAll(queue: Iterator<readonly [string, Family]>): Promise<void> {
  for (let next = queue.next(); !next.done; next = queue.next()) {
    const [id, family] = next.value;
    results.set(keyOf(id, family), await run(id, family));
  }
}

beforeAll(async () => {
  lab = await startLab();
  if (!lab.ip6) console.warn("no IPv6 loopback on this machine: nothing is probed over IPv6");
  probe = createProbe(labOptions(lab, { timeoutMs: TIMEOUT_MS }));
  const all = lab.portals.flatMap(({ id }) => FAMILIES.map((family) => [id, family] as const));
  const queue = all.values();
  await Promise.all(Array.from({ length: AT_ONCE }, () => runAll(queue)));
});
afterAll(async () => {
  probe.close();
  await lab.stop();
});

function words({ outcome, failure, source }: LabExpectation) {
  return { outcome, failure: failure === null ? null : { kind: failure, source } };
}

describe.each(CATALOGUE.map(({ id }) => id))("the lab portal %s", (id) => {
  test.for(FAMILIES)("is told over %s as what it is", async (family, { skip }) => {
    skip(family === "ip6" && !lab.ip6, "no IPv6 loopback on this machine");
    const { expect: steady, alternate } = lab.portal(id);
    expect(results.get(keyOf(id, family))).toMatchObject(words(steady[family]));
    if (alternate === null) return;
    expect(await run(id, family)).toMatchObject(words(alternate[family]));
  });
});

test("no run of the table ended in a fault of ours", () => {
  expect(results.size).toBe(2 * CATALOGUE.length);
  expect(probe.faults).toBe(0);
});
