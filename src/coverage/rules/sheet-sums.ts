import type { Day } from "../../domain/calendar.ts";
import type { FigureKey, FigureValue } from "../../domain/coverage/figure.ts";
import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import type { StatedFigure, TotalRow } from "../contract.ts";
import type { FigureTable } from "./figure-table.ts";
import { enclosingProvince, type Place } from "./place.ts";
import type { FileFinding } from "./finding.ts";
import type { Scene } from "./scene.ts";
import { spotOf } from "./series.ts";

/** The communes of one province in one sheet, added up for one figure. */
interface SheetSum {
  readonly sheet: string | null;
  readonly provinceId: number;
  readonly key: FigureKey;
  numerator: number;
  denominator: number;
  communes: number;
  /** Communes that are there without a count. */
  gaps: number;
}

/** Which rows are held because their sum is in doubt, and where the doubt comes from. */
export interface SumConflicts {
  readonly findings: readonly FileFinding[];
  /** The fact that concerns the figure of a commune or province, or null. */
  readonly about: (
    sheet: string | null,
    provinceId: number | null,
    key: FigureKey,
  ) => FaultDetail | null;
}

/** Adds communes up by sheet and province, to be held against total rows and rows of provinces. */
export class SheetSums {
  readonly #scene: Scene;
  readonly #sums = new Map<string, SheetSum>();
  readonly #incomplete = new Set<string | null>();
  readonly #expected = new Map<string, number>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** A row whose place or numbers can't be taken: a total of its sheet may be more than the sum of the others. */
  addIncomplete(sheet: string | null): void {
    this.#incomplete.add(sheet);
  }

  /** A commune's figure; null: its numbers can't be taken. */
  add(place: Place, key: FigureKey, value: FigureValue | null, sheet: string | null): void {
    if (place.stated.level !== "commune" || place.unitProvince === null) return;
    const sum = this.#sumOf(sheet, place.unitProvince.id, key);
    sum.communes += 1;
    if (value === null || value.numerator === null) sum.gaps += 1;
    sum.numerator += value?.numerator ?? 0;
    sum.denominator += value?.denominator ?? 0;
  }

  conflicts(totals: readonly TotalRow[], table: FigureTable): SumConflicts {
    const held = new Map<string, FaultDetail>();
    const findings: FileFinding[] = [];
    for (const total of totals) {
      for (const figure of total.figures) {
        const sums = this.#behind(total, figure);
        const gaps = this.#incomplete.has(total.sheet) || sums.some((sum) => sum.gaps > 0);
        const detail = againstTotal(sums, gaps, figure, total);
        if (detail === null) continue;
        findings.push(atTotal(total, figure, detail));
        for (const sum of sums) held.set(sumKey(sum.sheet, sum.provinceId, sum.key), detail);
      }
    }
    for (const [key, detail] of this.#againstProvinceRows(table)) held.set(key, detail);
    return {
      findings,
      about: (sheet, provinceId, key) =>
        provinceId === null || held.size === 0
          ? null
          : (held.get(sumKey(sheet, provinceId, key)) ??
            held.get(sumKey(ANY_SHEET, provinceId, key)) ??
            null),
    };
  }

  #sumOf(sheet: string | null, provinceId: number, key: FigureKey): SheetSum {
    const text = sumKey(sheet, provinceId, key);
    const known = this.#sums.get(text);
    if (known) return known;
    const made = { sheet, provinceId, key, numerator: 0, denominator: 0, communes: 0, gaps: 0 };
    this.#sums.set(text, made);
    return made;
  }

