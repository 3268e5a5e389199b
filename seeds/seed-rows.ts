import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";

/** A row of a seed file by the names of its columns. */
export type SeedRow = Readonly<Record<string, string>>;

/** Where a seed file is. */
export function seedFile(name: string): URL {
  return new URL(name, import.meta.url);
}

/** The rows of a seed file, which is UTF-8 with a header. */
export async function readRows(name: string): Promise<SeedRow[]> {
  return parse(await readFile(seedFile(name), "utf8"), { columns: true }) as unknown as SeedRow[];
}

/** The value of a column; a row without one is a fault of ours. */
export function must(row: SeedRow, column: string): string {
  const value = row[column];
  if (!value) throw new Error(`A seed file has a row without ${column}`);
  return value;
}

/** The value of a column, or null where it is blank. */
export function optional(row: SeedRow, column: string): string | null {
  return row[column] || null;
}

/** The number in a column, or null where it is blank. */
export function number(row: SeedRow, column: string): number | null {
  const text = optional(row, column);
  return text === null ? null : Number(text);
}
