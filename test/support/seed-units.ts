import {
  HUE,
  LEGACY_PROVINCES_VALID_FROM,
  LEGACY_VALID_FROM,
  readLegacyCommunes,
  readLegacyDistricts,
  readLegacyProvinces,
} from "../../seeds/read-legacy-units.ts";
import { readUnitEvents } from "../../seeds/read-unit-events.ts";
import {
  COUNTRY,
  COUNTRY_VALID_FROM,
  readCommunes,
  readProvinces,
  UNITS_VALID_FROM,
} from "../../seeds/read-units.ts";
import type { Succession, Unit, UnitAttributes, UnitBook } from "../../src/domain/units/unit.ts";
import { createUnitBook } from "../../src/domain/units/unit-book.ts";
import type { AdminUnitInput } from "../../src/store/unit-input.ts";

/** The book of all real units, made from the seeds without a database; ids are those of this process. */
export async function seedUnitBook(): Promise<UnitBook> {
  const units: Unit[] = [];
  const attributes: UnitAttributes[] = [];
  const ids = new Map<string, number>();
  const add = (inputs: readonly AdminUnitInput[], from: string, to: string | null) => {
    for (const input of inputs) {
      const id = units.length + 1;
      const time = to === null ? "now" : "then";
      ids.set(`${input.level} ${input.code} ${time}`, id);
      const parentId = ids.get(`province ${input.provinceCode} ${time}`) ?? null;
      const districtId = ids.get(`district ${input.districtCode} ${time}`) ?? null;
      const { level, code } = input;
      units.push({ id, level, code, validFrom: from, validTo: to, beginKnown: !to, districtId });
      const names = input.attributes ?? [{ ...input, validFrom: from }];
      names.forEach(({ validFrom, nameVi, nameViAlt, fullNameVi, type }, index) =>
        attributes.push({
          unitId: id,
          validFrom,
          validTo: names[index + 1]?.validFrom ?? to,
          nameVi,
          nameViAlt,
          fullNameVi,
          type,
          parentId,
        }),
      );
    }
  };
  const provinces = await readLegacyProvinces();
  add([COUNTRY], COUNTRY_VALID_FROM, null);
  add(
    provinces.filter(({ code }) => code !== HUE.code),
    LEGACY_PROVINCES_VALID_FROM,
    UNITS_VALID_FROM,
  );
  add(
    provinces.filter(({ code }) => code === HUE.code),
    HUE.validFrom,
    UNITS_VALID_FROM,
  );
  add(await readLegacyDistricts(), LEGACY_VALID_FROM, UNITS_VALID_FROM);
  add(await readLegacyCommunes(), LEGACY_VALID_FROM, UNITS_VALID_FROM);
  add(await readProvinces(), UNITS_VALID_FROM, null);
  add(await readCommunes(), UNITS_VALID_FROM, null);
  const successions = (await readUnitEvents()).flatMap((event): Succession[] => {
    const { effectiveDate: effective, kind, from, to, part } = event;
    if ((kind !== "merge" && kind !== "split") || part === null) return [];
    const one = ids.get(`${from.level} ${from.code} then`) ?? 0;
    const other = ids.get(`${to.level} ${to.code} now`) ?? 0;
    return [{ effective, kind, from: one, to: other, part, share: null }];
  });
  return createUnitBook({ units, attributes, successions });
}
