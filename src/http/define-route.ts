import { isUtf8 } from "node:buffer";
import { z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { AppEnv } from "./env.ts";
import { negotiate } from "./negotiate.ts";
import { Problem } from "./problem.ts";

/** No body of the API comes near; imports have their own limit. */
const MAX_BODY_BYTES = 1024 * 1024;

/** How the document shows what Problem writes. */
const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  })
  .openapi("Problem");

/** The answers of every route beside its own. */
export const PROBLEMS = {
  default: {
    description: "The request is refused (RFC 9457): `errors` names the fields.",
    content: { "application/problem+json": { schema: problemSchema } },
  },
} as const;

/** The name of the key scheme in the OpenAPI document. */
export const KEY_SCHEME = "key";

/** For routes that answer without a key where PUBLIC_READ allows it. */
export const KEY_OPTIONAL: Record<string, string[]>[] = [{}, { [KEY_SCHEME]: [] }];

/** For routes that always need a key. */
export const KEY_NEEDED: Record<string, string[]>[] = [{ [KEY_SCHEME]: [] }];

/** Refuses bodies above 1 MiB with 413, also those that do not say their length; stands behind the check of the key. */
export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new Problem(413, "The body is larger than 1 MiB.");
  },
});

/**
 * Refuses with 400 a body that is not UTF-8, as RFC 8259 section 8.1 wants it: text in one of the old Vietnamese
 * encodings would be stored as question marks otherwise. Stands behind limitBody, which bounds what is read here.
 */
export const onlyUtf8: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!isUtf8(Buffer.from(await c.req.arrayBuffer()))) {
    throw new Problem(400, "The body is not UTF-8.");
  }
  await next();
};

/** What a JSON answer of this schema looks like in a route. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** What a list of these items looks like in a route: a page as JSON, or CSV. */
export function listAnswer<Item extends z.ZodType>(item: Item, description: string) {
  const page = z.object({ items: z.array(item).readonly(), next_cursor: z.string().nullable() });
  return {
    description,
    content: {
      "application/json": { schema: page },
      "text/csv": { schema: z.string() },
    },
  };
}

/** What a JSON body of this schema looks like in a route. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

/** Refuses with 406 a client that takes no JSON, for routes that have nothing else. */
export const onlyJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  negotiate(c, ["application/json"]);
  await next();
};
