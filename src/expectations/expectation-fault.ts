import type { Expectation } from "../domain/portal.ts";
import { parseStatus } from "../domain/status-set.ts";
import { matcherFor } from "./match-body.ts";

/** One sentence on what is wrong with an expectation, or null if runs can be measured by it. */
export function expectationFault(expectation: Expectation): string | null {
  const status = expectation.status?.find((pattern) => parseStatus(pattern) === null);
  if (status !== undefined) return `not a status code, class (2xx) or range (200-204): ${status}`;
  try {
    matcherFor(expectation);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
