import { type Sight, isUnseen } from "../../domain/audit/sight.ts";
import type { AuditSession } from "./session.ts";

/** What came of up to three tries of something that may also be kept from being seen. */
export interface TriedSight<Fact extends object> {
  readonly outcome: Sight<Fact>;
  readonly failedTries: number;
}

/**
 * As `session.tries`, but what the end of the audit's time cut off counts neither as failed nor as seen: the last
 * whole try stands.
 */
export async function trySight<Fact extends object>(
  session: AuditSession,
  attempt: () => Promise<Sight<Fact>>,
  failed: (fact: Fact) => boolean,
): Promise<TriedSight<Fact>> {
  let whole: Fact | null = null;
  let failures = 0;
  const { outcome } = await session.tries(attempt, (sight) => {
    if (isUnseen(sight)) return false;
    whole = sight;
    const bad = failed(sight);
    if (bad) failures += 1;
    return bad;
  });
  return { outcome: isUnseen(outcome) ? (whole ?? outcome) : outcome, failedTries: failures };
}
