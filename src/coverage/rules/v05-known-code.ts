import type { Finding } from "./finding.ts";
import type { RowRule } from "./rule.ts";
import { labelOf, type Place } from "./place.ts";
import { isThere } from "../../domain/units/unit-book.ts";
import type { Scene } from "./scene.ts";
import type { RowView } from "./row-view.ts";

const FORM = { country: /^VN$/, province: /^\d{2}$/, commune: /^\d{5}$/ };
const DIGITS = { country: 0, province: 2, commune: 5 };

/** V05: the code is one that a unit of this level has or had. */
export const v05: RowRule = {
  id: "V05",
  needsPlace: false,
  judge: (view, { scene }) => {
    const { stated, holders, day } = view.place;
    const { level, name } = stated;
    const code = level === "country" ? "VN" : stated.code;
    if (holders.length > 0 || isLostCode(view.row)) return [];
    if (code === null) return name === null ? [refusal(view, scene, { code: "no_place" })] : [];
    if (!FORM[level].test(code)) {
      return [refusal(view, scene, { code: "not_a_code", digits: DIGITS[level] })];
    }
    const meant = name === null || day === null ? [] : meantUnits(view.place, scene);
    return [refusal(view, scene, { code: "unknown_code", name, meant })];
  },
};

/** Whether the row's code is too short to be one, which V10 told when it was read: with zeros it is nobody's word. */
export function isLostCode({ faults }: RowView["row"]): boolean {
  return faults.some(({ rule, severity }) => rule === "V10" && severity === "reject_row");
}

/** Units of the day that have the row's name, in its province if it states one. */
export function meantUnits(place: Place, scene: Scene): readonly string[] {
  const { stated, day, province } = place;
  if (stated.name === null || day === null) return [];
  const there = scene.names.called(stated.level, stated.name).filter((each) => isThere(each, day));
  const parent = (id: number) => scene.register.units.attributesOn(id, day).parentId;
  const near = there.filter(({ id }) => province !== null && parent(id) === province.id);
  return (near.length > 0 ? near : there).slice(0, 5).map((each) => labelOf(each, scene, day));
}

function refusal(view: RowView, scene: Scene, detail: Finding["detail"]): Finding {
  const { stated } = view.place;
  return {
    severity: "reject_row",
    detail,
    column: scene.headerOf(view.row.sheet, `${stated.level}_code`),
    value: stated.codeAsWritten ?? stated.code,
  };
}
