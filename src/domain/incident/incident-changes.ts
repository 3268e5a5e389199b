import { FAILURES, type FailureKind, reasonOf } from "../failure.ts";
import type { EndedIncident, IncidentChange, IncidentFacts, OpenIncident } from "./change.ts";
import type { Verdict } from "./condition-verdict.ts";
import { factsOf, type FactSources, vantagesOf } from "./incident-facts.ts";

type BadVerdict = Extract<Verdict, { type: "bad" }>;

/** An incident begins, or one that ended a short while ago goes on; null where that end has not been contradicted. */
export function beginning(
  verdict: BadVerdict,
  sources: FactSources,
  ended: EndedIncident | null,
  reopenWithinMs: number,
): IncidentChange | null {
  const { at } = sources.view;
  const incident = factsOf(verdict, sources);
  if (ended === null) return { type: "open", at, incident };
  // Ended by hand while it was still down: only what fails after that says otherwise.
  if (incident.lastBadAt <= ended.resolvedAt) return null;
  if (at - ended.resolvedAt > reopenWithinMs) return { type: "open", at, incident };
  const openedAt = Math.min(ended.openedAt, incident.openedAt);
  return { type: "reopen", at, id: ended.id, incident: { ...incident, openedAt } };
}

/** An open incident becomes another one in something that is told; null where it does not. */
export function changing(
  verdict: Verdict,
  sources: FactSources,
  open: OpenIncident,
): IncidentChange | null {
  const { id, ...was } = open;
  const is = verdict.type === "bad" ? changedFacts(was, verdict, sources) : kept(was, sources);
  const reasons = differences(was, is);
  if (reasons.length === 0) return null;
  return { type: "change", at: sources.view.at, id, incident: is, reason: reasons.join(",") };
}

function kept(was: IncidentFacts, { view, kind, flapping }: FactSources): IncidentFacts {
  return { ...was, severity: view.severityOf(kind, was.scope, view.portalKind), flapping };
}

function changedFacts(
  was: IncidentFacts,
  verdict: BadVerdict,
  sources: FactSources,
): IncidentFacts {
  const is = factsOf(verdict, sources);
  return {
    ...is,
    openedAt: Math.min(was.openedAt, is.openedAt),
    confirmedAt: was.confirmedAt,
    lastBadAt: Math.max(was.lastBadAt, is.lastBadAt),
    cause: isCauseOf(verdict, was.cause) ? was.cause : is.cause,
    confirmation: {
      ...was.confirmation,
      vantages: [
        ...new Set([...was.confirmation.vantages, ...vantagesOf(verdict.sights)]),
      ].toSorted((a, b) => a - b),
    },
  };
}

/** Whether somebody still sees the cause that is known, or one of its group: then it is not called another one. */
function isCauseOf({ cause, sights, condition }: BadVerdict, known: string): boolean {
  if (cause !== null) return cause === known;
  return sights.some(({ track }) => groupOf(track.conditions[condition].cause) === groupOf(known));
}

function groupOf(cause: string | null): string | null {
  return cause !== null && cause in FAILURES ? reasonOf(cause as FailureKind) : cause;
}

function differences(was: IncidentFacts, is: IncidentFacts): readonly string[] {
  const reasons = (["scope", "family", "severity", "cause"] as const)
    .filter((each) => was[each] !== is[each])
    .map((each): string => each);
  if (was.flapping !== is.flapping) {
    reasons.push(is.flapping ? "flapping_began" : "flapping_ended");
  }
  return reasons;
}

/** An open incident ends with the first good run after the last bad one, the latest over those who saw it. */
export function ending(
  { view, judgements }: FactSources,
  open: OpenIncident,
  condition: BadVerdict["condition"],
  closeAfter: number,
): IncidentChange {
  const sights = judgements
    .flatMap(({ eligible }) => eligible)
    .map(({ track }) => track.conditions[condition])
    .filter(({ lastBadAt }) => lastBadAt !== null && lastBadAt >= open.openedAt);
  // One lost packet of the other family meanwhile is no part of it; while flapping everything is.
  const confirmed = sights.filter(({ good }) => good >= closeAfter);
  const counted = open.flapping || confirmed.length === 0 ? sights : confirmed;
  const goodAt = counted.flatMap(({ firstGoodAt }) => firstGoodAt ?? []);
  const resolvedAt = Math.max(open.openedAt, ...(goodAt.length > 0 ? goodAt : [view.at]));
  return { type: "resolve", at: view.at, id: open.id, resolvedAt, closedBy: "recovered" };
}