  /** What a total row is the total of; a total of a sheet with several days is left alone: it does not say of which. */
  #behind(total: TotalRow, figure: StatedFigure): readonly SheetSum[] {
    if (total.level === "district") return [];
    const basis = figure.basis ?? this.#scene.settings.basis;
    const sums = [...this.#sums.values()].filter(
      ({ sheet, key }) =>
        sheet === total.sheet &&
        key.indicator === figure.indicator &&
        key.operator === figure.operator &&
        key.basis === basis,
    );
    const days = new Set(sums.map(({ key }) => key.asOf));
    if (days.size !== 1) return [];
    const own = sums.filter(({ provinceId, key }) => this.#isOf(total, provinceId, key.asOf));
    return total.level === "country" ? sums : own;
  }

  #isOf({ provinceCode, provinceName }: TotalRow, provinceId: number, asOf: Day): boolean {
    const { register, settings, names } = this.#scene;
    if (provinceCode !== null) {
      return (
        register.units.on("province", provinceCode, settings.unitsDay ?? asOf)?.id === provinceId
      );
    }
    const unit = register.units.byId(provinceId);
    return provinceName === null || (unit !== undefined && names.hasName(unit, provinceName));
  }

  /** A province's own row: with all its communes in the file it must be their sum, else at least as much. */
  *#againstProvinceRows(table: FigureTable): Iterable<readonly [string, FaultDetail]> {
    const merged = new Map<string, SheetSum>();
    for (const sum of this.#sums.values()) addTo(merged, sum);
    for (const [text, sum] of merged) {
      const { indicator } = sum.key;
      const own = table.first(spotOf({ ...sum.key, unitId: sum.provinceId }));
      const stated = own?.value.numerator ?? null;
      if (own === null || stated === null) continue;
      const complete = sum.gaps === 0 && sum.communes >= this.#communesOf(sum);
      if (complete ? sum.numerator === stated : sum.numerator <= stated) continue;
      yield [
        text,
        { code: "province_row_differs", indicator, stated, sum: sum.numerator, row: own.row },
      ];
    }
  }

  #communesOf({ provinceId, key }: SheetSum): number {
    const { register, settings } = this.#scene;
    const day = settings.unitsDay ?? key.asOf;
    const text = `${provinceId}|${day}`;
    const known = this.#expected.get(text);
    if (known !== undefined) return known;
    const { length } = register.units
      .allOn("commune", day)
      .filter((each) => enclosingProvince(each, day, this.#scene)?.id === provinceId);
    this.#expected.set(text, length);
    return length;
  }
}

const ANY_SHEET = "\n";

function addTo(merged: Map<string, SheetSum>, sum: SheetSum): void {
  const text = sumKey(ANY_SHEET, sum.provinceId, sum.key);
  const known = merged.get(text);
  if (!known) {
    merged.set(text, { ...sum });
    return;
  }
  known.numerator += sum.numerator;
  known.denominator += sum.denominator;
  known.communes += sum.communes;
  known.gaps += sum.gaps;
}

/** With communes that gave no count a total may be more than the sum, never less. */
function againstTotal(
  sums: readonly SheetSum[],
  gaps: boolean,
  figure: StatedFigure,
  total: TotalRow,
): FaultDetail | null {
  if (sums.length === 0) return null;
  for (const part of ["numerator", "denominator"] as const) {
    const stated = figure[part];
    const sum = sums.reduce((all, each) => all + each[part], 0);
    if (stated === null || stated === sum || (gaps && stated > sum)) continue;
    if (part === "denominator" && sum === 0) continue;
    const { indicator } = figure;
    return { code: `${part}s_differ`, indicator, stated, sum, row: total.number };
  }
  return null;
}

function atTotal({ sheet, number }: TotalRow, { columns }: StatedFigure, detail: FaultDetail) {
  const part = detail.code === "numerators_differ" ? columns.numerator : columns.denominator;
  const value = Number(detail["stated"]);
  return { severity: "hold", sheet, row: number, column: part, value, detail } as const;
}

function sumKey(sheet: string | null, provinceId: number, key: FigureKey): string {
  const { indicator, indicatorVersion, operator, basis, asOf } = key;
  return [sheet ?? "", provinceId, indicator, indicatorVersion, operator, basis, asOf].join("|");
}
