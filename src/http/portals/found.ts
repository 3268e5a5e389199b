import type { Context } from "hono";
import type { PortalSummary } from "../../reports/portal-summary.ts";
import { findPortal, type FoundPortal } from "../../reports/portal-detail.ts";
import { type Belonging, maySeeDetails } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { notFound } from "../problem.ts";
import { viewpoint } from "../viewpoint.ts";

/** The portal of this id, and whether this viewer may see its addresses and evidence. Throws 404. */
export async function findOrThrow(
  c: Context<AppEnv>,
  deps: AppDeps,
  id: string,
): Promise<FoundPortal & { readonly open: boolean }> {
  const found = await findPortal(deps.db, viewpoint(deps), id);
  if (found === null) throw notFound(`portal ${id}`);
  const open = maySeeDetails(c.get("viewer"), deps.config.publicRead, belonging(found.detail));
  return { ...found, open };
}

/** What keys a portal belongs to. */
export function belonging({ agency, province }: PortalSummary): Belonging {
  return { agency: agency.id, province: province?.code ?? null };
}
