import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CATALOGUE } from "../../lab/catalogue/all.ts";
import { type Lab, startLab } from "../../lab/index.ts";
import { CHECKS } from "../../src/checks/index.ts";
import type { Finding } from "../../src/domain/finding.ts";
import type { Judgement } from "../../src/domain/judgement.ts";
import { createAudit } from "../../src/probes/audit/index.ts";
import { NO_TURNS, labAuditOptions } from "../probes/audit/support/lab-audits.ts";
import { judgeAudits } from "./support/judge-audits.ts";
import { orderFrom, selfTestIn } from "./support/self-test.ts";

let lab: Lab;
let judged: Readonly<Record<string, Judgement>> = {};

beforeAll(async () => {
  lab = await startLab();
  if (!lab.ip6) return;
  await lab.setAnchors("ip6", "refusing");
  const selfTest = selfTestIn(lab);
  const order = await orderFrom(selfTest);
  // What takes longer than this over IPv4 is no matter here.
  const audit = createAudit(labAuditOptions(lab, { turns: NO_TURNS, timeoutMs: 12_000 }));
  const confirmGate = async () => order.gate;
  judged = await judgeAudits(
    lab.portals.map(({ id, url }) => ({
      name: id,
      url,
      audit,
      order: { ...order, confirmGate },
    })),
  );
  audit.close();
  selfTest.close();
}, 180_000);
afterAll(() => lab.stop());
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

const TRANSPORT = new Map(CHECKS.map(({ id, transport }) => [id, transport]));

/** Whether a packet over IPv6 would have had to travel for this to be judged. */
function needsIp6({ check, family }: Finding): boolean {
  const transport = TRANSPORT.get(check);
  return transport === "own" ? family === "ip6" : transport?.includes("ip6") === true;
}

describe("from a place whose IPv6 proves not to work, no lab portal is accused of what needs it", () => {
  test.for(CATALOGUE.map(({ id }) => id))("%s", (id) => {
    const { findings, level } = judged[id]!;
    const accused = findings.filter(
      (finding) => needsIp6(finding) && (finding.verdict === "warn" || finding.verdict === "fail"),
    );
    expect(accused).toEqual([]);
    expect(findings.filter(needsIp6).length).toBeGreaterThan(15);
    // Only that a name has no AAAA can be told by a resolver alone.
    const bare = findings.some(({ check, verdict }) => check === "D1" && verdict === "fail");
    expect(level.level).toBe(bare ? "L0" : "U");
    expect(lab.connections(id).ip6).toBe(0);
  });
});
