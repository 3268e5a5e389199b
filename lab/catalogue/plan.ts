import { type FailureKind, failure } from "../../src/domain/failure.ts";
import type { Family } from "../../src/domain/family.ts";
import type { Outcome } from "../../src/domain/observation.ts";
import type { Expectation, PortalKind } from "../../src/domain/portal.ts";
import type { BehaviourChange } from "../behaviour.ts";
import type { HttpsGrade, ReadinessLevel } from "../../src/domain/readiness.ts";
import type { LabAudit, LabExpectation } from "../types.ts";

/** What both families come to. */
export type Both = Readonly<Record<Family, LabExpectation>>;

/** One portal of the lab, before it has a port. */
export interface PortalPlan {
  readonly id: string;
  /** Default: `{id}.lab.test`. */
  readonly host?: string;
  /** `http`: registered at the common plain-HTTP port. Default `https`. */
  readonly scheme?: "http" | "https";
  /** Without the words that mark it as made up; they are added. */
  readonly vi: string;
  readonly en: string;
  readonly kind?: PortalKind;
  readonly defect: string;
  readonly behaviour: BehaviourChange;
  readonly expect: Both;
  /** In place of `expect` where the lab has several IPv6 addresses. */
  readonly expectManyIp6?: Both;
  readonly alternate?: Both;
  /** What an audit must come to; default: grade A, and L3, or L0 without an AAAA record. */
  readonly audit?: LabAudit;
  /** In place of `audit` where the lab has several IPv6 addresses. */
  readonly auditManyIp6?: LabAudit;
  readonly expectation?: Expectation;
  /** Portals that this one redirects to. */
  readonly needs?: readonly string[];
}

export const OK: LabExpectation = { outcome: "ok", failure: null, source: null };
export const NO_ADDRESS: LabExpectation = { outcome: "no_address", failure: null, source: null };

/** Level and grade of an audit. */
export function audited(level: ReadinessLevel, grade: HttpsGrade): LabAudit {
  return { level, grade };
}

/** A fault of the portal. */
export function fail(kind: FailureKind): LabExpectation {
  return { outcome: "fail", failure: kind, source: failure(kind).source };
}

/** Could not tell. */
export function unknown(kind: FailureKind): LabExpectation {
  return { outcome: "unknown", failure: kind, source: failure(kind).source };
}

/** Works, but beyond a limit. */
export function degraded(kind: FailureKind): LabExpectation {
  return { outcome: "degraded" satisfies Outcome, failure: kind, source: failure(kind).source };
}

/** The same for both families. */
export function both(expectation: LabExpectation): Both {
  return { ip4: expectation, ip6: expectation };
}
