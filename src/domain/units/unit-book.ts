import type { Day } from "../calendar.ts";
import { districtSuccessions } from "./district-successions.ts";
import type { AdminLevel, Succession, Unit, UnitAttributes, UnitBook } from "./unit.ts";

/** All units, their names and what became of them, in any order. */
export interface UnitRows {
  readonly units: readonly Unit[];
  readonly attributes: readonly UnitAttributes[];
  readonly successions: readonly Succession[];
}

/** Makes the book of these units; it does not see later changes of the rows. */
export function createUnitBook({ units, attributes, successions }: UnitRows): UnitBook {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const byLevel = Map.groupBy(units.toSorted(byFirstDay), ({ level }) => level);
  const byCode = new Map(
    [...byLevel].map(([level, those]) => [level, Map.groupBy(those, ({ code }) => code)]),
  );
  const names = Map.groupBy(attributes.toSorted(byFirstDay), ({ unitId }) => unitId);
  const derived = districtSuccessions(units, successions);
  const successors = Map.groupBy([...successions, ...derived], ({ from }) => from);
  const predecessors = Map.groupBy(successions, ({ to }) => to);
  const boundariesOf = boundariesByLevel(byId, attributes);
  const lists = new Map<string, readonly Unit[]>();

  const attributesOf = (id: number) => names.get(id) ?? [];
  const withCode = (level: AdminLevel, code: string) => byCode.get(level)?.get(code) ?? [];

  return {
    byId: (id) => byId.get(id),
    on: (level, code, day) => withCode(level, code).find((unit) => isThere(unit, day)),
    withCode,
    allOn: (level, day) => {
      // Between two boundaries the list is the same.
      const since = (boundariesOf.get(level) ?? []).findLast((boundary) => boundary <= day);
      const key = `${level} ${since ?? ""}`;
      const known = lists.get(key);
      if (known) return known;
      const list = units
        .filter((unit) => unit.level === level && isThere(unit, day))
        .toSorted((one, other) => compare(one.code, other.code));
      lists.set(key, list);
      return list;
    },
    attributesOn: (unitId, day) => {
      const all = attributesOf(unitId);
      const found = all.findLast(({ validFrom }) => validFrom <= day) ?? all[0];
      if (!found) throw new Error(`Unit ${unitId} has no name`);
      return found;
    },
    attributesOf,
    successors: (unitId) => successors.get(unitId) ?? [],
    predecessors: (unitId) => predecessors.get(unitId) ?? [],
    boundaries: [...new Set([...boundariesOf.values()].flat())].toSorted(compare),
    boundariesOf: (level) => boundariesOf.get(level) ?? [],
  };
}

/** Whether a unit is there on a day. */
export function isThere(unit: Pick<Unit, "validFrom" | "validTo">, day: Day): boolean {
  return unit.validFrom <= day && (unit.validTo === null || day < unit.validTo);
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

function byFirstDay(one: { readonly validFrom: Day }, other: { readonly validFrom: Day }): number {
  return compare(one.validFrom, other.validFrom);
}

function boundariesByLevel(
  units: ReadonlyMap<number, Unit>,
  attributes: readonly UnitAttributes[],
): Map<AdminLevel, readonly Day[]> {
  const days = new Map<AdminLevel, Set<Day>>();
  const note = (level: AdminLevel, spans: { validFrom: Day; validTo: Day | null }) => {
    const found = days.get(level) ?? new Set();
    days.set(level, found.add(spans.validFrom));
    if (spans.validTo !== null) found.add(spans.validTo);
  };
  for (const unit of units.values()) note(unit.level, unit);
  for (const row of attributes) {
    const unit = units.get(row.unitId);
    if (unit) note(unit.level, row);
  }
  return new Map([...days].map(([level, found]) => [level, [...found].toSorted(compare)]));
}
