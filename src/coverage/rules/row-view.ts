import type { Day } from "../../domain/calendar.ts";
import type { FigureKey, FigureValue } from "../../domain/coverage/figure.ts";
import type { UnderstoodRow } from "../contract.ts";
import type { TableSpot } from "./figure-table.ts";
import { type FigureView, keyOf, viewFigure } from "./figure-view.ts";
import { findPlace, type Place } from "./place.ts";
import type { Scene } from "./scene.ts";
import { spotOf } from "./series.ts";

/** A row as the rules see it. */
export interface RowView {
  readonly row: UnderstoodRow;
  readonly place: Place;
  /** The day as stated, by the row or beside the file, whether or not there is such a day. */
  readonly statedDay: Day | null;
  /** Null where it is not a day. */
  readonly asOf: Day | null;
  readonly figures: readonly FigureView[];
  /** Those with a value, with what they are of; none while that is not known. */
  readonly keyed: readonly KeyedFigure[];
}

/** A figure that could be recorded. */
export interface KeyedFigure {
  readonly figure: FigureView;
  readonly value: FigureValue;
  readonly key: FigureKey;
  /** Where the file's table has it. */
  readonly spot: TableSpot;
}

/** Which columns write percentages as 0–1. */
export type RatioColumns = (sheet: string | null, header: string | null) => boolean;

/** A row, looked up and worked out as far as that goes without the register's figures. */
export function viewRow(row: UnderstoodRow, scene: Scene, ratioColumns: RatioColumns): RowView {
  const statedDay = row.asOf ?? scene.settings.asOf;
  const asOf = statedDay !== null && scene.isDay(statedDay) ? statedDay : null;
  const place = findPlace(row.place, asOf, scene);
  const figures = row.figures.map((stated) =>
    viewFigure(
      stated,
      {
        asOf,
        level: row.place.level,
        ratioColumn:
          stated.statedRatio !== null &&
          stated.percentSign !== true &&
          ratioColumns(row.sheet, stated.columns.ratio),
      },
      scene,
    ),
  );
  const keyed = keyedOf(figures, place.unit?.id ?? null, asOf, scene);
  return { row, place, statedDay, asOf, figures, keyed };
}

function keyedOf(
  figures: readonly FigureView[],
  unitId: number | null,
  asOf: Day | null,
  scene: Scene,
): readonly KeyedFigure[] {
  const found: KeyedFigure[] = [];
  for (const figure of figures) {
    const { value } = figure;
    const key = value === null ? null : keyOf(figure, unitId, asOf, scene);
    if (value !== null && key !== null) found.push({ figure, value, key, spot: spotOf(key) });
  }
  return found;
}
