import type { FigureValue } from "../../domain/coverage/figure.ts";
import { spotOf } from "./series.ts";
import { type FigureView, keyOf } from "./figure-view.ts";
import type { RowContext } from "./rule.ts";
import type { RowView } from "./row-view.ts";

/** Another indicator's value for the same unit, day, operator and basis. */
export interface Sibling {
  readonly indicator: string;
  readonly value: FigureValue;
  /** The row of the file that it stands in; null: the same row. */
  readonly row: number | null;
}

/** Finds it in the row itself, else anywhere in the file. */
export function siblingOf(
  code: string,
  figure: FigureView,
  view: RowView,
  { scene, file }: RowContext,
): Sibling | null {
  const { operator } = figure.stated;
  const beside = view.figures.find(
    ({ stated, basis }) =>
      stated.indicator === code && stated.operator === operator && basis === figure.basis,
  );
  if (beside)
    return beside.value === null ? null : { indicator: code, value: beside.value, row: null };
  if (!view.place.certain || view.asOf === null) return null;
  const indicator = scene.indicatorOn(code, view.asOf);
  const key = keyOf({ ...figure, indicator }, view.place.unit?.id ?? null, view.asOf, scene);
  if (key === null) return null;
  const found = file.table.first(spotOf(key));
  return found ? { indicator: code, value: found.value, row: found.row } : null;
}
