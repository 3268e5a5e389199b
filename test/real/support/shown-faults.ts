import type { PanelJson } from "../../support/dashboards/boards.ts";
import type { Shown } from "./shown.ts";

/** The columns that a table declares, in their order; null where it declares none. */
function declaredColumns({ transformations = [] }: PanelJson): string[] | null {
  const organize = transformations.findLast(({ id }) => id === "organize");
  if (!organize) return null;
  const { indexByName = {}, renameByName = {} } = organize.options as {
    indexByName?: Record<string, number>;
    renameByName?: Record<string, string>;
  };
  return Object.entries(indexByName)
    .toSorted(([, one], [, other]) => one - other)
    .map(([name]) => renameByName[name] ?? name);
}

/** What is wrong with a panel as it is shown: columns that differ, overrides of nothing, units that are none. */
export function shownFaults(panel: PanelJson, shown: Shown, units: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const columns = shown.complete ? declaredColumns(panel) : null;
  const [table] = shown.frames;
  if (columns && panel.type === "table" && table && table.length > 0) {
    if (JSON.stringify(shown.names) !== JSON.stringify(columns))
      faults.push(`its columns are ${shown.names.join(", ")} instead of ${columns.join(", ")}`);
  }
  for (const { matcher } of panel.fieldConfig?.overrides ?? []) {
    const isThere =
      matcher.id === "byName"
        ? shown.names.includes(String(matcher.options))
        : matcher.id !== "byFrameRefID" ||
          (panel.targets ?? []).some(({ refId }) => refId === matcher.options);
    if (!isThere && shown.complete)
      faults.push(`an override is of ${String(matcher.options)}, which is not there`);
  }
  for (const { config } of shown.frames.flatMap(({ fields }) => fields)) {
    const { unit } = config;
    if (typeof unit === "string" && !units.has(unit) && !/^\w+:/.test(unit))
      faults.push(`the unit ${unit} is none`);
  }
  return faults;
}
