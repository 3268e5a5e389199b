import type { AuditCertificate } from "../../../src/domain/audit/host.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import { unseen } from "../../../src/domain/audit/sight.ts";
import type { Family } from "../../../src/domain/family.ts";
import type { CheckId, Finding, Verdict } from "../../../src/domain/finding.ts";
import type { Judgement } from "../../../src/domain/judgement.ts";
import type { JudgedAudit } from "../../../src/store/audits.ts";
import { START } from "./results.ts";

/** How often portals are audited in these tests. */
export const AUDIT_INTERVAL = 6 * 3_600_000;

/** A finding of these tests; the reason is that of the verdict unless it is given. */
export function finding(check: CheckId, verdict: Verdict, change: Partial<Finding> = {}): Finding {
  return {
    check,
    family: null,
    verdict,
    reason: `${verdict}_reason`,
    evidence: {},
    causes: [],
    ...change,
  };
}

/** A judgement that proves one level and one grade. */
export function judgement(change: Partial<Judgement> = {}): Judgement {
  return {
    ruleset: "test-1",
    findings: [finding("D1", "pass")],
    level: { level: "L3", possible: "L3", provisionalDays: 4, blockers: [] },
    grade: { grade: "B", possible: "B", blockers: [] },
    ...change,
  };
}

const NO_TIMES = { dns: [], tcp: [], tls: [], ttfb: [], total: [] };
const GATE = {
  families: { ip4: true, ip6: true },
  resolverUsable: true,
  resolverDoubtful: false,
  dns64Prefix: null,
};

/** An observation of an audit that saw hardly anything. */
export function observation(
  at: number,
  facts: Partial<AuditObservation["facts"]> = {},
): AuditObservation {
  return {
    url: "https://p1.example.gov.vn/",
    vantage: "local",
    startedAt: at,
    endedAt: at + 30_000,
    facts: {
      gate: { before: GATE, after: GATE },
      hosts: [],
      chains: { ip4: unseen("not_reached"), ip6: unseen("not_reached") },
      zone: unseen("resolver_failed"),
      page: {
        pages: { ip4: unseen("not_reached"), ip6: unseen("not_reached") },
        parity: unseen("not_reached"),
        resources: unseen("not_reached"),
        securityTxt: unseen("not_reached"),
      },
      mail: unseen("resolver_failed"),
      certificates: {},
      ...facts,
    },
    timings: { ip4: { ...NO_TIMES, tcp: [1.5, 2.25] }, ip6: NO_TIMES },
  };
}

/** An audit of portal 1 from `local` that began `round` intervals after START. */
export function audit(
  round: number,
  given: Partial<Judgement> = {},
  change: Partial<JudgedAudit> = {},
): JudgedAudit {
  const scheduledAt = START + round * AUDIT_INTERVAL;
  return {
    portal: 1,
    vantage: "local",
    scheduledAt,
    trigger: "schedule",
    observation: observation(scheduledAt),
    judgement: judgement(given),
    ...change,
  };
}

/** A transport finding over one family. */
export function transport(verdict: Verdict, reason: string, family: Family = "ip6"): Finding {
  return finding("W1", verdict, { family, reason, evidence: { failed_tries: 3 } });
}

/** A certificate as an audit sees it. */
export function certificate(change: Partial<AuditCertificate> = {}): AuditCertificate {
  return {
    subject: "CN=p1.example.gov.vn",
    issuer: "CN=Example CA",
    serial: "01",
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: "2027-01-01T00:00:00.000Z",
    names: ["p1.example.gov.vn", "www.p1.example.gov.vn"],
    namesBeyond: 0,
    keyType: "ec",
    keyBits: 256,
    signatureAlgorithm: "ecdsa-with-SHA256",
    selfIssued: false,
    der: Buffer.from(Array.from({ length: 1500 }, (_, at) => at % 251)).toString("base64"),
    ...change,
  };
}
