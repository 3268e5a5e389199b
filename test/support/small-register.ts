import type { Register } from "../../src/coverage/contract.ts";
import type { Day } from "../../src/domain/calendar.ts";
import type { Indicator } from "../../src/domain/coverage/indicator.ts";
import type {
  AdminLevel,
  Succession,
  Unit,
  UnitAttributes,
  UnitBook,
} from "../../src/domain/units/unit.ts";
import { createUnitBook } from "../../src/domain/units/unit-book.ts";

const MERGER = "2025-07-01";
const LONG_AGO = "2004-01-01";

interface SmallUnit {
  readonly id: number;
  readonly level: AdminLevel;
  readonly code: string;
  readonly names: readonly (readonly [from: Day, name: string])[];
  readonly parent?: number;
  /** First day on which it was not there any more. */
  readonly ended?: Day;
}

const OLD = { ended: MERGER };

/** Real units, few enough to be read: two vintages, a reused province code, a change of type, two names that differ by accents. */
const UNITS: readonly SmallUnit[] = [
  { id: 1, level: "country", code: "VN", names: [[LONG_AGO, "Việt Nam"]] },
  { id: 2, level: "province", code: "01", names: [[LONG_AGO, "Thành phố Hà Nội"]] },
  { id: 3, level: "province", code: "10", names: [[LONG_AGO, "Tỉnh Lào Cai"]], ...OLD },
  { id: 4, level: "province", code: "15", names: [[LONG_AGO, "Tỉnh Yên Bái"]], ...OLD },
  { id: 5, level: "province", code: "15", names: [[MERGER, "Tỉnh Lào Cai"]] },
  { id: 6, level: "province", code: "19", names: [[LONG_AGO, "Tỉnh Thái Nguyên"]] },
  { id: 7, level: "province", code: "66", names: [[LONG_AGO, "Tỉnh Đắk Lắk"]] },
  { id: 8, level: "province", code: "08", names: [[LONG_AGO, "Tỉnh Tuyên Quang"]] },
  { id: 9, level: "province", code: "22", names: [[LONG_AGO, "Tỉnh Quảng Ninh"]] },
  {
    id: 11,
    level: "commune",
    code: "00004",
    names: [[LONG_AGO, "Phường Trúc Bạch"]],
    parent: 2,
    ...OLD,
  },
  {
    id: 12,
    level: "commune",
    code: "00016",
    names: [[LONG_AGO, "Phường Ngọc Hà"]],
    parent: 2,
    ...OLD,
  },
  {
    id: 13,
    level: "commune",
    code: "00070",
    names: [[LONG_AGO, "Phường Hàng Trống"]],
    parent: 2,
    ...OLD,
  },
  {
    id: 14,
    level: "commune",
    code: "02680",
    names: [[LONG_AGO, "Xã Hợp Thành"]],
    parent: 3,
    ...OLD,
  },
  {
    id: 15,
    level: "commune",
    code: "02647",
    names: [[LONG_AGO, "Phường Kim Tân"]],
    parent: 3,
    ...OLD,
  },
  {
    id: 16,
    level: "commune",
    code: "00043",
    names: [[LONG_AGO, "Phường Hàng Mã"]],
    parent: 2,
    ...OLD,
  },
  { id: 21, level: "commune", code: "00004", names: [[MERGER, "Phường Ba Đình"]], parent: 2 },
  { id: 22, level: "commune", code: "00070", names: [[MERGER, "Phường Hoàn Kiếm"]], parent: 2 },
  { id: 23, level: "commune", code: "02680", names: [[MERGER, "Xã Hợp Thành"]], parent: 5 },
  { id: 24, level: "commune", code: "02647", names: [[MERGER, "Phường Lào Cai"]], parent: 5 },
  { id: 25, level: "commune", code: "02143", names: [[MERGER, "Xã Văn Lang"]], parent: 6 },
  { id: 26, level: "commune", code: "05665", names: [[MERGER, "Xã Văn Lăng"]], parent: 6 },
  {
    id: 27,
    level: "commune",
    code: "05443",
    names: [
      [MERGER, "Xã Phan Đình Phùng"],
      ["2026-04-30", "Phường Phan Đình Phùng"],
    ],
    parent: 6,
  },
  { id: 28, level: "commune", code: "24280", names: [[MERGER, "Xã Cư M'gar"]], parent: 7 },
  { id: 30, level: "commune", code: "00745", names: [[MERGER, "Xã Phố Bảng"]], parent: 8 },
  { id: 31, level: "commune", code: "06970", names: [[MERGER, "Xã Ba Chẽ"]], parent: 9 },
  // Only since the merger: its code was never another's.
  { id: 29, level: "commune", code: "11948", names: [[MERGER, "Đặc khu Bạch Long Vĩ"]], parent: 2 },
];

