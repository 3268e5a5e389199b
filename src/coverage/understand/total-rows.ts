import type { TotalRow } from "../contract.ts";
import type { Context } from "./context.ts";
import { isProvinceName } from "./province-names.ts";
import { readRow } from "./read-row.ts";
import type { RawTotal } from "./sheet-scan.ts";
import type { SheetSurvey } from "./sheet-survey.ts";
import { namedProvince } from "./unit-code.ts";

/**
 * The rows of a sheet that add others up. A bare `Tổng cộng` is of all rows of its sheet; where there are several such
 * rows, of the rows above it, as one of a district is, unless the last one is called otherwise.
 */
export function totalRows(survey: SheetSurvey, context: Context): readonly TotalRow[] {
  const { totals, provinces } = survey.scan;
  const bare = totals.filter(({ of }) => of === "sheet");
  const whole = wholeOf(bare);
  return totals.map((total): TotalRow => {
    const { sheet, number, place, figures, faults } = readRow(total.row, survey, context);
    const level = total.of === "sheet" ? (total === whole ? "sheet" : "district") : total.of;
    const one = provinces.size === 1;
    const ownProvince = total.of === "province";
    const called = ownProvince ? provinceIn(total.label, context) : null;
    return {
      sheet,
      number,
      level: level === "sheet" ? (provinces.size > 1 ? "country" : "province") : level,
      provinceCode: ownProvince || one ? place.provinceCode : null,
      provinceName: ownProvince || one ? (place.provinceName ?? called) : null,
      // A total that can't be read surely is no evidence against its rows.
      figures: faults.some(({ severity }) => severity !== "warn") ? [] : figures,
    };
  });
}

/** The province that a total is called after: `Tỉnh Cao Bằng`, `Cao Bằng`; none in `Toàn tỉnh`. */
function provinceIn(label: string, { register, settings }: Context): string | null {
  const name = namedProvince(label, register.units, settings.today) ?? label;
  return isProvinceName(name, register.units) ? name : null;
}

function wholeOf(bare: readonly RawTotal[]): RawTotal | undefined {
  const last = bare.at(-1);
  const others = bare.slice(0, -1).map(({ label }) => label.toLowerCase());
  return last !== undefined && others.includes(last.label.toLowerCase()) ? undefined : last;
}
