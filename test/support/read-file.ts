import { readDenominatorKinds, readIndicators } from "../../seeds/read-coverage.ts";
import { importFaultText } from "../../src/catalogue/import-faults/index.ts";
import type {
  ImportSettings,
  Merge,
  RawValue,
  ReadFile,
  ReadSheet,
  Register,
  Understood,
  UnderstoodRow,
} from "../../src/coverage/contract.ts";
import { understand } from "../../src/coverage/understand/index.ts";
import type { ImportFault } from "../../src/domain/coverage/import-fault.ts";
import { smallRegister } from "./small-register.ts";

/** A sheet by hand: its cells row by row, empty rows left out as reading leaves them out. */
export function madeSheet(
  rows: readonly (readonly RawValue[])[],
  { name = null, merges = [] }: { name?: string | null; merges?: readonly Merge[] } = {},
): ReadSheet {
  return {
    name,
    merges,
    rows: async function* () {
      for (const [at, cells] of rows.entries()) {
        if (cells.some((cell) => cell !== null && cell !== "")) yield { number: at + 1, cells };
      }
    },
  };
}

/** A file that could be opened. */
export function madeFile(...sheets: readonly ReadSheet[]): ReadFile {
  return { name: "so-lieu.xlsx", format: "xlsx", encoding: null, sheets, faults: [] };
}

/** A merge by its corners, rows and columns from 0. */
export function merge(top: number, left: number, bottom: number, right: number): Merge {
  return { top, left, bottom, right };
}

/** Cells of lines of text, split at `|`; a number that is written as `#12` is one, everything else is text. */
export function table(text: string): RawValue[][] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split("|").map((cell) => cellOf(cell.trim())));
}

function cellOf(text: string): RawValue {
  if (text === "") return null;
  return /^#[-\d.]+$/.test(text) ? Number(text.slice(1)) : text;
}

/** The real indicators and denominators, and a handful of real units. */
export async function realRegister(): Promise<Register> {
  return {
    units: smallRegister().units,
    indicators: await readIndicators(),
    denominatorKinds: await readDenominatorKinds(),
    operators: ["viettel", "vnpt", "mobifone"],
  };
}

/** What is stated beside a file, unless a test says otherwise. */
export const SETTINGS: ImportSettings = {
  source: "so-kh-cn",
  asOf: "2026-09-30",
  unitsDay: null,
  basis: "reported",
  operator: "all",
  reason: null,
  onlyProvince: null,
  today: "2026-11-22",
};

/** A file as it was understood, all rows taken; or the faults that stopped it. */
export interface Outcome {
  readonly understood: Understood | null;
  readonly rows: readonly UnderstoodRow[];
  /** Faults of the file and of all its rows. */
  readonly faults: readonly ImportFault[];
  /** The same as `V14.status`, in order. */
  readonly codes: readonly string[];
}

/** Understands a file, or the one sheet that a table of text makes. */
export async function understood(
  file: ReadFile | string,
  register: Register,
  settings: Partial<ImportSettings> = {},
): Promise<Outcome> {
  const read = typeof file === "string" ? madeFile(madeSheet(table(file))) : file;
  const result = await understand(read, register, { ...SETTINGS, ...settings });
  const rows = result.ok ? await allRows(result.value) : [];
  const faults = result.ok
    ? [...result.value.faults, ...rows.flatMap((row) => row.faults)]
    : result.problem;
  // Whatever is told has a text in both languages.
  for (const fault of faults) {
    for (const lang of ["vi", "en"] as const) importFaultText(fault, lang);
  }
  return {
    understood: result.ok ? result.value : null,
    rows,
    faults,
    codes: faults.map(({ rule, detail }) => `${rule}.${detail.code}`),
  };
}

/** All rows of a file at once, as only tests take them. */
export async function allRows(file: Understood): Promise<UnderstoodRow[]> {
  const rows: UnderstoodRow[] = [];
  for await (const row of file.rows()) rows.push(row);
  return rows;
}
