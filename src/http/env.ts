import { OpenAPIHono, type z } from "@hono/zod-openapi";
import type { HttpBindings } from "@hono/node-server";
import type { Viewer } from "./access/viewer.ts";
import { type FieldError, Problem } from "./problem.ts";
import { unstorablePaths } from "./storable-text.ts";

/** What every handler finds in its context. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: { viewer: Viewer };
}

/** Enough to mend a request by; a body of a megabyte can hold a hundred thousand wrong fields. */
const MAX_FIELDS_NAMED = 20;

/**
 * A part of the application, whose routes refuse what their schemas do not allow, and texts that cannot be stored,
 * with 400 and the names of the first fields.
 */
export function newApi(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      const place = PLACE[result.target] ?? "request";
      const errors = result.success
        ? unstorablePaths(result.data).map((path) => toFieldError(place, path, UNSTORABLE))
        : result.error.issues.flatMap((issue) => toFieldErrors(place, issue));
      if (errors.length === 0) return;
      throw new Problem(400, "The request has fields that are not allowed or not valid.", {
        errors: errors.slice(0, MAX_FIELDS_NAMED),
      });
    },
  });
}

const UNSTORABLE = "must not contain NUL or half a surrogate pair";

/** Where a field stands, in the words of an API's user. */
const PLACE: Readonly<Record<string, string>> = {
  json: "body",
  form: "body",
  param: "path",
  query: "query",
};

function toFieldErrors(place: string, issue: z.core.$ZodIssue): FieldError[] {
  return issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => toFieldError(place, [...issue.path, key], "is not known here"))
    : [toFieldError(place, issue.path, issue.message)];
}

function toFieldError(place: string, path: readonly PropertyKey[], detail: string): FieldError {
  return { field: [place, ...path.map(String)].join("."), detail };
}
