import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import { type Result, done, refused } from "../../domain/result.ts";
import type { RawRow, ReadSheet } from "../contract.ts";
import { draftRoles, type RoledColumn, roledColumns, roleFaults } from "./assign-roles.ts";
import { isValueRole } from "./column-role.ts";
import type { ColumnNumbers } from "./column-tally.ts";
import type { Context } from "./context.ts";
import { faultAt, isBlank } from "./fault.ts";
import { HEADER_WITHIN } from "./header-block.ts";
import { hasAsOf } from "./row-as-of.ts";
import { type SheetHeader, sheetHeader } from "./sheet-header.ts";
import { type SheetLayout, sheetLayout } from "./sheet-layout.ts";
import { SheetScan } from "./sheet-scan.ts";
import { looksLikeProvince } from "./unit-code.ts";

/** A sheet that makes sense, with what its columns told when it was gone through. */
export interface SheetSurvey {
  readonly sheet: ReadSheet;
  readonly layout: SheetLayout;
  readonly numbers: (column: RoledColumn) => ColumnNumbers;
  readonly scan: SheetScan;
  /** Rows down to the end of the header, which are no data. */
  readonly above: number;
  readonly faults: readonly ImportFault[];
}

const NO_NUMBERS: ColumnNumbers = {
  decimal: null,
  conflict: false,
  grouping: null,
  thousandsLost: false,
  onlyMarks: false,
};

/**
 * Goes through a sheet once to learn what its columns are and how they write numbers; null for one without any row.
 * Refused where its header is not understood.
 */
export async function surveySheet(
  sheet: ReadSheet,
  context: Context,
  onRow: () => void,
): Promise<Result<SheetSurvey | null, readonly ImportFault[]>> {
  const first = await firstRows(sheet);
  if (first.length === 0) return done(null);
  const header = sheetHeader(sheet, first, context);
  if ("rule" in header) return refused([header]);
  const guess = guessedLayout(sheet, header, first, context);
  const scan = await scanned(sheet, guess.layout, header, context, onRow);
  const settled = settle(sheet, header, { ...guess, scan }, context);
  if (!settled.ok) return settled;
  const layout = settled.value;
  // Columns without values are ignored; where that changes what rows are of, they are gone through again.
  const sure =
    layout.level === guess.layout.level
      ? scan
      : await scanned(sheet, layout, header, context, () => {});
  return done({
    sheet,
    layout,
    numbers: ({ index }) => sure.tallies[index]?.numbers ?? NO_NUMBERS,
    scan: sure,
    above: header.block.taken,
    faults: sure.faults,
  });
}

async function firstRows(sheet: ReadSheet): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of sheet.rows()) {
    if (rows.push(row) >= HEADER_WITHIN) break;
  }
  return rows;
}

interface Guess {
  readonly layout: SheetLayout;
  readonly ofProvinces: (index: number) => boolean;
}

/** The layout if all columns with a header have values. */
function guessedLayout(
  sheet: ReadSheet,
  header: SheetHeader,
  first: readonly RawRow[],
  { register }: Context,
): Guess {
  const { block, named } = header;
  const below = first.slice(block.taken);
  const cellsOf = (index: number) =>
    below.map(({ cells }) => cells[index] ?? null).filter((value) => !isBlank(value));
  const ofProvinces = (index: number) =>
    cellsOf(index).filter((value) => looksLikeProvince(value, register.units)).length * 2 >
    cellsOf(index).length;
  const filled = ({ index }: { readonly index: number }) => cellsOf(index).length > 0;
  // Of two columns with one role, the one that has something in it: the other may be empty to its end.
  const columns = roledColumns(draftRoles(block.columns, ofProvinces), () => true).toSorted(
    (one, other) => Number(filled(other)) - Number(filled(one)),
  );
  return { layout: sheetLayout(sheet.name, columns, block.rows, named), ofProvinces };
}

async function scanned(
  sheet: ReadSheet,
  layout: SheetLayout,
  { block }: SheetHeader,
  context: Context,
  onRow: () => void,
): Promise<SheetScan> {
  const scan = new SheetScan(sheet, layout, context);
  let at = 0;
  for await (const row of sheet.rows()) {
    at += 1;
    if (at <= block.taken) continue;
    scan.add(row);
    onRow();
  }
  return scan;
}

/** The layout as the columns' values make it, or what stops the file. */
function settle(
  sheet: ReadSheet,
  { block, named, faults }: SheetHeader,
  { scan, ofProvinces }: Guess & { readonly scan: SheetScan },
  { dictionary, settings }: Context,
): Result<SheetLayout, readonly ImportFault[]> {
  const filled = (index: number) => scan.tallies[index]?.filled === true;
  const width = Math.max(block.columns.length, scan.tallies.length);
  const columns = Array.from(
    { length: width },
    (_, index) =>
      block.columns[index] ?? {
        column: { index, pieces: [], parent: null },
        meaning: null,
        otherwise: null,
        scaled: false,
        days: [],
      },
  );
  const drafts = draftRoles(columns, ofProvinces);
  const found = [...faults, ...roleFaults(sheet.name, drafts, filled, dictionary)];
  const layout = sheetLayout(sheet.name, roledColumns(drafts, filled), block.rows, named);
  if (
    found.length === 0 &&
    scan.rows > 0 &&
    !drafts.some(({ role }) => role !== null && isValueRole(role))
  ) {
    found.push(faultAt({ sheet: sheet.name }, "V17", "reject_file", { code: "nothing_counted" }));
  }
  if (named.days.length > 1 && settings.asOf === null && !hasAsOf(layout)) {
    const detail = { code: "several_periods", days: named.days };
    found.push(faultAt({ sheet: sheet.name }, "V20", "reject_file", detail));
  }
  return found.length > 0 ? refused(found) : done(layout);
}