const SUCCESSIONS: readonly Succession[] = [
  succession(11, 21, "whole"),
  succession(12, 21, "split"),
  succession(12, 22, "split"),
  succession(13, 22, "split"),
  succession(16, 22, "whole"),
  succession(14, 23, "whole"),
  succession(15, 24, "whole"),
  succession(3, 5, "whole"),
  succession(4, 5, "whole"),
];

function succession(from: number, to: number, part: "whole" | "split"): Succession {
  return {
    effective: MERGER,
    kind: part === "whole" ? "merge" : "split",
    from,
    to,
    part,
    share: null,
  };
}

/** The units of this register, by their names: `UNIT["Phường Ba Đình"]`. */
export const SMALL_UNIT_IDS: Readonly<Record<string, number>> = Object.fromEntries(
  UNITS.flatMap(({ id, names }) => names.map(([, name]) => [name, id])),
);

/** A book of a handful of real units of both vintages. */
function smallUnitBook(): UnitBook {
  const units = UNITS.map(({ id, level, code, names, ended }): Unit => {
    const [[validFrom] = [LONG_AGO]] = names;
    const validTo = ended ?? null;
    return { id, level, code, validFrom, validTo, beginKnown: true, districtId: null };
  });
  return createUnitBook({
    units,
    attributes: UNITS.flatMap(attributesOf),
    successions: SUCCESSIONS,
  });
}

function attributesOf({ id, names, parent, ended }: SmallUnit): readonly UnitAttributes[] {
  return names.map(([validFrom, fullNameVi], index) => {
    const type = /^(?:Thành phố|Tỉnh|Phường|Xã|Đặc khu) /.exec(fullNameVi)?.[0] ?? "";
    return {
      unitId: id,
      validFrom,
      validTo: names[index + 1]?.[0] ?? ended ?? null,
      nameVi: fullNameVi.slice(type.length),
      nameViAlt: null,
      fullNameVi,
      type: type.trim().toLowerCase(),
      parentId: parent ?? null,
    };
  });
}

/** One definition with everything that a test does not name at its simplest. */
function smallIndicator(code: string, change: Partial<Indicator> = {}): Indicator {
  return {
    code,
    version: 1,
    nameVi: code,
    nameEn: code,
    definitionVi: code,
    definitionEn: code,
    numeratorVi: code,
    numeratorEn: code,
    denominatorVi: null,
    denominatorEn: null,
    unitCounted: "household",
    sense: "reaches",
    denominatorKind: "households",
    technology: "fibre",
    atLeast: false,
    place: "not_stated",
    multiOperator: "union",
    cumulative: false,
    lowestLevel: "commune",
    existsFrom: null,
    partOf: null,
    shownBy: null,
    partition: null,
    aliases: [],
    validFrom: "2020-01-01",
    validTo: null,
    ...change,
  };
}

const SIGNAL = { denominatorKind: "hamlets", partition: "hamlet_signal" };

/** One indicator of each kind that a rule looks for. */
export const SMALL_INDICATORS: readonly Indicator[] = [
  smallIndicator("fibre_hh_passed", { cumulative: true }),
  smallIndicator("fibre_hh_able", { partOf: "fibre_hh_passed", sense: "can_get" }),
  smallIndicator("fibre_hh_using", { partOf: "fibre_hh_able", sense: "uses" }),
  smallIndicator("commune_has_fibre", { denominatorKind: "communes", shownBy: "fibre_hh_passed" }),
  smallIndicator("pop_4g", { denominatorKind: "population", validTo: "2026-01-01" }),
  smallIndicator("pop_4g", { denominatorKind: "population", version: 2, validFrom: "2026-01-01" }),
  smallIndicator("pop_5g", {
    denominatorKind: "population",
    partOf: "pop_4g",
    existsFrom: "2024-10-15",
  }),
  smallIndicator("hamlet_signal_none", SIGNAL),
  smallIndicator("hamlet_signal_weak", SIGNAL),
  smallIndicator("hamlet_signal_ok", SIGNAL),
  smallIndicator("sites_5g", { denominatorKind: null, sense: "count", cumulative: true }),
  smallIndicator("cities_with_5g", { denominatorKind: "regions", lowestLevel: "country" }),
];

/** What the register knows, in small. */
export function smallRegister(): Register {
  return {
    units: smallUnitBook(),
    indicators: SMALL_INDICATORS,
    denominatorKinds: ["households", "population", "hamlets", "communes", "regions"].map(
      (code) => ({
        code,
        nameVi: code,
        nameEn: code,
        aliases: [],
      }),
    ),
    operators: ["viettel", "vnpt"],
  };
}
