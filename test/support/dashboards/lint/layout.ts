import type { PanelJson } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

/** Grafana's grid. */
const WIDTH = 24;

/** More than so many panels at once are not read, and each of them asks. */
const MAX_OPEN = 12;

/** Panels lie beside each other inside the grid, few are open, rows are folded, and nothing is repeated per value. */
export const layout: BoardRule = ({ panels }) => {
  const rows = panels.filter(({ type }) => type === "row");
  const open = panels.filter(({ type }) => type !== "row");
  const faults = [panels, ...rows.map(({ panels: inside = [] }) => inside)].flatMap(overlaps);
  if (open.length > MAX_OPEN) faults.push(`${open.length} panels are open`);
  for (const { title, collapsed, panels: inside = [] } of rows) {
    if (collapsed !== true) faults.push(`the row "${title}" is not folded`);
    if (inside.length === 0) faults.push(`the row "${title}" is empty`);
  }
  for (const { title, repeat } of [...panels, ...rows.flatMap((row) => row.panels ?? [])])
    if (repeat !== undefined) faults.push(`"${title}" is repeated for each ${repeat}`);
  return faults;
};

function overlaps(panels: readonly PanelJson[]): string[] {
  return panels.flatMap((one, index) => {
    const place = one.gridPos;
    if (!place || place.x < 0 || place.y < 0 || place.x + place.w > WIDTH || place.w * place.h < 1)
      return [`"${one.title}" is outside the grid`];
    return panels
      .slice(index + 1)
      .filter(({ gridPos }) => gridPos && meet(place, gridPos))
      .map(({ title }) => `"${one.title}" lies over "${title}"`);
  });
}

type Place = NonNullable<PanelJson["gridPos"]>;

function meet(one: Place, other: Place): boolean {
  return (
    one.x < other.x + other.w &&
    other.x < one.x + one.w &&
    one.y < other.y + other.h &&
    other.y < one.y + one.h
  );
}
