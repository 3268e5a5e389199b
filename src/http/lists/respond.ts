import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Page, PageRequest } from "../../reports/page.ts";
import { toCsv } from "../../reports/csv.ts";
import type { AppEnv } from "../env.ts";
import { negotiate } from "../negotiate.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { DEFAULT_LIMIT, MAX_LIMIT } from "./fields.ts";
import type { ReadyPage, ReadyPages } from "./ready-pages.ts";

/** The parsed query of a list: what listFields allow and the list's own filters. */
export interface ListQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly format?: Format | undefined;
}

type Format = "json" | "csv" | "xlsx";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** How one list is read and written. */
export interface ListSource<Row extends object, Position extends readonly (string | number)[]> {
  /** Name of the list and of its CSV file. */
  readonly name: string;
  /** Columns of the CSV; `a.b` is a field of a nested object. */
  readonly columns: readonly string[];
  readonly position: z.ZodType<Position>;
  read(page: PageRequest<Position>): Promise<Page<Row, Position>>;
  /** What stands beside `items` in JSON. */
  readonly extra?: (() => Promise<object> | object) | undefined;
  /** The row as its CSV columns want it; itself without. */
  readonly csvRow?: ((row: Row) => object) | undefined;
  /** Gives out ready pages in JSON; only where everybody is shown the same. */
  readonly ready?: ReadyPages | undefined;
  /** The whole list as an XLSX file, where there is one. */
  readonly workbook?: (() => Promise<Uint8Array>) | undefined;
}

/**
 * Answers with one page as JSON (`items`, `next_cursor`), or as CSV: one page when a limit or cursor was given, else
 * the whole list, streamed; or with the whole list as XLSX where the source has it. The next page stands in the Link header too (RFC 8288).
 */
export async function respondWithList<
  Row extends object,
  Position extends readonly (string | number)[],
>(c: Context<AppEnv>, query: ListQuery, source: ListSource<Row, Position>) {
  const format = query.format ?? negotiated(c, source.workbook !== undefined);
  if (format === "xlsx") return respondWithWorkbook(c, source);
  const list = listName(c);
  const after =
    query.cursor === undefined ? null : decodeCursor(list, query.cursor, source.position);
  const whole = format === "csv" && query.limit === undefined && after === null;
  const limit = query.limit ?? (whole ? MAX_LIMIT : DEFAULT_LIMIT);
  if (format === "json" && source.ready) {
    const make = () => readyPage(list, source, { limit, after });
    return respondWithReady(c, await source.ready(`${list} ${limit} ${query.cursor ?? ""}`, make));
  }
  const first = await source.read({ limit, after });
  const nextCursor = first.next && !whole ? encodeCursor(list, first.next) : null;
  c.header("Vary", "Accept");
  if (nextCursor !== null) c.header("Link", nextLink(c, nextCursor));
  if (format === "json") {
    const extra = await source.extra?.();
    return c.json({ ...extra, items: first.rows, next_cursor: nextCursor }, 200);
  }
  const rows = whole ? allRows(first, source) : eachOf(first.rows);
  return c.body(toCsv(source.columns, mapped(rows, source.csvRow)), 200, {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": `attachment; filename="${source.name}.csv"`,
  });
}

async function readyPage<Row extends object, Position extends readonly (string | number)[]>(
  list: string,
  source: ListSource<Row, Position>,
  page: PageRequest<Position>,
): Promise<ReadyPage> {
  const { rows, next } = await source.read(page);
  const nextCursor = next && encodeCursor(list, next);
  const extra = await source.extra?.();
  const json = JSON.stringify({ ...extra, items: rows, next_cursor: nextCursor });
  // Octets, because turning the text into them took longer than all the rest of an answer.
  return { bytes: Uint8Array.from(Buffer.from(json)), nextCursor };
}

/** What c.json would answer with, without making the text anew; to the route's types a page is what it says. */
function respondWithReady(c: Context<AppEnv>, { bytes, nextCursor }: ReadyPage) {
  c.header("Vary", "Accept");
  if (nextCursor !== null) c.header("Link", nextLink(c, nextCursor));
  return c.body(bytes, 200, { "Content-Type": "application/json" }) as Response as never;
}

function negotiated(c: Context<AppEnv>, hasWorkbook: boolean): Format {
  const offered = ["application/json", "text/csv"] as const;
  const type = negotiate<string>(c, hasWorkbook ? [...offered, XLSX_TYPE] : [...offered]);
  if (type === XLSX_TYPE) return "xlsx";
  return type === "text/csv" ? "csv" : "json";
}

async function respondWithWorkbook<
  Row extends object,
  Position extends readonly (string | number)[],
>(c: Context<AppEnv>, { name, workbook }: ListSource<Row, Position>) {
  if (workbook === undefined) throw new Error(`The list ${name} has no XLSX form`);
  c.header("Vary", "Accept");
  return c.body(new Uint8Array(await workbook()), 200, {
    "Content-Type": XLSX_TYPE,
    "Content-Disposition": `attachment; filename="${name}.xlsx"`,
  });
}

async function* mapped<Row extends object>(
  rows: AsyncIterable<Row>,
  map: ((row: Row) => object) | undefined,
): AsyncGenerator<object> {
  for await (const row of rows) yield map ? map(row) : row;
}

/** The list that a request asks for: its path and query, without what differs from page to page. */
function listName(c: Context<AppEnv>): string {
  const { pathname, searchParams } = new URL(c.req.url);
  for (const name of ["cursor", "limit", "format"]) searchParams.delete(name);
  searchParams.sort();
  return `${pathname}?${searchParams.toString()}`;
}

function nextLink(c: Context<AppEnv>, cursor: string): string {
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.set("cursor", cursor);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}

async function* allRows<Row extends object, Position extends readonly (string | number)[]>(
  first: Page<Row, Position>,
  source: ListSource<Row, Position>,
): AsyncGenerator<Row> {
  yield* first.rows;
  let after = first.next;
  while (after !== null) {
    const page = await source.read({ limit: MAX_LIMIT, after });
    yield* page.rows;
    after = page.next;
  }
}

async function* eachOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
