import type { MiddlewareHandler } from "hono";
import { demandRole, notCovered } from "../access/guards.ts";
import type { Viewer } from "../access/viewer.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";

/** Lets in keys of this role that are for everything or for one province: agencies have no part in the register. */
export function requireRegister(role: "reader" | "operator"): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const viewer = c.get("viewer");
    demandRole(viewer, role);
    if (viewer.agency !== null) throw notCovered(viewer);
    await next();
  };
}

/** The source of what a viewer sends: a key that is limited to a province sends that province's reports alone. */
export function sourceFor(viewer: Viewer, stated: string | undefined, usual: string): string {
  if (viewer.province === null) return stated ?? usual;
  const own = `province-${viewer.province}`;
  if (stated === undefined || stated === own) return own;
  throw new Problem(403, `Your key is limited to the source ${own}.`, {
    errors: [{ field: "body.source", detail: `must be ${own}, or left out` }],
  });
}
