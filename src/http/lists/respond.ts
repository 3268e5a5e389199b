import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Page, PageRequest } from "../../reports/page.ts";
import { toCsv } from "../../reports/csv.ts";
import type { AppEnv } from "../env.ts";
import { negotiate } from "../negotiate.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { DEFAULT_LIMIT, MAX_LIMIT } from "./fields.ts";

/** The parsed query of a list: what listFields allow and the list's own filters. */
export interface ListQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly format?: "json" | "csv" | undefined;
}

/** How one list is read and written. */
export interface ListSource<Row extends object, Position extends readonly (string | number)[]> {
  /** Name of the list and of its CSV file. */
  readonly name: string;
  /** Columns of the CSV; `a.b` is a field of a nested object. */
  readonly columns: readonly string[];
  readonly position: z.ZodType<Position>;
  read(page: PageRequest<Position>): Promise<Page<Row, Position>>;
}

/**
 * Answers with one page as JSON (`items`, `next_cursor`), or as CSV: one page when a limit or cursor was given, else
 * the whole list, streamed. The next page stands in the Link header too (RFC 8288).
 */
export async function respondWithList<
  Row extends object,
  Position extends readonly (string | number)[],
>(c: Context<AppEnv>, query: ListQuery, source: ListSource<Row, Position>) {
  const format = query.format ?? formatOf(negotiate(c, ["application/json", "text/csv"]));
  const list = listName(c);
  const after =
    query.cursor === undefined ? null : decodeCursor(list, query.cursor, source.position);
  const whole = format === "csv" && query.limit === undefined && after === null;
  const limit = query.limit ?? (whole ? MAX_LIMIT : DEFAULT_LIMIT);
  const first = await source.read({ limit, after });
  const nextCursor = first.next && !whole ? encodeCursor(list, first.next) : null;
  c.header("Vary", "Accept");
  if (nextCursor !== null) c.header("Link", nextLink(c, nextCursor));
  if (format === "json") return c.json({ items: first.rows, next_cursor: nextCursor }, 200);
  const rows = whole ? allRows(first, source) : eachOf(first.rows);
  return c.body(toCsv(source.columns, rows), 200, {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": `attachment; filename="${source.name}.csv"`,
  });
}

function formatOf(type: "application/json" | "text/csv"): "json" | "csv" {
  return type === "text/csv" ? "csv" : "json";
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
