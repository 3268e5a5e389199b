import { isUnseen } from "../domain/audit/sight.ts";
import type { AuditObservation } from "../domain/audit/observation.ts";
import type { ZoneSight } from "../domain/audit/zone.ts";
import type { Finding } from "../domain/finding.ts";
import { conclude } from "./conclude.ts";
import { entryOf, literalFamily } from "./host-name.ts";

/** Checks that judge the zone which holds the portal's host. */
type ZoneCheck = "D3" | "D4" | "D5" | "D6";

/** Judges the zone; a literal address has none, and a zone that was not seen is `unknown`. */
export function onZone(check: ZoneCheck, judge: (zone: ZoneSight) => Finding) {
  return ({ facts }: AuditObservation): readonly Finding[] => {
    const entry = entryOf(facts);
    if (entry !== undefined && literalFamily(entry.host) !== null) {
      return [conclude(check, null, "literal_address")];
    }
    const { zone } = facts;
    return [isUnseen(zone) ? conclude(check, null, zone.unseen) : judge(zone)];
  };
}
