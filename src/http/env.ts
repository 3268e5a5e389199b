import { OpenAPIHono, type z } from "@hono/zod-openapi";
import type { HttpBindings } from "@hono/node-server";
import type { Viewer } from "./access/viewer.ts";
import { type FieldError, Problem } from "./problem.ts";

/** What every handler finds in its context. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: { viewer: Viewer };
}

/** A part of the application, whose routes refuse what their schemas do not allow with 400 and the fields' names. */
export function newApi(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new Problem(400, "The request has fields that are not allowed or not valid.", {
        errors: result.error.issues.flatMap((issue) => toFieldErrors(PLACE[result.target], issue)),
      });
    },
  });
}

/** Where a field stands, in the words of an API's user. */
const PLACE: Readonly<Record<string, string>> = { json: "body", param: "path", query: "query" };

function toFieldErrors(place: string | undefined, issue: z.core.$ZodIssue): FieldError[] {
  const at = (path: readonly PropertyKey[]) => [place ?? "request", ...path.map(String)].join(".");
  return issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({ field: at([...issue.path, key]), detail: "is not known here" }))
    : [{ field: at(issue.path), detail: issue.message }];
}
