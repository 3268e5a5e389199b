import { type RawBuilder, sql } from "kysely";
import type { CheckId } from "../domain/finding.ts";

/**
 * How a portal counts: `counted` in every share; `redirected`: it only forwards to the national public-service gateway,
 * is judged as a forwarding host alone, and is in no share.
 */
export type ComplianceScope = "counted" | "redirected";

/** The one gateway that the others forward to since 2025 (623/TTg-KSTT). */
const NATIONAL_GATEWAY = "dichvucong.gov.vn";

/** What a forwarding host is judged by: that it can be reached and forwards well over both families. */
export const REDIRECT_CHECKS: ReadonlySet<CheckId> = new Set(["D1", "W1", "W2", "W3", "W6"]);

/**
 * How a portal counts, of a row with `lifecycle`, `host` and `last_audit_id` under this name: registered as redirected,
 * or seen by its last audit to lead to the national gateway over either family.
 */
export function scopeSql(row: string): RawBuilder<ComplianceScope> {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  const leads = `$.*.hops[*].leadsTo ? (@ like_regex "^https?://(www\\\\.)?${NATIONAL_GATEWAY.replaceAll(".", String.raw`\\.`)}([:/?#]|$)")`;
  return sql<ComplianceScope>`(case
    when ${of("lifecycle")} = 'redirected_to_dvcqg' then 'redirected'
    when ${of("host")} not in (${NATIONAL_GATEWAY}, ${`www.${NATIONAL_GATEWAY}`}) and exists (
      select from observation_part o where jsonb_path_exists(o.body, ${sql.lit(leads)}::jsonpath)
        and o.digest = (select x.chains from audit x where x.id = ${of("last_audit_id")}))
    then 'redirected' else 'counted' end)`;
}
