import { z } from "zod";

/** First word of every backup. */
export const FORMAT = "hatangso-backup";

/** Raised when a reader of before could not read what is written now. */
export const FORMAT_VERSION = 1;

/** How rows are read as text and written from it: the same on every server, whatever its settings. */
export const TEXT_SETTINGS = [
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO, YMD'",
  "set local extra_float_digits = 1",
  "set local bytea_output = 'hex'",
] as const;

const name = z.string().regex(/^[a-z][a-z0-9_]*$/);

/**
 * The first line. Then, for each table, one line `{"table": name}` and one line for each row: an array of the text
 * forms of its values, null for null. One JSON value a line, UTF-8, all of it compressed with gzip.
 */
export const header = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.number().int(),
  /** Version of the product that wrote it. */
  version: z.string(),
  writtenAt: z.string(),
  /** Migrations that the schema had seen, oldest first. */
  migrations: z.array(z.string()).min(1),
  tables: z.record(name, z.array(name)),
  /** Names of partitions, each of which says its bounds. */
  partitions: z.array(name),
});

export type Header = z.infer<typeof header>;

export const tableLine = z.strictObject({ table: name });

export const rowLine = z.array(z.string().nullable());

/** The last line: what must have been read, so that nothing is missing or changed. */
export const footer = z.strictObject({
  rows: z.record(name, z.number().int()),
  /** Last number that each sequence gave out. */
  sequences: z.record(name, z.number().int()),
  /** Hex SHA-256 over all lines before this one, line ends included. */
  sha256: z.string(),
});

export type Footer = z.infer<typeof footer>;
