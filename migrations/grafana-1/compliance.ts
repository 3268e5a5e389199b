import { LISTED, PORTAL_COLUMNS, PORTAL_SQL, type View } from "./view.ts";

/** Whether the last audit saw the portal lead to the national public-service gateway. */
const LEADS_TO_GATEWAY = `p.host not in ('dichvucong.gov.vn', 'www.dichvucong.gov.vn') and exists (
    select from audit x join observation_part o on o.digest = x.chains
    where x.id = t.last_audit_id and jsonb_path_exists(o.body,
      '$.*.hops[*].leadsTo ? (@ like_regex "^https?://(www\\\\.)?dichvucong\\\\.gov\\\\.vn([:/?#]|$)")'))`;

/** How a portal counts, of `p` and its track `t`. */
const SCOPE = `case when p.lifecycle = 'redirected_to_dvcqg' or ${LEADS_TO_GATEWAY}
    then 'redirected' else 'counted' end`;

/** What no audit has looked at for a week is not known any more. */
const STALE = `coalesce(t.last_audit_at < now() - interval '7 days', false)`;

/** A level or grade may have begun before it was confirmed. */
const began = (what: "level" | "grade") => `case when not ${STALE}
    then coalesce(to_timestamp((t.${what}_track->>'since')::bigint / 1000.0), s.from_at) end`;

/** Open findings of a verdict; of a portal that only forwards, those about reaching it. */
const findings = (verdict: string) => `(select count(*)::int from finding f
    where f.portal_id = p.id and f.vantage_id = v.id and f.ended_at is null and f.verdict = '${verdict}'
      and (f.check_id in ('D1', 'W1', 'W2', 'W3', 'W6') or x.scope = 'counted'))`;

/** Portals, each with what each vantage point has seen of it. `offset 0`: the scope is found once, not wherever it is asked for. */
export const SEEN = `portal p
    join agency a on a.id = p.agency_id
    left join admin_unit u on u.id = p.province_id
    cross join vantage v
    left join standing s on s.portal_id = p.id and s.vantage_id = v.id and s.to_at is null
    left join standing_track t on t.portal_id = p.id and t.vantage_id = v.id
    cross join lateral (select ${SCOPE} as scope offset 0) x`;

const LIST: View = {
  name: "compliance",
  comment:
    "The compliance list of now: one row per portal on the list and vantage point. Choose one vantage point.",
  columns: {
    vantage: "The vantage point that saw it",
    ...PORTAL_COLUMNS,
    scope: "counted in every share, or redirected: it only forwards to the national gateway",
    level: "Confirmed IPv6 readiness level: U, LX, L0 to L5; U where nothing is known",
    level_since: "The first audit that saw the level; null where nothing is known",
    provisional_days:
      "Of an L3 that lacks nothing but history: of how many of thirty days there is some; else null",
    grade: "Confirmed HTTPS grade: A to E; U where nothing is known",
    grade_since: "The first audit that saw the grade; null where nothing is known",
    flapping: "Level or grade has changed so often lately that it says little",
    stale: "No audit has looked at it for a week",
    last_audit_at: "When its last audit ended; null before the first",
    findings_fail: "Open findings that fail",
    findings_warn: "Open findings that warn",
    findings_unknown: "Checks that could not tell",
  },
  query: `select v.name, ${PORTAL_SQL}, x.scope,
    case when ${STALE} then 'U' else coalesce(s.level, 'U') end, ${began("level")},
    case when not ${STALE} and s.level = 'L3' then t.provisional_days end,
    case when ${STALE} then 'U' else coalesce(s.grade, 'U') end, ${began("grade")},
    coalesce(t.flapping, false), ${STALE}, t.last_audit_at,
    ${findings("fail")}, ${findings("warn")}, ${findings("unknown")}
    from ${SEEN} where ${LISTED}`,
};

