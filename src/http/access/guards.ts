import type { MiddlewareHandler } from "hono";
import type { Scope } from "../../reports/scope.ts";
import type { KeyRole } from "../../store/schema.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import { unauthorized } from "./authenticate.ts";
import { type Belonging, covers, hasRole, isUnlimited, type Viewer } from "./viewer.ts";

/** Throws 401 for someone without a key and 403 for one whose role is too low. */
export function demandRole(viewer: Viewer, role: KeyRole): void {
  if (viewer.role === null) throw unauthorized(`This needs a key with the role ${role}.`);
  if (!hasRole(viewer, role)) {
    throw new Problem(403, `This needs the role ${role}; your key has the role ${viewer.role}.`);
  }
}

/** Lets in only keys of this role or a higher one. */
export function requireRole(role: KeyRole): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    demandRole(c.get("viewer"), role);
    await next();
  };
}

/** Lets in only keys of this role that are for everything: what follows is not divided by agency or province. */
export function requireUnlimited(role: KeyRole): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    demandRole(c.get("viewer"), role);
    demandUnlimited(c.get("viewer"));
    await next();
  };
}

/** Throws 403 for a key that is limited to one agency or province. */
export function demandUnlimited(viewer: Viewer): void {
  if (isUnlimited(viewer)) return;
  throw new Problem(403, "This needs a key that is not limited to one agency or province.");
}

/** Throws 403 when a thing lies outside what the viewer's key is limited to. */
export function demandCovered(viewer: Viewer, belonging: Belonging): void {
  if (!covers(viewer, belonging)) throw notCovered(viewer);
}

/** 403 for what lies outside what the viewer's key is limited to. */
export function notCovered(viewer: Viewer): Problem {
  const limit =
    viewer.agency === null ? `the province ${viewer.province}` : `the agency ${viewer.agency}`;
  return new Problem(403, `Your key is limited to ${limit}.`);
}

/** Throws 401 or 403 for someone who may not see findings, evidence and what is written about them. */
export function demandDetails(
  viewer: Viewer,
  { publicRead }: Pick<AppDeps["config"], "publicRead">,
  belonging: Belonging,
): void {
  if (publicRead === "all") return;
  demandRole(viewer, "reader");
  demandCovered(viewer, belonging);
}

/** Whose portals' details the viewer may list: everyone's, or what their key is limited to. Throws 401 without a key. */
export function detailScope(
  viewer: Viewer,
  { publicRead }: Pick<AppDeps["config"], "publicRead">,
): Scope {
  if (publicRead === "all") return { agency: null, province: null };
  demandRole(viewer, "reader");
  return { agency: viewer.agency, province: viewer.province };
}

/** With PUBLIC_READ=none everything behind this needs a key. */
export function requireReader(config: AppDeps["config"]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (config.publicRead === "none") demandRole(c.get("viewer"), "reader");
    await next();
  };
}

/** Opens the metrics to any key, and to METRICS_TOKEN if it is set; without it to whoever may read at all. */
export function requireScraper(config: AppDeps["config"]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { role, scraper } = c.get("viewer");
    const open = config.metricsToken === null && config.publicRead !== "none";
    if (!open && !scraper && role === null) {
      throw unauthorized("The metrics of this service need its METRICS_TOKEN, or a key.");
    }
    await next();
  };
}
