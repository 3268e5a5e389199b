import type { NameSight } from "../../domain/audit/names.ts";
import { type Unseen, unseen } from "../../domain/audit/sight.ts";
import { FAILURES } from "../../domain/failure.ts";
import { type Skip, type Stop } from "../../domain/probe-facts.ts";
import type { CertificateShelf } from "./certificates.ts";
import type { AuditLimits } from "./limits.ts";
import type { AuditSession } from "./session.ts";
import type { Slots } from "./slots.ts";
import type { TlsOffers } from "./tls-offers.ts";

/** What the steps of one audit share. */
export interface AuditTools {
  readonly session: AuditSession;
  readonly limits: AuditLimits;
  readonly slots: Slots;
  readonly offers: TlsOffers;
  readonly certificates: CertificateShelf;
  /** The addresses of a host, asked once per audit. */
  readonly nameOf: (host: string) => Promise<NameSight>;
  /** Told of a fault of ours. */
  readonly report: (fault: Error) => void;
}

/** The value of a step, or `own_fault` where the step threw; the fault is told. */
export async function guarded<Value>(
  what: string,
  report: (fault: Error) => void,
  step: () => Promise<Value>,
): Promise<Value | Unseen> {
  try {
    return await step();
  } catch (cause) {
    report(new Error(`audit: ${what}`, { cause }));
    return unseen("own_fault");
  }
}

/** Code by which the steps that wait on a deadline tell that it was the audit's, not their own limit. */
const AUDIT_OVER = "DEADLINE";

/** Why a step's end accuses nobody, null if it is the portal's doing. */
export function unseenEnd(end: Stop | Skip, report: (fault: Error) => void): Unseen | null {
  if ("skip" in end || end.code === AUDIT_OVER) return unseen("deadline");
  if (FAILURES[end.stop].source !== "internal") return null;
  report(new Error(`audit: ${end.stop}`, { cause: { code: end.code } }));
  return unseen("own_fault");
}
