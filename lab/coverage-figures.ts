import type { Day } from "../src/domain/calendar.ts";
import {
  ALL_OPERATORS,
  type FigureValue,
  type NewFigure,
  REPORTED_DENOMINATOR,
} from "../src/domain/coverage/figure.ts";

/** A commune that figures are made up for. */
export interface LabCommune {
  readonly unitId: number;
  readonly code: string;
  /** Code of its province. */
  readonly province: string;
}

/** Who stands behind made-up figures; whatever is made of them is marked by it. */
export const MADE_UP_SOURCE = {
  code: "made-up",
  kind: "survey",
  nameVi: "Số liệu minh hoạ, không có thật",
  nameEn: "Made-up demo data",
  province: null,
  rank: 99,
  madeUp: true,
} as const;

/** What every made-up figure says of itself. */
const NOTE = "Số liệu minh hoạ, không có thật / made-up demo data";

/** The last quarter counts 5G by another method, so that it seems to fall. */
export const MADE_UP_BREAK = {
  indicator: "pop_5g",
  noteVi:
    "Minh hoạ: từ quý này chỉ tính nơi đo được sóng 5G, không tính theo mô hình của doanh nghiệp.",
  noteEn: "Made up: from this quarter on only measured 5G counts, not the operators' model.",
} as const;

/** Indicators that there are made-up figures of. */
export const MADE_UP_INDICATORS = [
  "fibre_hh_able",
  "fibre_hh_using",
  "commune_has_fibre",
  "pop_4g",
  "pop_5g",
  "hamlet_signal_none",
] as const;

type MadeUpIndicator = (typeof MADE_UP_INDICATORS)[number];

/** This part of communes reports nothing in a quarter. */
const MISSING_PART = 0.03;

/** So many provinces have not reported the last quarter yet. */
const LATE_PROVINCES = 2;

/**
 * Made-up figures of one quarter, always the same for the same communes and quarters: some communes missing, and in the
 * last quarter two provinces late, one figure suppressed and 5G counted anew.
 */
export function madeUpFigures(
  communes: readonly LabCommune[],
  quarters: readonly Day[],
  asOf: Day,
): NewFigure[] {
  const last = asOf === quarters.at(-1);
  const late = last ? lateProvinces(communes) : [];
  const progress = (quarters.indexOf(asOf) + 1) / quarters.length;
  return communes.flatMap((commune, index) => {
    const absent = chance(commune.code, asOf) < MISSING_PART || late.includes(commune.province);
    if (absent) return [];
    const values = valuesOf(commune.code, progress, last);
    return MADE_UP_INDICATORS.map((indicator) => {
      const suppressed = last && index === 0 && indicator === "pop_5g";
      return figure(commune, indicator, asOf, suppressed ? SUPPRESSED : values[indicator]);
    });
  });
}

/** Codes of the provinces whose last quarter is missing. */
export function lateProvinces(communes: readonly LabCommune[]): string[] {
  return [...new Set(communes.map(({ province }) => province))]
    .toSorted((one, other) => chance(one, "late") - chance(other, "late"))
    .slice(0, LATE_PROVINCES);
}

/** Progress is above 0 and up to 1, in the last quarter. */
function valuesOf(
  code: string,
  progress: number,
  last: boolean,
): Record<MadeUpIndicator, FigureValue> {
  const remote = chance(code, "remote");
  const households = 800 + Math.floor(chance(code, "households") * 7_200);
  const population = Math.round(households * (3 + chance(code, "persons")));
  const hamlets = 4 + Math.floor(chance(code, "hamlets") * 20);
  const fibre = remote < 0.97 || last;
  const able = fibre ? Math.round(households * (1 - 0.35 * remote * (1.2 - progress))) : 0;
  const using = Math.round(able * (0.9 - 0.4 * remote) * (0.85 + 0.1 * progress));
  const at5g = Math.max(0, 1 - 1.4 * remote) * (0.4 + 0.5 * progress) * (last ? 0.8 : 1);
  const silent = remote > 0.9 ? Math.ceil(hamlets * 0.3 * (1.1 - progress)) : 0;
  return {
    fibre_hh_able: share(able, households),
    fibre_hh_using: share(using, households),
    commune_has_fibre: share(fibre ? 1 : 0, 1),
    pop_4g: share(Math.round(population * (1 - 0.08 * remote * (1.5 - progress))), population),
    pop_5g: share(Math.round(population * at5g), population),
    hamlet_signal_none: share(silent, hamlets),
  };
}

const SUPPRESSED: FigureValue = {
  status: "suppressed",
  numerator: null,
  denominator: null,
  denominatorSource: null,
  statedRatio: null,
};

function share(numerator: number, denominator: number): FigureValue {
  return {
    status: "present",
    numerator,
    denominator,
    denominatorSource: REPORTED_DENOMINATOR,
    statedRatio: null,
  };
}

function figure(
  { unitId }: LabCommune,
  indicator: string,
  asOf: Day,
  value: FigureValue,
): NewFigure {
  return {
    unitId,
    indicator,
    indicatorVersion: 1,
    operator: ALL_OPERATORS,
    asOf,
    basis: "reported",
    source: MADE_UP_SOURCE.code,
    ...value,
    sheet: null,
    row: null,
    note: NOTE,
  };
}

/** A number from 0 to below 1 that looks random and depends on nothing but the two texts (FNV-1a, 32 bits, mixed). */
function chance(code: string, about: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${code} ${about}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
