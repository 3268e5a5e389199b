import { SEEN } from "./compliance.ts";
import { LISTED, PORTAL_COLUMNS, PORTAL_SQL, type View } from "./view.ts";

/** What is wrong now. */
const OPEN = `f.ended_at is null and f.verdict in ('fail', 'warn') and ${LISTED}`;

export const FINDINGS: readonly View[] = [
  {
    name: "finding",
    comment:
      "What does not hold now: one row per open finding of fail or warn. Of a portal that only forwards, those about reaching it.",
    columns: {
      vantage: "The vantage point that saw it",
      ...PORTAL_COLUMNS,
      check_id: "The check, as D1, W3 or H2",
      family: "ip4 or ip6; null: about the portal as a whole",
      verdict: "fail or warn",
      reason: "Slug of what the check found",
      since: "Since when it has not held",
      first_seen: "The first audit that found this very reason",
      last_seen: "The last audit that found it",
      audits: "How many audits in a row found it",
      ruleset: "The rules that judged it",
      to_mend: "The hosts, name servers, zones, certificates or addresses that have to change",
    },
    query: `select v.name, ${PORTAL_SQL}, f.check_id, nullif(f.family, ''), f.verdict, f.reason, f.since, f.first_seen,
      f.last_seen, f.audits, f.ruleset,
      (select string_agg(c->>'kind' || ' ' || (c->>'name'), ', ') from jsonb_array_elements(f.causes) c)
      from ${SEEN} join finding f on f.portal_id = p.id and f.vantage_id = v.id
      where ${OPEN} and (f.check_id in ('D1', 'W1', 'W2', 'W3', 'W6') or x.scope = 'counted')`,
  },
  {
    name: "evidence_summary",
    comment:
      "What stands behind the findings of now: one row per vantage point, check, family, verdict and reason.",
    columns: {
      vantage: "The vantage point that saw it",
      check_id: "The check",
      family: "ip4 or ip6; null: about portals as a whole",
      verdict: "fail or warn",
      reason: "Slug of what the check found",
      portals: "Portals of which it found that",
      agencies: "Agencies that answer for them",
      audits: "Audits that found it in a row, of all of them together",
      oldest_since: "Since when the first of them has not held",
      last_seen: "The last audit that found it of any of them",
    },
    query: `select v.name, f.check_id, nullif(f.family, ''), f.verdict, f.reason, count(*)::int,
      count(distinct p.agency_id)::int, sum(f.audits)::int, min(f.since), max(f.last_seen)
      from finding f join portal p on p.id = f.portal_id join vantage v on v.id = f.vantage_id
      where ${OPEN} group by v.name, f.check_id, f.family, f.verdict, f.reason`,
  },
];
