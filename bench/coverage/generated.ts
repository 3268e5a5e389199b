import type { NewFigure } from "../../src/domain/coverage/figure.ts";
import { addDays, addMonths, type Day } from "../../src/domain/calendar.ts";

// Everything here is generated and no figure of any place: it is there to be counted and timed.

/** Quarter ends from 2025-09-30 to 2035-06-30. */
export const QUARTERS: readonly Day[] = Array.from({ length: 40 }, (_, index) =>
  addDays(addMonths("2025-10-01", index * 3), -1),
);

/** A commune of the real list. */
export interface Commune {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly provinceName: string;
}

/** The three indicators, each within the one before, with the headers of their columns. */
const INDICATORS = [
  ["fibre_hh_passed", "số hộ được phủ cáp quang"],
  ["fibre_hh_able", "số hộ có khả năng tiếp cận cáp quang"],
  ["fibre_hh_using", "số hộ sử dụng cáp quang"],
] as const;

/** Counts of one commune in one quarter: households, and of these each indicator's. They grow slowly and never fall. */
function countsOf(commune: number, quarter: number) {
  const households = 2000 + ((commune * 7919) % 9000) + quarter * 3;
  const start = 0.55 + ((commune * 104_729) % 400) / 1000;
  const passed = Math.floor(households * Math.min(1, start + quarter * 0.004));
  return { households, numerators: [passed, Math.floor(passed * 0.95), Math.floor(passed * 0.8)] };
}

/** The file that a ministry would send for a quarter, as CSV. */
export function quarterFile(communes: readonly Commune[], quarter: number): Uint8Array {
  const header = [
    "mã xã",
    "tên xã",
    "mã tỉnh",
    "tên tỉnh",
    "tổng số hộ",
    ...INDICATORS.map(([, column]) => column),
  ];
  const lines = communes
    .filter((_, index) => isReported(index, quarter))
    .map(({ code, name, province, provinceName }) => {
      const index = indexOf(code);
      const { households, numerators } = countsOf(index, quarter);
      return [code, name, province, provinceName, households, ...numerators].join(",");
    });
  return Buffer.from(`\uFEFF${[header.join(","), ...lines].join("\r\n")}\r\n`);
}

/** What that file comes to. */
export function figuresOf(
  communes: readonly Commune[],
  quarter: number,
  source: string,
): NewFigure[] {
  return communes
    .filter((_, index) => isReported(index, quarter))
    .flatMap(({ id, code }) => {
      const { households, numerators } = countsOf(indexOf(code), quarter);
      return INDICATORS.map(([indicator], each): NewFigure => ({
        unitId: id,
        indicator,
        indicatorVersion: 1,
        operator: "all",
        asOf: QUARTERS[quarter] ?? "",
        basis: "reported",
        source,
        status: "present",
        numerator: numerators[each] ?? 0,
        denominator: households,
        denominatorSource: "report",
        statedRatio: null,
        sheet: null,
        row: null,
        note: null,
      }));
    });
}

/** Whether the commune of this place in the list reported: in the last quarter all but one in a hundred. */
function isReported(index: number, quarter: number): boolean {
  return quarter !== QUARTERS.length - 1 || index % 100 !== 7;
}

/** A number from a code, the same at each run. */
function indexOf(code: string): number {
  return Number(code);
}
