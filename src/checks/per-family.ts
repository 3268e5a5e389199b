import type { HostSight } from "../domain/audit/host.ts";
import type { AuditObservation } from "../domain/audit/observation.ts";
import { FAMILIES, type Family } from "../domain/family.ts";
import type { CheckId, Finding } from "../domain/finding.ts";
import type { CheckContext } from "./check.ts";
import { conclude, noAddress } from "./conclude.ts";
import { entryOf } from "./host-name.ts";
import { type AddressView, familyView } from "./family-view.ts";

/** What a check that judges each family by itself is given of one. */
export interface FamilyCase {
  readonly family: Family;
  readonly entry: HostSight;
  /** The usable addresses of this family, at least one. */
  readonly addresses: readonly AddressView[];
  readonly observation: AuditObservation;
  readonly context: CheckContext;
}

/** Judges the entry host over each family; a family without address is `not_applicable` or, if unsure, `unknown`. */
export function perFamily(check: CheckId, judge: (one: FamilyCase) => Finding) {
  return (observation: AuditObservation, context: CheckContext): readonly Finding[] => {
    const entry = entryOf(observation.facts);
    return FAMILIES.map((family) => {
      if (entry === undefined) return conclude(check, family, "own_fault");
      const view = familyView(entry, family);
      if (view.presence === "unsure") return conclude(check, family, view.why);
      if (view.presence === "none") {
        const evidence = view.leftOut.length === 0 ? {} : { left_out: view.leftOut };
        return conclude(check, family, noAddress(family), evidence);
      }
      return judge({ family, entry, addresses: view.addresses, observation, context });
    });
  };
}