const REQUIREMENT: View = {
  name: "requirement",
  comment: "What portals and agencies are held against, with how certain one is of each text.",
  columns: {
    requirement: "Its id",
    position: "Where it stands in reports",
    document_number: "Number of the document",
    title_vi: "Title of the document in Vietnamese",
    title_en: "The same in English",
    article: "Article; null where none is known",
    text_vi: "What it asks for, in this system's words, in Vietnamese",
    text_en: "The same in English",
    certainty:
      "text: read in the text itself; press, secondary: told by others; unverified: no fact, and nothing is said of its force",
    duty: "mandatory or advisory; null where unverified",
    force: "in_force, ended or not_yet, on this day; null where unverified",
    valid_from: "First day; null where not known or unverified",
    valid_to: "Last day; null where it has none, is not known, or unverified",
    subject: "portal or agency",
    source_url: "Where it was read",
  },
  query: `select r.id, r.position, r.document_number, r.title_vi, r.title_en, r.article, r.text_vi, r.text_en, r.certainty,
    case when r.certainty <> 'unverified' then r.duty end,
    case when r.certainty = 'unverified' then null when current_date < r.valid_from then 'not_yet'
      when current_date > r.valid_to then 'ended' else 'in_force' end,
    case when r.certainty <> 'unverified' then r.valid_from end,
    case when r.certainty <> 'unverified' then r.valid_to end, r.subject, r.source_url
    from requirement r`,
};

const asked = (what: string, ladder: string) =>
  `array_position(array[${ladder}], r.evidence->>'atLeast') <= coalesce(array_position(array[${ladder}], c.${what}), 0)`;
const LEVELS = `'L0', 'L1', 'L2', 'L3', 'L4', 'L5'`;
const GRADES = `'E', 'D', 'C', 'B', 'A'`;

/** Every family that a check judges must pass; a check without a finding could not tell. */
const BY_CHECKS = `(select case
    when bool_or(f.verdict in ('fail', 'warn')) then 'not_met'
    when bool_or(f.verdict = 'unknown') or count(distinct f.check_id) < jsonb_array_length(r.evidence->'checks') then 'unknown'
    when bool_or(f.verdict = 'pass') then 'met' else 'not_applicable' end
  from portal p join finding f on f.portal_id = p.id join vantage v on v.id = f.vantage_id and v.name = c.vantage
  where p.slug = c.portal and f.ended_at is null and r.evidence->'checks' ? f.check_id)`;

const REQUIREMENT_RESULT: View = {
  name: "compliance_requirement",
  comment:
    "What each requirement on portals comes to: one row per portal on the list, vantage point and requirement. Ask for one agency.",
  columns: {
    vantage: "The vantage point that saw it",
    agency: "Id of the agency",
    portal: "Id of the portal",
    requirement: "Id of the requirement, as in the view requirement",
    verdict:
      "met, not_met, unknown or not_applicable; unknown also where this system can't see it, and is in no share",
  },
  query: `select c.vantage, c.agency, c.portal, r.id,
    case when c.scope <> 'counted' or current_date < r.valid_from
        or (r.kinds <> '{}' and not c.kind = any(r.kinds)) then 'not_applicable'
      when r.evidence->>'by' = 'level' then case when c.level = 'U' then 'unknown'
        when ${asked("level", LEVELS)} then 'met'
        when r.evidence->>'atLeast' in ('L4', 'L5') and c.provisional_days is not null then 'unknown' else 'not_met' end
      when r.evidence->>'by' = 'grade' then case when c.grade = 'U' then 'unknown'
        when ${asked("grade", GRADES)} then 'met' else 'not_met' end
      when r.evidence->>'by' = 'checks' then ${BY_CHECKS}
      else 'unknown' end
    from grafana.compliance c cross join requirement r where r.subject = 'portal'`,
};

export const COMPLIANCE: readonly View[] = [LIST, REQUIREMENT, REQUIREMENT_RESULT];
