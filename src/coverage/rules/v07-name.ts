import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import { labelOf, type Place } from "./place.ts";
import type { RowRule } from "./rule.ts";
import type { Scene } from "./scene.ts";
import { isLostCode, meantUnits } from "./v05-known-code.ts";
import { onlyAccentsDiffer } from "./v19-spelling.ts";

/** V07: the name beside a commune's code is that commune's, and not another's: shifted rows, or an old list. */
export const v07: RowRule = {
  id: "V07",
  needsPlace: false,
  judge: ({ place, row }, { scene }) => {
    if (place.stated.level !== "commune" || place.nameFits !== false) return [];
    if (onlyAccentsDiffer(place, scene) || isLostCode(row)) return [];
    return [
      {
        severity: "reject_row",
        detail: tell(place, scene),
        column: scene.headerOf(row.sheet, "commune_name"),
        value: place.stated.name,
      },
    ];
  },
};

function tell(place: Place, scene: Scene): FaultDetail {
  const { stated, unit, day } = place;
  const name = stated.name ?? "";
  const here = unit === null ? "" : labelOf(unit, scene, day ?? undefined);
  const former = place.holders.find((each) => each !== unit && scene.names.hasName(each, name));
  if (former) {
    const facts = { name, unit: here, former: labelOf(former, scene), until: former.validTo };
    return { code: "former_unit", ...facts };
  }
  const meant = meantUnits(place, scene);
  return { code: meant.length > 0 ? "other_unit" : "unknown_name", name, unit: here, meant };
}
