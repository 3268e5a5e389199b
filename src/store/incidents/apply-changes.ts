import type { IncidentChange } from "../../domain/incident/change.ts";
import type { Database } from "../database.ts";
import { changeIncidents } from "./change-incidents.ts";
import type { ChangeOf } from "./incident-values.ts";
import { openNew } from "./open-new.ts";
import { reopenEnded } from "./reopen-ended.ts";
import { resolveOpen } from "./resolve-open.ts";
import { type TimelineEntry, writeTimeline } from "./timeline.ts";

/**
 * Makes decided changes true, each with a line of its timeline; returns the numbers of the incidents that changed. What
 * another process did first (opened the same, resolved it, went on with it) changes nothing and is no error. `trx` is a
 * transaction that holds `lockIncidents`; `now` is in milliseconds since the epoch.
 */
export async function applyChanges(
  trx: Database,
  changes: readonly IncidentChange[],
  now: number,
): Promise<number[]> {
  const of = <Type extends IncidentChange["type"]>(type: Type) =>
    changes.filter((change): change is ChangeOf<Type> => change.type === type);
  // What ends makes room for what opens about the same.
  const entries: TimelineEntry[] = [
    ...(await changeIncidents(trx, of("change"), now)),
    ...(await resolveOpen(trx, of("resolve"), now)),
    ...(await reopenEnded(trx, of("reopen"), now)),
    ...(await openNew(trx, of("open"), now)),
  ];
  await writeTimeline(trx, entries, now);
  return [...new Set(entries.map(({ incident }) => incident))];
}
