import type { Day } from "../../domain/calendar.ts";
import type { FigureValue } from "../../domain/coverage/figure.ts";
import type { TotalRow, Understood, UnderstoodRow } from "../contract.ts";
import { FigureTable } from "./figure-table.ts";
import { isCount, keyOf } from "./figure-view.ts";
import { denominatorSeries, isKnownOperator, spotOf } from "./series.ts";
import { PercentageColumns } from "./ratio-columns.ts";
import { type RowView, viewRow } from "./row-view.ts";
import type { Scene } from "./scene.ts";
import { type SumConflicts, SheetSums } from "./sheet-sums.ts";
import { VintageEvidence } from "./vintage-evidence.ts";

/** What the first pass over a file collected for the rules that need more than one row. */
export interface FileFacts {
  readonly rows: number;
  /** Whether any row has a day, and any figure a basis, of its own. */
  readonly statesDay: boolean;
  readonly statesBasis: boolean;
  readonly statesFigures: boolean;
  readonly evidence: VintageEvidence;
  readonly percentages: PercentageColumns;
  readonly table: FigureTable;
  readonly totals: readonly TotalRow[];
  /** Where communes don't add up to what the file says of their province. */
  readonly conflicts: SumConflicts;
}

/** Goes through all rows once. `onRow` is told how many it has been through. */
export async function collectFacts(
  understood: Understood,
  scene: Scene,
  onRow: (rows: number) => void,
): Promise<FileFacts> {
  const collector = new Collector(scene);
  for await (const row of understood.rows()) onRow(collector.add(row));
  return collector.facts(understood.totals);
}

class Collector {
  readonly #scene: Scene;
  readonly #evidence = new VintageEvidence();
  readonly #percentages = new PercentageColumns();
  readonly #table = new FigureTable();
  readonly #sums: SheetSums;
  #rows = 0;
  #statesDay = false;
  #statesBasis = false;
  #statesFigures = false;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#sums = new SheetSums(scene);
  }

  add(row: UnderstoodRow): number {
    this.#rows += 1;
    this.#statesDay ||= row.asOf !== null;
    for (const figure of row.figures) {
      this.#statesFigures = true;
      this.#statesBasis ||= figure.basis !== null;
      this.#percentages.add(row.sheet, figure);
    }
    // Percentages are taken as they stand: which columns are written as 0–1 is only known at the end, and figures
    // that have nothing but a percentage are compared with each other, not added up.
    const view = viewRow(row, this.#scene, () => false);
    this.#evidence.add(view.place, this.#scene);
    const { unit, certain } = view.place;
    if (certain && unit !== null && view.asOf !== null) this.#addPlaced(view, unit.id, view.asOf);
    else this.#sums.addIncomplete(row.sheet);
    // A number that could not be read is not among the figures.
    if (row.faults.some(({ severity }) => severity === "reject_row")) {
      this.#sums.addIncomplete(row.sheet);
    }
    return this.#rows;
  }

  facts(totals: readonly TotalRow[]): FileFacts {
    this.#table.seal();
    return {
      rows: this.#rows,
      statesDay: this.#statesDay,
      statesBasis: this.#statesBasis,
      statesFigures: this.#statesFigures,
      evidence: this.#evidence,
      percentages: this.#percentages,
      table: this.#table,
      totals,
      conflicts: this.#sums.conflicts(totals, this.#table),
    };
  }

  #addPlaced(view: RowView, unitId: number, asOf: Day): void {
    const { row, place, figures } = view;
    for (const figure of figures) {
      const key = keyOf(figure, unitId, asOf, this.#scene);
      if (key === null || !isKnownOperator(key.operator, this.#scene)) continue;
      if (figure.value !== null) {
        this.#table.add(spotOf(key), figure.value, { sheet: row.sheet, row: row.number });
      }
      if (figure.value !== null || figure.stated.numerator !== null) {
        this.#sums.add(place, key, figure.value, row.sheet);
      }
    }
    this.#addDenominators(row, unitId, asOf);
  }

  /** Households in one row and population in another: what V25 needs beyond the row itself. */
  #addDenominators(row: UnderstoodRow, unitId: number, asOf: Day): void {
    const { households, population } = row.denominators;
    if ((households === undefined) === (population === undefined)) return;
    const count = households ?? population;
    if (count === undefined || !isCount(count)) return;
    const series = denominatorSeries(households === undefined ? "population" : "households");
    const at = { sheet: row.sheet, row: row.number };
    this.#table.add({ series, unitId, asOf }, countValue(count), at);
  }
}

function countValue(numerator: number): FigureValue {
  return {
    status: "present",
    numerator,
    denominator: null,
    denominatorSource: null,
    statedRatio: null,
  };
}
