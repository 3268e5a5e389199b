import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CATALOGUE } from "../../lab/catalogue/all.ts";
import { type Lab, startLab } from "../../lab/index.ts";
import type { Judgement } from "../../src/domain/judgement.ts";
import { createAudit } from "../../src/probes/audit/index.ts";
import { NO_TURNS, labAuditOptions } from "../probes/audit/support/lab-audits.ts";
import { LAB_ROWS } from "./rows/lab.ts";
import { expectRows } from "./support/expect-rows.ts";
import { judgeAudits } from "./support/judge-audits.ts";

/** Portals whose names nobody answers for take whatever time they are given. */
const ENDLESS: ReadonlySet<string> = new Set(["dns-timeout", "aaaa-timeout"]);

let lab: Lab;
let judged: Readonly<Record<string, Judgement>> = {};
const faults: Error[] = [];

beforeAll(async () => {
  lab = await startLab();
  const options = { turns: NO_TURNS, onFault: (fault: Error) => void faults.push(fault) };
  // Enough for every other portal on a busy machine.
  const patient = createAudit(labAuditOptions(lab, { ...options, timeoutMs: 45_000 }));
  const hasty = createAudit(labAuditOptions(lab, { ...options, timeoutMs: 12_000 }));
  const scenes = lab.portals.map(({ id, url }) => {
    return { name: id, url, audit: ENDLESS.has(id) ? hasty : patient };
  });
  // Those that take longest first, so that nothing is left waiting for one of them at the end.
  const longest = (name: string) => Number(/timeout|slow|stalls|silent|endless|bomb/.test(name));
  judged = await judgeAudits(scenes.toSorted((a, b) => longest(b.name) - longest(a.name)));
  patient.close();
  hasty.close();
}, 180_000);
afterAll(() => lab.stop());
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

describe("one audit gives each lab portal its level and grade", () => {
  test.for(CATALOGUE.map(({ id }) => id))("%s", (id) => {
    const { level, grade } = judged[id]!;
    expect({ level: level.level, grade: grade.grade }).toEqual(lab.portal(id).audit);
  });
});

expectRows("each lab portal", LAB_ROWS, () => judged);

test("no audit of the table met a fault of ours", () => {
  expect(Object.keys(judged)).toHaveLength(CATALOGUE.length);
  expect(faults).toEqual([]);
});
