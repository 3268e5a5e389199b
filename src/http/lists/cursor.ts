import { createHash } from "node:crypto";
import type { z } from "@hono/zod-openapi";
import { Problem } from "../problem.ts";

/** Bytes of SHA-256 before the position: enough to notice damage and mix-ups; a position is no secret. */
const DIGEST_BYTES = 6;

/**
 * A place in a list as opaque text. `list` names the list with its filters and order: a cursor of another one
 * is refused, because its position would mean something else there.
 */
export function encodeCursor(list: string, position: readonly (string | number)[]): string {
  const payload = JSON.stringify(position);
  return Buffer.concat([digestOf(list, payload), Buffer.from(payload)]).toString("base64url");
}

/** The place that encodeCursor wrote. Throws 400 for anything else. */
export function decodeCursor<Position>(
  list: string,
  cursor: string,
  schema: z.ZodType<Position>,
): Position {
  const bytes = Buffer.from(cursor, "base64url");
  const payload = bytes.subarray(DIGEST_BYTES).toString();
  const intact =
    bytes.toString("base64url") === cursor &&
    bytes.subarray(0, DIGEST_BYTES).equals(digestOf(list, payload));
  const position = intact ? schema.safeParse(parseJson(payload)) : null;
  if (position?.success) return position.data;
  throw new Problem(400, "The cursor is not one that this list gave out.", {
    errors: [
      { field: "query.cursor", detail: "take it from next_cursor, with the same filters and sort" },
    ],
  });
}

function digestOf(list: string, payload: string): Buffer {
  return createHash("sha256").update(`${list}\n${payload}`).digest().subarray(0, DIGEST_BYTES);
}

/** Undefined for what is not JSON, which no schema of ours takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
