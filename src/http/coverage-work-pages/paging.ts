import { z } from "@hono/zod-openapi";
import { LANGS } from "../../web/lang.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { cursorText, positionNumber } from "../lists/fields.ts";

/** A field that a form sends empty counts as one that was not given. */
export const blank = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .literal("")
    .transform(() => undefined)
    .or(schema)
    .optional();

/** What every page's address may say. */
export const pageFields = { lang: z.enum(LANGS).optional(), cursor: blank(cursorText) };

const position = z.tuple([positionNumber]).readonly();

/** Where a list goes on, by a cursor of its own filters; null at its beginning. Throws 400 for another list's. */
export function placeIn(list: string, cursor: string | undefined): readonly [number] | null {
  return cursor === undefined ? null : decodeCursor(list, cursor, position);
}

/** The cursor of the next page, or null. */
export function cursorOf(list: string, next: readonly [number] | null): string | null {
  return next && encodeCursor(list, next);
}
