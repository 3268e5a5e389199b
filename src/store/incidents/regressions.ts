import { sql } from "kysely";
import type { IncidentChange } from "../../domain/incident/change.ts";
import type { IncidentKind } from "../../domain/incident/kinds.ts";
import { fallOf, isRestored } from "../../domain/incident/regression.ts";
import { portalSubject } from "../../domain/incident/subject.ts";
import { GRADE_SCALE, LEVEL_SCALE } from "../../domain/level-scale.ts";
import type { PortalKind } from "../../domain/portal.ts";
import type { Scale } from "../../domain/standing.ts";
import { applyChanges } from "./apply-changes.ts";
import { FACT_COLUMNS, incidentFacts } from "./open-incidents.ts";
import type { Round } from "./round.ts";

/** Falls that are older when they are first looked at are history. */
const NEWS_MS = 7 * 86_400_000;
/** Spans of a portal that are looked at. */
const SPANS = 30;

type RegressionKind = Extract<IncidentKind, "ipv6_regression" | "https_regression">;
type Measure = "level" | "grade";

const MEASURES = [
  {
    kind: "ipv6_regression",
    measure: "level",
    scale: LEVEL_SCALE as Scale<string>,
    cause: "level_fell",
  },
  {
    kind: "https_regression",
    measure: "grade",
    scale: GRADE_SCALE as Scale<string>,
    cause: "grade_fell",
  },
] as const satisfies readonly {
  kind: RegressionKind;
  measure: Measure;
  scale: Scale<string>;
  cause: string;
}[];

/** One span of what was believed of a portal. */
type Span = Readonly<Record<Measure, string>> & {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly audit: number;
};

interface Standing {
  readonly portal: number;
  readonly kind: PortalKind;
  readonly vantage: number;
  readonly network: string;
  /** In order; the last one is the present. */
  readonly spans: readonly Span[];
}

/**
 * What audits say of readiness: an incident begins where the believed level or grade falls, and ends where it is back.
 * What a person has ended does not begin again by the same audit.
 */
export async function followRegressions(round: Round): Promise<void> {
  const { trx, now } = round;
  const known = await readKnown(round);
  const open = known.filter(({ resolved_at }) => resolved_at === null);
  const portals = open.flatMap(({ portal_id }) => portal_id ?? []);
  const standings = await readStandings(round, portals);
  const changes: IncidentChange[] = [];
  // By key: looked for one by one, 20,000 portals held the event loop for seconds after a week of many falls.
  const byKey = Map.groupBy(known, (row) => keyOf(row.kind, row.portal_id, row.network));
  for (const standing of standings) {
    for (const measure of MEASURES) {
      const own = byKey.get(keyOf(measure.kind, standing.portal, standing.network)) ?? [];
      const change = decide(round, standing, measure, own);
      if (change) changes.push(change);
    }
  }
  round.note(await applyChanges(trx, changes, now));
}

function keyOf(kind: string, portal: number | null, network: string): string {
  return `${kind} ${portal} ${network}`;
}

function decide(
  round: Round,
  standing: Standing,
  { kind, measure, scale, cause }: (typeof MEASURES)[number],
  known: Awaited<ReturnType<typeof readKnown>>,
): IncidentChange | null {
  const { now } = round;
  const values = standing.spans.map((span) => span[measure]);
  const present = standing.spans.at(-1);
  if (!present) return null;
  const open = known.find(({ resolved_at }) => resolved_at === null);
  if (open) {
    const { from, to } = open.evidence as { from: string; to: string };
    if (isRestored(from, present[measure], scale)) {
      return {
        type: "resolve",
        at: now,
        id: open.id,
        resolvedAt: present.from,
        closedBy: "restored",
      };
    }
    if (present[measure] === to || present[measure] === scale.undecided) return null;
    const evidence = { from, to: present[measure], audit: present.audit };
    const incident = { ...incidentFacts(open), lastBadAt: now, evidence };
    return { type: "change", at: now, id: open.id, reason: "value", incident };
  }
  const fall = fallOf(values, scale);
  if (fall === null) return null;
  const fell = standing.spans.findLast(
    (span, at) => span[measure] === fall.to && values[at - 1] !== fall.to,
  );
  if (!fell || now - fell.from > NEWS_MS) return null;
  const isKnown = known.some(
    ({ evidence }) => ((evidence as { audit?: number }).audit ?? 0) >= fell.audit,
  );
  if (isKnown) return null;
  return {
    type: "open",
    at: now,
    incident: {
      kind,
      subject: portalSubject(standing.portal),
      network: standing.network,
      portal: standing.portal,
      family: null,
      scope: "whole",
      severity: round.severityOf(kind, "whole", standing.kind),
      cause,
      openedAt: fell.from,
      confirmedAt: now,
      lastBadAt: now,
      // A fall is believed when two audits in a row say so.
      confirmation: {
        vantages: [standing.vantage],
        observations: 2,
        confirmations: 1,
        singleVantage: true,
      },
      evidence: { from: fall.from, to: fall.to, audit: fell.audit },
      flapping: false,
    },
  };
}

/** Regressions that are open or ended while their falls could still be news. */
function readKnown({ trx, now }: Round) {
  return trx
    .selectFrom("incident")
    .select([...FACT_COLUMNS, "closed_by"])
    .where("kind", "in", ["ipv6_regression", "https_regression"])
    .where((is) =>
      is.or([is("resolved_at", "is", null), is("resolved_at", ">", new Date(now - 2 * NEWS_MS))]),
    )
    .execute();
}

/** What is believed of portals whose standing changed lately, and of these; of each network the first vantage point's. */
async function readStandings(
  { trx, now }: Round,
  portals: readonly number[],
): Promise<readonly Standing[]> {
  const { rows } = await sql<Standing>`
    select distinct on (present.portal_id, vantage.network) present.portal_id as portal, portal.kind,
      present.vantage_id as vantage, vantage.network, (
        select json_agg(json_build_object('level', span.level, 'grade', span.grade, 'audit', span.audit_id,
          'from', (extract(epoch from span.from_at) * 1000)::bigint) order by span.from_at)
        from (select * from standing where standing.portal_id = present.portal_id
          and standing.vantage_id = present.vantage_id order by from_at desc limit ${SPANS}) span) as spans
    from standing present
    join vantage on vantage.id = present.vantage_id
    join portal on portal.id = present.portal_id and portal.lifecycle in ('active', 'redirected_to_dvcqg')
    where present.to_at is null
      and (present.from_at > ${new Date(now - NEWS_MS)} or present.portal_id = any(${portals}::int[]))
    order by present.portal_id, vantage.network, present.vantage_id`.execute(trx);
  return rows;
}
