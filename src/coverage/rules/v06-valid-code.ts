import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import type { Succession, Unit } from "../../domain/units/unit.ts";
import { isThere } from "../../domain/units/unit-book.ts";
import { labelOf, presentProvince, type Place } from "./place.ts";
import type { RowRule } from "./rule.ts";
import type { Scene } from "./scene.ts";
import { isLostCode } from "./v05-known-code.ts";

/** V06: the unit with this code (or name) is there on the day whose units count; if not, what became of it. */
export const v06: RowRule = {
  id: "V06",
  needsPlace: false,
  judge: ({ place, row }, { scene }) => {
    const { stated, day, unit } = place;
    if (unit !== null || day === null || place.named.length > 0 || isLostCode(row)) return [];
    const byCode = stated.code !== null;
    const known =
      byCode || stated.level === "country" ? place.holders : formerNamesakes(place, scene);
    if (known.length === 0) return [];
    return [
      {
        severity: "reject_row",
        detail: tell(known, day, scene),
        column: scene.headerOf(row.sheet, `${stated.level}_${byCode ? "code" : "name"}`),
        value: byCode ? stated.code : stated.name,
      },
    ];
  },
};

/** Units of other times with the row's name, in its province where that is known. */
export function formerNamesakes(
  { stated, province, assumed, day }: Place,
  scene: Scene,
): readonly Unit[] {
  if (stated.name === null || day === null) return [];
  const called = scene.names
    .called(stated.level, stated.name)
    .filter((each) => !isThere(each, day));
  const { units } = scene.register;
  if (stated.level !== "commune") return called;
  if (assumed !== null) {
    return called.filter((each) => presentProvince(each, scene)?.id === assumed.id);
  }
  if (province === null) return called;
  return called.filter((each) =>
    units.attributesOf(each.id).some(({ parentId }) => {
      const parent = parentId === null ? undefined : units.byId(parentId);
      return parent?.code === province.code;
    }),
  );
}

function tell(known: readonly Unit[], day: string, scene: Scene): FaultDetail {
  const ended = known.findLast(({ validTo }) => validTo !== null && validTo <= day);
  const { units } = scene.register;
  if (ended) {
    const heirs = units.successors(ended.id);
    return {
      code: "abolished",
      day,
      unit: labelOf(ended, scene),
      ended: ended.validTo,
      ...sides(heirs, ({ to }) => to, scene),
    };
  }
  const [first] = known;
  if (!first) throw new Error("a unit that is not there on the day was expected");
  return {
    code: "not_yet",
    day,
    unit: labelOf(first, scene),
    began: first.validFrom,
    ...sides(units.predecessors(first.id), ({ from }) => from, scene),
  };
}

/** Which units stand on the other side of the change: those that are whole in it, and those of which a part is. */
function sides(
  successions: readonly Succession[],
  other: (succession: Succession) => number,
  scene: Scene,
) {
  const labels = (part: Succession["part"]) =>
    successions.flatMap((each) => {
      const unit = each.part === part ? scene.register.units.byId(other(each)) : undefined;
      return unit ? [labelOf(unit, scene)] : [];
    });
  return { whole: labels("whole"), split: labels("split") };
}
