import type { Unit } from "../../domain/units/unit.ts";
import { isThere } from "../../domain/units/unit-book.ts";
import { enclosingProvince, labelOf, type Place, presentProvince } from "./place.ts";
import type { Finding } from "./finding.ts";
import type { RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";
import type { Scene } from "./scene.ts";
import { formerNamesakes } from "./v06-valid-code.ts";

/**
 * V19: names are compared with their accents. What is the same without them is only ever suggested: eight full names
 * would be two communes of one province.
 */
export const v19: RowRule = {
  id: "V19",
  needsPlace: false,
  judge: (view, { scene }) => [
    ...byName(view, scene),
    ...besideCode(view, scene),
    ...province(view, scene),
  ],
};

/** Whether the name beside the code is the unit's but for its accents. */
export function onlyAccentsDiffer({ unit, stated, nameFits }: Place, scene: Scene): boolean {
  return unit !== null && stated.name !== null && nameFits === false
    ? resemblesOnly(unit, stated.name, scene)
    : false;
}

/** Whether a name is the unit's without accents. */
export function resemblesOnly(unit: Unit, name: string, scene: Scene): boolean {
  const { level } = unit;
  if (level === "district" || scene.names.hasName(unit, name)) return false;
  return scene.names.resembling(level, name).includes(unit);
}

/** No code: the name has to say which unit it is. */
function byName({ place, row }: RowView, scene: Scene): readonly Finding[] {
  const { stated, day, named, unit, province, assumed } = place;
  const { level, name } = stated;
  if (level === "country" || stated.code !== null || name === null) return [];
  if (unit !== null || day === null) return [];
  const here = { column: scene.headerOf(row.sheet, `${level}_name`), value: name };
  if (named.length > 1) {
    return [{ ...reject("ambiguous_name", labels(named, scene, day)), ...here }];
  }
  // Of those V06 says what became of them.
  if (formerNamesakes(place, scene).length > 0) return [];
  const within = province ?? assumed;
  const near = scene.names.resembling(level, name).filter(
    (each) =>
      isThere(each, day) &&
      // A province of today may be assumed for units of another time.
      (within === null ||
        enclosingProvince(each, day, scene)?.id === within.id ||
        presentProvince(each, scene)?.id === assumed?.id),
  );
  return [{ ...reject(likeness(near, name, scene), labels(near, scene, day)), ...here }];
}

function besideCode({ place, row }: RowView, scene: Scene): readonly Finding[] {
  const { unit, stated, day } = place;
  if (unit === null || day === null || !onlyAccentsDiffer(place, scene)) return [];
  const column = scene.headerOf(row.sheet, `${stated.level}_name`);
  const code = likeness([unit], stated.name ?? "", scene);
  return [{ ...reject(code, labels([unit], scene, day)), column, value: stated.name }];
}

/** In what a name differs from the units that it resembles: in the type (xã, phường), or in accents. */
function likeness(near: readonly Unit[], name: string, scene: Scene): string {
  if (near.length === 0) return "unknown_name";
  return near.some((unit) => scene.names.hasOtherType(unit, name)) ? "other_type" : "accents";
}

function province({ place, row }: RowView, scene: Scene): readonly Finding[] {
  const { province: found, stated, day } = place;
  if (found === null || stated.provinceName === null || day === null) return [];
  if (!resemblesOnly(found, stated.provinceName, scene)) return [];
  const column = scene.headerOf(row.sheet, "province_name");
  return [
    { ...reject("accents", labels([found], scene, day)), column, value: stated.provinceName },
  ];
}

function labels(units: readonly Unit[], scene: Scene, day: string): readonly string[] {
  return units.slice(0, 5).map((each) => labelOf(each, scene, day));
}

function reject(code: string, meant: readonly string[]) {
  return { severity: "reject_row", detail: { code, meant } } as const;
}
