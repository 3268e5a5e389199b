import type { Judged, JudgedRow } from "../coverage/contract.ts";
import type { NewFigure } from "../domain/coverage/figure.ts";
import type { ImportFault, RuleId } from "../domain/coverage/import-fault.ts";
import type { NewHeldRow } from "../store/held-rows.ts";
import { createPile, type Pile } from "../store/pile.ts";
import { storableText } from "../store/storable-json.ts";

/** So many faults of a file are kept one by one; a file with more is wrong in a way that these show. */
const MAX_FAULTS_KEPT = 20_000;

/** What came of judging a whole file, small enough to wait until it is written. */
export interface Gathered {
  readonly figures: Pile<NewFigure>;
  readonly held: Pile<NewHeldRow>;
  /** Of all these figures. */
  readonly units: ReadonlySet<number>;
  readonly counts: RowCounts;
  readonly faults: readonly ImportFault[];
  /** All of them, also those that are not kept one by one. */
  readonly faultCount: number;
}

/** Rows by what becomes of them, and figures that are recorded already. */
export interface RowCounts {
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  readonly unchanged: number;
}

/** Goes through all judged rows once. */
export async function gather(judged: Extract<Judged, { refused: false }>): Promise<Gathered> {
  const figures = createPile<NewFigure>();
  const held = createPile<NewHeldRow>();
  const units = new Set<number>();
  const counts = { accepted: 0, held: 0, refused: 0, unchanged: 0 };
  const faults = createFaults();
  faults.add(judged.faults);
  for await (const row of judged.rows()) {
    faults.add(row.faults);
    counts[row.verdict] += 1;
    counts.unchanged += row.unchanged;
    if (row.verdict !== "refused" && row.figures.length > 0) {
      for (const figure of row.figures) units.add(figure.unitId);
      if (row.verdict === "held") held.add(heldRow(row));
      else for (const figure of row.figures) figures.add(storable(figure));
    }
  }
  return { figures, held, units, counts, ...faults.all() };
}

/** What there is of a file of which nothing is to be written. */
export function nothingGathered(
  faults: readonly ImportFault[],
  faultCount = faults.length,
): Gathered {
  return {
    figures: createPile(),
    held: createPile(),
    units: new Set(),
    counts: { accepted: 0, held: 0, refused: 0, unchanged: 0 },
    faults: faults.slice(0, MAX_FAULTS_KEPT),
    faultCount,
  };
}

function createFaults() {
  const faults: ImportFault[] = [];
  let faultCount = 0;
  return {
    add(found: readonly ImportFault[]) {
      faultCount += found.length;
      if (faults.length < MAX_FAULTS_KEPT) {
        faults.push(...found.slice(0, MAX_FAULTS_KEPT - faults.length));
      }
    },
    all: () => ({ faults, faultCount }),
  };
}

function heldRow(row: JudgedRow): NewHeldRow {
  if (row.unit === null) throw new Error(`Row ${row.number} is held without a unit`);
  const holding = row.faults.filter(({ severity }) => severity === "hold");
  return {
    sheet: row.sheet && storableText(row.sheet),
    row: row.number,
    unitId: row.unit.id,
    figures: row.figures.map(storable),
    rules: [...new Set(holding.map(({ rule }): RuleId => rule))],
  };
}

/** A file decides what its sheets are called. */
function storable(figure: NewFigure): NewFigure {
  const { sheet, note } = figure;
  return { ...figure, sheet: sheet && storableText(sheet), note: note && storableText(note) };
}
