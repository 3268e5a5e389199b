import { AUDIT_PLANS } from "./audits.ts";
import { CERTIFICATE_PLANS } from "./certificates.ts";
import { DNS_PLANS } from "./dns.ts";
import { HTTP_PLANS } from "./http.ts";
import { PAGE_PLANS } from "./pages.ts";
import type { PortalPlan } from "./plan.ts";
import { REACHABILITY } from "./reachability.ts";
import { REDIRECTS } from "./redirects.ts";

/** Every portal that the lab plays. */
export const CATALOGUE: readonly PortalPlan[] = [
  ...REACHABILITY,
  ...CERTIFICATE_PLANS,
  ...REDIRECTS,
  ...HTTP_PLANS,
  ...DNS_PLANS,
  ...PAGE_PLANS,
  ...AUDIT_PLANS,
];

/** The plans of these ids and of what they redirect to, in catalogue order; throws for an unknown id. */
export function plansFor(ids: readonly string[] | undefined): readonly PortalPlan[] {
  if (ids === undefined) return CATALOGUE;
  const wanted = new Set<string>();
  const want = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const needed of planOf(id).needs ?? []) want(needed);
  };
  for (const id of ids) want(id);
  return CATALOGUE.filter((plan) => wanted.has(plan.id));
}

/** The plan of this id; throws if the lab has none. */
export function planOf(id: string): PortalPlan {
  const plan = CATALOGUE.find((candidate) => candidate.id === id);
  if (plan === undefined) throw new Error(`the lab plays no portal "${id}"`);
  return plan;
}
