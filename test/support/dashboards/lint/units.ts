import * as UNITS from "@grafana/grafana-foundation-sdk/units";
import { panelsOf } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

const KNOWN: ReadonlySet<unknown> = new Set(Object.values(UNITS));

/** Grafana takes a unit of these forms beside its list: `time:YYYY`, `suffix: portals` and the like. */
const OWN_FORM = /^(?:prefix|suffix|time|si|count|currency|bool):.+/;

/** Whether Grafana knows a unit; of one that it does not know it shows the name behind the number. */
function isUnit(unit: unknown): boolean {
  return KNOWN.has(unit) || (typeof unit === "string" && OWN_FORM.test(unit));
}

/** Every panel has a unit that Grafana knows, and so has every override that sets one. */
export const units: BoardRule = (board) =>
  panelsOf(board).flatMap(({ id, title, fieldConfig }) => {
    const set = (fieldConfig?.overrides ?? [])
      .flatMap(({ properties }) => properties)
      .filter((property) => property.id === "unit");
    return [fieldConfig?.defaults.unit, ...set.map(({ value }) => value)]
      .filter((unit) => !isUnit(unit))
      .map((unit) => `panel ${id} "${title}": the unit ${String(unit)} is none`);
  });
