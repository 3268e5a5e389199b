import { ZONE } from "./dns-zone.ts";
import { type PortalPlan, audited } from "./catalogue/plan.ts";
import type { LabAudit, LabPortal } from "./types.ts";

/** Made-up agencies that answer for the portals in turn. */
const AGENCIES = ["Bộ Thử nghiệm (bịa)", "Tỉnh Thử nghiệm (bịa)", "Sở Thử nghiệm (bịa)"] as const;

/** The host of a plan. */
export function hostOf(plan: PortalPlan): string {
  return plan.host ?? `${plan.id}.${ZONE}`;
}

/** The Vietnamese name of a plan, marked as made up. */
export function nameViOf(plan: PortalPlan): string {
  return `Cổng thử: ${plan.vi} (bịa)`;
}

/** The portal that a plan becomes at this port. */
export function portalOf(
  plan: PortalPlan,
  number: number,
  port: number,
  manyIp6: boolean,
): LabPortal {
  const host = hostOf(plan);
  return {
    id: plan.id,
    url: `${plan.scheme ?? "https"}://${host}:${port}/`,
    host,
    nameVi: nameViOf(plan),
    nameEn: `Made-up portal: ${plan.en}`,
    kind: plan.kind ?? "portal",
    agency: AGENCIES[number % AGENCIES.length]!,
    defect: plan.defect,
    expectation: plan.expectation ?? {},
    expect: (manyIp6 ? plan.expectManyIp6 : undefined) ?? plan.expect,
    alternate: plan.alternate ?? null,
    audit: (manyIp6 ? plan.auditManyIp6 : undefined) ?? plan.audit ?? usualAudit(plan),
  };
}

/** What an audit says where HTTPS is as it should be. */
function usualAudit({ expect }: PortalPlan): LabAudit {
  return audited(expect.ip6.outcome === "no_address" ? "L0" : "L3", "A");
}
