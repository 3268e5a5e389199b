import { must, readRows } from "../../../../seeds/seed-rows.ts";
import type {
  AdminLevel,
  Unit,
  UnitAttributes,
  UnitBook,
} from "../../../../src/domain/units/unit.ts";
import { createUnitBook } from "../../../../src/domain/units/unit-book.ts";
import { readName } from "../../../../src/domain/units/unit-name.ts";

const LONG_AGO = "2004-01-01";
const MERGER = "2025-07-01";

/** A row of a list of units, as lists go round. */
export interface ListedUnit {
  readonly code: string;
  readonly name: string;
  readonly province: string;
}

/** All units of both vintages, from the lists themselves, without what became of them. */
export async function realUnits(): Promise<{
  readonly book: UnitBook;
  readonly before: readonly ListedUnit[];
  readonly now: readonly ListedUnit[];
}> {
  const units: Unit[] = [];
  const attributes: UnitAttributes[] = [];
  const add = (
    level: AdminLevel,
    unit: { code: string; name: string },
    parentId: number | null,
    old: boolean,
  ) => {
    const days = old
      ? { validFrom: LONG_AGO, validTo: MERGER }
      : { validFrom: MERGER, validTo: null };
    const id = units.length + 1;
    units.push({ id, level, code: unit.code, ...days, beginKnown: !old, districtId: null });
    const { type } = readName(unit.name);
    const nameVi = unit.name.slice((type ?? "").length).trim();
    const named = { nameVi, nameViAlt: null, fullNameVi: unit.name, type: type ?? "" };
    attributes.push({ unitId: id, ...days, ...named, parentId });
    return id;
  };
  const listed = async (file: string): Promise<ListedUnit[]> =>
    (await readRows(file)).map((row) => ({
      code: must(row, "code"),
      name: must(row, "full_name_vi"),
      province: row["province_code"] ?? "",
    }));
  const all = async (provinces: string, communes: string, old: boolean) => {
    const ids = new Map(
      (await listed(provinces)).map((each) => [each.code, add("province", each, null, old)]),
    );
    const found = await listed(communes);
    for (const each of found) add("commune", each, ids.get(each.province) ?? null, old);
    return found;
  };
  const before = await all("legacy_provinces_63.csv", "legacy_communes_10035.csv", true);
  const now = await all("provinces.csv", "communes.csv", false);
  return { book: createUnitBook({ units, attributes, successions: [] }), before, now };
}
