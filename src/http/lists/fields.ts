import { z } from "@hono/zod-openapi";
import { slugInput } from "../../store/portal-input.ts";
import { isStorable } from "../storable-text.ts";

/** How many rows a page has unless asked otherwise, and at most. */
export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 500;

/** Text without control characters: PostgreSQL refuses NUL, and nobody searches for the others. */
export const plainText = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u, "must not contain control characters")
  // The generator would write the flag into the pattern; JSON Schema's patterns are Unicode ones anyway.
  .openapi({ pattern: String.raw`^\P{Cc}+$` });

/** Longer than any of ours: a name of 300 letters, of up to nine bytes each when it is folded, and an id. */
export const cursorText = z.string().max(5000);

/** What every list takes. */
export const listFields = {
  limit: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .optional()
    .openapi({
      type: "integer",
      minimum: 1,
      maximum: MAX_LIMIT,
      description: `Rows per page, ${DEFAULT_LIMIT} unless given; CSV without limit and cursor holds all rows.`,
    }),
  cursor: cursorText
    .optional()
    .openapi({ description: "`next_cursor` of the page before, with the same filters." }),
  format: z
    .enum(["json", "csv"])
    .optional()
    .openapi({ description: "Wins over the Accept header." }),
};

export const provinceCode = z
  .string()
  .regex(/^[0-9]{2}$/, "must be a province code of two digits")
  .openapi({ example: "01" });

// A copy, because only schemas that are made after the OpenAPI extension was loaded have `openapi`.
export const slug = slugInput.clone().openapi({ example: "hanoi-portal" });

/** PostgreSQL knows no year 0, and no portal is older than the web. */
const YEAR = /^(19|20|21)/;

/** Largest of PostgreSQL's type integer. */
const MAX_ROW_NUMBER = 2 ** 31 - 1;

/** The number of a row in a path. */
export const rowNumber = z.coerce
  .number<string>()
  .int()
  .min(1)
  .max(MAX_ROW_NUMBER)
  .openapi({ type: "integer", minimum: 1, maximum: MAX_ROW_NUMBER });

/** A calendar day that exists. */
export const day = z.iso.date().regex(YEAR).openapi({ example: "2026-11-22" });

/** An instant with a zone. */
export const instant = z.iso
  .datetime({ offset: true })
  .regex(YEAR)
  .openapi({ example: "2026-11-22T00:00:00Z" });

/** Parts of a position in a list. Whoever makes up a cursor must not make the database fail. */
export const positionText = z.string().refine(isStorable);
export const positionInstant = z.iso.datetime().regex(YEAR);
export const positionNumber = z.int().min(0).max(MAX_ROW_NUMBER);
export const positionSmallint = z.int().min(0).max(32_767);

/** A switch in a query: `true` or `false`. */
export const yes = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .openapi({ type: "boolean" });

/** For routes that take no query at all. */
export const noQuery = z.strictObject({});
