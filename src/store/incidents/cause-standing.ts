import type { IncidentChange, IncidentFacts } from "../../domain/incident/change.ts";
import { worseSeverity } from "../../domain/incident/kinds.ts";
import { applyChanges } from "./apply-changes.ts";
import { incidentFacts } from "./open-incidents.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";

/**
 * Lets common causes become as urgent and as wide as their worst part, also one that joined later or got worse since:
 * they speak for it. They never become milder, so that what goes up and down is told once.
 */
export async function worsenCauses(round: Round, rows: readonly OpenRow[]): Promise<void> {
  const { trx, now } = round;
  const open = rows.filter(({ resolved_at: ended }) => ended === null);
  const parts = Map.groupBy(open, ({ parent_id: parent }) => parent);
  const changes = open.flatMap((row) => {
    const before = { ...incidentFacts(row), id: row.id };
    const incident = (parts.get(row.id) ?? []).map(incidentFacts).reduce(withPart, before);
    const reason = (["scope", "family", "severity"] as const)
      .filter((name) => incident[name] !== before[name])
      .join(",");
    return reason === ""
      ? []
      : [{ type: "change", at: now, id: row.id, incident, reason } satisfies IncidentChange];
  });
  round.note(await applyChanges(trx, changes, now));
}

function withPart<Facts extends IncidentFacts>(whole: Facts, part: IncidentFacts): Facts {
  return {
    ...whole,
    severity: worseSeverity(whole.severity, part.severity),
    scope: part.scope === "whole" ? "whole" : whole.scope,
    family: part.family === whole.family ? whole.family : null,
  };
}
