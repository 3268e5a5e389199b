import type { Unit } from "../../domain/units/unit.ts";
import { labelOf, presentProvince } from "./place.ts";
import type { Finding } from "./finding.ts";
import type { RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";
import type { Scene } from "./scene.ts";
import { resemblesOnly } from "./v19-spelling.ts";

/** V09: the province is one of its day, its code and name agree, and the commune lies in it. */
export const v09: RowRule = {
  id: "V09",
  needsPlace: false,
  judge: (view, { scene }) => {
    const { place } = view;
    const own =
      place.stated.level === "province" ? provinceRow(view, scene) : communeRow(view, scene);
    return [...own, ...limit(view, scene)];
  },
};

/** A row that is of a province: its code and name are the place itself. */
function provinceRow({ place, row }: RowView, scene: Scene): readonly Finding[] {
  const { stated, unit } = place;
  if (unit === null || stated.name === null || place.nameFits !== false) return [];
  if (resemblesOnly(unit, stated.name, scene)) return [];
  return [disagreement(unit, stated.name, scene, row.sheet)];
}

function communeRow({ place, row }: RowView, scene: Scene): readonly Finding[] {
  const { stated, province, unitProvince, day } = place;
  if (stated.level !== "commune" || day === null) return [];
  if (stated.provinceCode === null && stated.provinceName === null) return [];
  if (province === null) return [unknown({ place, row }, scene)];
  if (stated.provinceName !== null && place.provinceNameFits === false) {
    if (resemblesOnly(province, stated.provinceName, scene)) return [];
    return [disagreement(province, stated.provinceName, scene, row.sheet)];
  }
  if (unitProvince === null || unitProvince.id === province.id || place.unit === null) return [];
  const facts = {
    unit: labelOf(place.unit, scene, day),
    stated: labelOf(province, scene, day),
    actual: labelOf(unitProvince, scene, day),
  };
  return [{ ...where(row.sheet, stated, scene), ...reject({ code: "other_province", ...facts }) }];
}

function unknown({ place, row }: Pick<RowView, "place" | "row">, scene: Scene): Finding {
  const { stated, day } = place;
  const { units } = scene.register;
  const ever =
    stated.provinceCode !== null
      ? units.withCode("province", stated.provinceCode)
      : scene.names.called("province", stated.provinceName ?? "");
  const [former] = ever.toReversed();
  const facts = {
    day,
    former: former ? labelOf(former, scene) : null,
    successors: former
      ? units.successors(former.id).flatMap(({ to }) => label(units.byId(to), scene))
      : [],
  };
  const code = former ? "former_province" : "unknown_province";
  return { ...where(row.sheet, stated, scene), ...reject({ code, ...facts }) };
}

/** The code is a province's, the name another's; seven codes went to another province in July 2025. */
function disagreement(province: Unit, name: string, scene: Scene, sheet: string | null): Finding {
  const former = scene.register.units
    .withCode("province", province.code)
    .find((each) => each !== province && scene.names.hasName(each, name));
  const facts = { province: labelOf(province, scene), name, until: former?.validTo ?? null };
  return {
    ...reject({ code: former ? "reused_code" : "code_and_name", ...facts }),
    column: scene.headerOf(sheet, "province_name"),
    value: name,
  };
}

/** A key that is limited to a province writes that one only, its former communes included. */
function limit({ place, row }: RowView, scene: Scene): readonly Finding[] {
  const { onlyProvince } = scene.settings;
  if (onlyProvince === null || place.unit === null) return [];
  const province = presentProvince(place.unit, scene);
  if (province?.code === onlyProvince) return [];
  const facts = { only: onlyProvince, actual: province ? labelOf(province, scene) : null };
  return [
    {
      ...where(row.sheet, place.stated, scene),
      ...reject({ code: "not_your_province", ...facts }),
    },
  ];
}

function label(unit: Unit | undefined, scene: Scene): readonly string[] {
  return unit ? [labelOf(unit, scene)] : [];
}

function reject(detail: Finding["detail"]) {
  return { severity: "reject_row", detail } as const;
}

function where(sheet: string | null, stated: RowView["place"]["stated"], scene: Scene) {
  const byCode = stated.provinceCode !== null;
  return {
    column: scene.headerOf(sheet, byCode ? "province_code" : "province_name"),
    value: byCode ? stated.provinceCode : stated.provinceName,
  };
}
