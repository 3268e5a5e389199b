import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CATALOGUE } from "../../../lab/catalogue/all.ts";
import { type Lab, startLab } from "../../../lab/index.ts";
import { CURRENT_RULES, judge } from "../../../src/checks/index.ts";
import { type Audit, createAudit } from "../../../src/probes/index.ts";
import { NO_TURNS, auditOrder, labAuditOptions } from "./support/lab-audits.ts";

let lab: Lab;
let audit: Audit;
const readings = new Map<string, { level: string; grade: string }>();
const faults: Error[] = [];

/** Audits at a time: few enough for a busy machine to keep every server of the lab well within its limits. */
const AT_ONCE = 8;

async function auditAll(queue: Iterator<string>): Promise<void> {
  for (let next = queue.next(); !next.done; next = queue.next()) {
    const id = next.value;
    const observation = await audit.run({ url: lab.portal(id).url }, auditOrder());
    const { level, grade } = judge(observation, { rules: CURRENT_RULES, history: null });
    readings.set(id, { level: level.level, grade: grade.grade });
  }
}

beforeAll(async () => {
  lab = await startLab();
  // Enough for every portal but those whose resolver never answers, which are unknown all the same.
  const options = {
    timeoutMs: 25_000,
    turns: NO_TURNS,
    onFault: (fault: Error) => void faults.push(fault),
  };
  audit = createAudit(labAuditOptions(lab, options));
  const queue = lab.portals.map(({ id }) => id).values();
  await Promise.all(Array.from({ length: AT_ONCE }, () => auditAll(queue)));
}, 180_000);
afterAll(async () => {
  audit.close();
  await lab.stop();
});

describe("one audit gives each lab portal its level and grade", () => {
  test.for(CATALOGUE.map(({ id }) => id))("%s", (id, { skip }) => {
    skip(!lab.ip6, "no IPv6 loopback on this machine");
    expect(readings.get(id)).toEqual(lab.portal(id).audit);
  });
});

test("no audit of the table met a fault of ours", () => {
  expect(readings.size).toBe(CATALOGUE.length);
  expect(faults).toEqual([]);
});
