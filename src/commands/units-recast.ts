import { basename } from "node:path";
import { importFaultText } from "../catalogue/import-faults/index.ts";
import type { RawRow, ReadFile } from "../coverage/contract.ts";
import { MAX_UPLOAD_BYTES, openTable } from "../coverage/read/index.ts";
import { findRecastColumns, headersSeen } from "../coverage/recast/recast-columns.ts";
import {
  pairsOf,
  recastAlready,
  type RecastSheet,
  type RecastTable,
  recastTable,
} from "../coverage/recast/recast-table.ts";
import { whichVintage } from "../coverage/recast/which-vintage.ts";
import type { Day } from "../domain/calendar.ts";
import type { UnitBook, VintageFit } from "../domain/units/unit.ts";
import { UsageError } from "../domain/usage-error.ts";
import { rowsToCsv } from "../reports/csv.ts";
import { toXlsx } from "../reports/xlsx.ts";
import { dayIn } from "../reports/zone-day.ts";
import { seedIfEmpty } from "../../seeds/seed.ts";
import { loadUnitBook } from "../store/unit-book.ts";
import type { CommandContext, DatabaseCommand, ExitCode } from "./command.ts";
import { readInput } from "./read-input.ts";

/** Rows that could not be recast and are named one by one; the counts say how many there are. */
const MAX_TOLD = 50;

/** Writes a table with the units that its codes stand for today. Rows that can't be told end the command with 1. */
export const unitsRecastCommand: DatabaseCommand = async (context) => {
  await seedIfEmpty(context.db);
  return unitsRecast(context, await loadUnitBook(context.db), Date.now());
};

/** The same with these units, as of an instant, milliseconds since the epoch. */
export async function unitsRecast(
  context: Omit<CommandContext, "db">,
  book: UnitBook,
  now: number,
): Promise<ExitCode> {
  const { config, args, input, output } = context;
  const say = (line: string) => output.err(line);
  const text = (name: string) => (typeof args[name] === "string" ? args[name] : null);
  const file = String(args["file"]);
  const to = text("to") ?? dayIn(config.reportTimezone, now);
  const target = text("output");
  const isXlsx = target?.toLowerCase().endsWith(".xlsx") ?? false;
  const read = await open(context, file, await readInput(input, MAX_UPLOAD_BYTES));
  const sheets = await sheetsOf(read, text("column"));
  if (sheets.length > 1 && !isXlsx) {
    throw new UsageError(
      `${file} has ${sheets.length} tables, a CSV file only one: write a spreadsheet with -o recast.xlsx.`,
    );
  }
  const from = text("from");
  if (from !== null && from > to) throw new UsageError(`--from ${from} is after --to ${to}.`);
  const tables = sheets.map((sheet) => {
    if (sheet.columns.added !== null) return again(book, sheet, to, say);
    const day = from ?? decide(book, sheet, to, say);
    return recastTable(book, sheet, { from: day, to });
  });
  await write(tables, isXlsx, target, context, now);
  return tell(tables, file, say);
}

async function open({ config }: Pick<CommandContext, "config">, file: string, bytes: Uint8Array) {
  const opened = await openTable({ name: basename(file), bytes });
  if (opened.ok) return opened.value;
  const stopping = opened.problem.filter(({ severity }) => severity === "reject_file");
  const why = stopping.map((fault) => importFaultText(fault, config.lang));
  throw new UsageError(`${file}: ${why.join(" ")}`);
}

async function sheetsOf(read: ReadFile, named: string | null): Promise<RecastSheet[]> {
  const sheets: RecastSheet[] = [];
  let seen: readonly string[] = [];
  for (const { name, rows: stream } of read.sheets) {
    const rows: RawRow[] = [];
    for await (const row of stream()) rows.push(row);
    const columns = findRecastColumns(rows, named);
    if (columns) sheets.push({ name, rows, columns });
    else if (seen.length === 0) seen = headersSeen(rows);
  }
  if (sheets.length > 0) return sheets;
  const what = named === null ? "No column of codes was found" : `There is no column "${named}"`;
  throw new UsageError(
    `${what}. Name it with --column; the columns are: ${seen.slice(0, 20).join(", ") || "none"}.`,
  );
}

/** The first day of the time that the table is of; says so, as a wrong guess would change everything. */
function decide(book: UnitBook, sheet: RecastSheet, to: Day, say: (line: string) => void): Day {
  const pairs = pairsOf(sheet);
  const which = whichVintage(book, sheet.columns.level, pairs);
  if (!which.ok) {
    const shares = which.fits.map((fit) => fitText(fit)).join("; ");
    const why =
      which.why === "ambiguous"
        ? "The same codes stood for other units at other times, and no names tell which are meant"
        : "The codes and names fit the units of no time";
    throw new UsageError(`${why} (${shares}). Say with --from which day they are of.`);
  }
  if (which.fit.from > to)
    throw new UsageError(`The codes are of ${which.fit.from}, after --to ${to}.`);
  say(`${sheet.name === null ? "" : `${sheet.name}: `}Taken for units of ${fitText(which.fit)}.`);
  return which.fit.from;
}

function fitText({ from, to, fits, known, pairs }: VintageFit): string {
  const until = to === null ? "on" : `up to the day before ${to}`;
  return `${from} ${until}: ${fits} names and ${known} codes of ${pairs} fit`;
}

function again(
  book: UnitBook,
  sheet: RecastSheet,
  to: Day,
  say: (line: string) => void,
): RecastTable {
  const table = recastAlready(book, sheet, to);
  if (!table) {
    throw new UsageError(
      `The table was recast to units that are not those of ${to}. Take its added columns away, then recast it again.`,
    );
  }
  say("The table was recast already and stays as it is.");
  return table;
}

async function write(
  tables: readonly RecastTable[],
  isXlsx: boolean,
  target: string | null,
  { output }: Pick<CommandContext, "output">,
  now: number,
): Promise<void> {
  if (isXlsx) {
    const properties = { title: "Recast units", description: "", created: new Date(now) };
    await output.data(await toXlsx(tables.map(sheetPlan), properties));
    return;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of rowsToCsv(eachOf(tables.flatMap(({ rows }) => rows)))) {
    if (target === null) chunks.push(chunk);
    else await output.data(chunk);
  }
  if (target === null) output.out(Buffer.concat(chunks).toString("utf8").trimEnd());
}

function sheetPlan({ name, rows }: RecastTable) {
  const header = Math.max(
    0,
    rows.findIndex((row) => row.includes("new_code")),
  );
  return {
    name: name ?? "recast",
    lines: rows.slice(0, header).map((row) => row.filter((cell) => cell !== "").join(" ")),
    columns: (rows[header] ?? []).map((text) => ({ header: text, width: 16 })),
    rows: rows.slice(header + 1),
  };
}

function tell(tables: readonly RecastTable[], file: string, say: (line: string) => void): ExitCode {
  const unknown = tables.flatMap((table) => table.unknown);
  for (const { sheet, row, code, name, reason } of unknown.slice(0, MAX_TOLD)) {
    const place = [file, sheet, row].filter((part) => part !== null).join(":");
    say(`${place} ${JSON.stringify(code)} ${name ?? ""} ${reason}`);
  }
  const sum = (outcome: "exact" | "split" | "unknown") =>
    tables.reduce((total, { counts }) => total + counts[outcome], 0);
  say(`${sum("exact")} exact, ${sum("split")} split, ${sum("unknown")} unknown.`);
  return unknown.length > 0 ? 1 : 0;
}

async function* eachOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
