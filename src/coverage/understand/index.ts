import { SHEETS_WITHOUT_FIGURES } from "../../domain/coverage/template-sheet.ts";
import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import { type Result, done, refused } from "../../domain/result.ts";
import type {
  ImportSettings,
  OnProgress,
  ReadFile,
  ReadSheet,
  Register,
  Understood,
  UnderstoodColumn,
  UnderstoodRow,
} from "../contract.ts";
import { CarriedCells } from "./carried-cells.ts";
import type { Context } from "./context.ts";
import { faultAt } from "./fault.ts";
import { headerDictionary } from "./header-dictionary.ts";
import { readRow } from "./read-row.ts";
import { withoutAnnotations } from "./returned-copy.ts";
import { rowKind } from "./row-kind.ts";
import { type SheetSurvey, surveySheet } from "./sheet-survey.ts";
import { totalRows } from "./total-rows.ts";

/** Rows between two words about progress. */
const PROGRESS_ROWS = 1000;

/**
 * Makes sense of the sheets of a file: finds their headers, decides per column how numbers are written, and gives rows
 * with places, days and numbers, or the faults that stop the file. Faults of reading are not repeated. What is kept in
 * memory grows with columns and total rows, not with rows.
 */
export async function understand(
  file: ReadFile,
  register: Register,
  settings: ImportSettings,
  onProgress?: OnProgress,
): Promise<Result<Understood, readonly ImportFault[]>> {
  const indicators = new Map(register.indicators.map((each) => [each.code, each]));
  const context: Context = {
    register,
    settings,
    dictionary: headerDictionary(register),
    indicator: (code) => indicators.get(code),
  };
  const surveys: SheetSurvey[] = [];
  const stopping: ImportFault[] = [];
  let rows = 0;
  for (const sheet of file.sheets.filter((each) => !isInstruction(each))) {
    const survey = await surveySheet(await withoutAnnotations(sheet), context, () => {
      rows += 1;
      if (rows % PROGRESS_ROWS === 0) onProgress?.("reading", rows);
    });
    if (!survey.ok) stopping.push(...survey.problem);
    else if (survey.value !== null) surveys.push(survey.value);
  }
  if (stopping.length === 0 && surveys.every(({ scan }) => scan.rows === 0)) {
    stopping.push(faultAt({ sheet: null }, "V17", "reject_file", { code: "no_rows" }));
  }
  const faults = surveys.flatMap((survey) => survey.faults);
  if (stopping.length > 0) return refused([...stopping, ...faults]);
  return done({
    columns: surveys.flatMap(understoodColumns),
    faults,
    totals: surveys.flatMap((survey) => totalRows(survey, context)),
    rows: () => readRows(surveys, context),
  });
}

function isInstruction({ name }: ReadSheet): boolean {
  const folded = name?.normalize("NFC").trim().toLowerCase();
  return SHEETS_WITHOUT_FIGURES.some((each) => each.toLowerCase() === folded);
}

function understoodColumns({ layout, numbers }: SheetSurvey): readonly UnderstoodColumn[] {
  return layout.columns.map((column) => ({
    sheet: layout.sheet,
    header: column.header,
    letter: column.letter,
    role: column.role,
    decimal: /^(?:numerator|denominator|ratio)/u.test(column.role) ? numbers(column).decimal : null,
  }));
}

async function* readRows(
  surveys: readonly SheetSurvey[],
  context: Context,
): AsyncGenerator<UnderstoodRow, void, undefined> {
  const { register, settings } = context;
  for (const survey of surveys) {
    const { sheet, layout, above } = survey;
    const carried = new CarriedCells(layout, sheet.merges);
    let at = 0;
    for await (const raw of sheet.rows()) {
      at += 1;
      if (at <= above) continue;
      const row = carried.complete(raw);
      const { kind } = rowKind(row, layout, register, settings.today);
      if (kind === "row") yield readRow(row, survey, context);
    }
  }
}
