import { signsOf } from "../domain/incident/condition-signs.ts";
import type { ProbeResult } from "../domain/observation.ts";

/**
 * What a run says is wrong, of what is confirmed at once: the portal can't be reached or says the wrong thing, its
 * certificate is bad, or a resolver could not resolve its name. Each is an incident of its own.
 */
export type Trouble = "reach" | "certificate" | "name";

const TROUBLES: readonly Trouble[] = ["reach", "certificate", "name"];

/** What a run says; null: nothing about the portal. */
export function troubleOf({ outcome, failure, status }: ProbeResult): Trouble | "none" | null {
  const signs = signsOf({ outcome, failure: failure?.kind ?? null, status });
  if (signs === null) return null;
  return TROUBLES.find((trouble) => signs[trouble] === "bad") ?? "none";
}
