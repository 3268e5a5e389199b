import type { Succession, Unit } from "./unit.ts";

/**
 * What became of districts, which have no successors of their own level: the communes that their communes went into;
 * wholly where all of all of them went into one. Districts that are told of themselves are left out.
 */
export function districtSuccessions(
  units: readonly Unit[],
  successions: readonly Succession[],
): Succession[] {
  const bySource = Map.groupBy(successions, ({ from }) => from);
  const communes = Map.groupBy(
    units.filter(({ districtId }) => districtId !== null),
    ({ districtId }) => districtId ?? 0,
  );
  return [...communes].flatMap(([district, members]) =>
    bySource.has(district)
      ? []
      : ofOne(
          district,
          members.flatMap(({ id }) => bySource.get(id) ?? []),
        ),
  );
}

function ofOne(district: number, parts: readonly Succession[]): Succession[] {
  const byTarget = Map.groupBy(parts, ({ to }) => to);
  const isWhole = byTarget.size === 1 && parts.every(({ part }) => part === "whole");
  return [...byTarget].flatMap(([to, [first]]) =>
    first === undefined
      ? []
      : [
          {
            effective: first.effective,
            kind: isWhole ? ("merge" as const) : ("split" as const),
            from: district,
            to,
            part: isWhole ? ("whole" as const) : ("split" as const),
            share: null,
          },
        ],
  );
}
