import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import type { SumUnit, UnitsOnDay } from "./units-on.ts";

/** A unit that a sum is wanted for, and the units that it is added up from (itself, where it has no parts). */
export interface UnitGroup {
  readonly unit: SumUnit;
  readonly members: readonly number[];
}

/** Which units. */
export interface GroupFilter {
  readonly level: UnitLevel;
  /** Code of a province: it alone, or its communes. */
  readonly province?: string | undefined;
  readonly unit?: string | undefined;
}

/** The units of a level with their parts of the level that is reported; none where the unit is below that level. */
export function groupsOf(
  units: UnitsOnDay,
  lowest: UnitLevel,
  { level, province, unit: code }: GroupFilter,
): UnitGroup[] {
  const membersOf = partsBy(units.all, lowest);
  return units.all
    .filter(
      (unit) =>
        unit.level === level &&
        (code === undefined || unit.code === code) &&
        (province === undefined || provinceOf(unit, units)?.code === province),
    )
    .map((unit) => ({ unit, members: membersOf(unit) }));
}

/** The province that a unit is or lies in; undefined for the country. */
export function provinceOf(unit: SumUnit, units: UnitsOnDay): SumUnit | undefined {
  if (unit.level === "province") return unit;
  return unit.parent_id === null ? undefined : units.byId.get(unit.parent_id);
}

function partsBy(all: readonly SumUnit[], lowest: UnitLevel) {
  const parts = all.filter(({ level }) => level === lowest);
  const ids = parts.map(({ id }) => id);
  const byParent = Map.groupBy(parts, ({ parent_id }) => parent_id);
  return (unit: SumUnit): readonly number[] => {
    if (unit.level === lowest) return [unit.id];
    if (unit.level === "country") return ids;
    return (byParent.get(unit.id) ?? []).map(({ id }) => id);
  };
}
