import type { PortalKind } from "../domain/portal.ts";

/** What the series of one probed portal say of it, beside its results. */
export interface PortalMetricsInfo {
  /** The portal's number in the database, as in ProbeResult. */
  readonly portal: number;
  /** The stable id, label `portal`. */
  readonly slug: string;
  /** The URL as registered, label `instance`. */
  readonly url: string;
  readonly kind: PortalKind;
  /** What kind of body the agency is: ministry, province, … */
  readonly ownerType: string;
  /** Whether it belongs in shares: a portal that only forwards to the national gateway does not. */
  readonly counted: boolean;
  /** The agency's stable id. */
  readonly agency: string;
  /** The province's code, null for a portal of no province. */
  readonly province: string | null;
}
