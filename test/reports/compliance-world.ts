import { sql } from "kysely";
import { readRequirements } from "../../seeds/read-requirements.ts";
import type { CheckId, Verdict } from "../../src/domain/finding.ts";
import type { HttpsGrade, ReadinessLevel } from "../../src/domain/readiness.ts";
import type { ComplianceView } from "../../src/reports/compliance-view.ts";
import type { Database } from "../../src/store/database.ts";
import { putRequirements } from "../../src/store/requirements.ts";
import { buildWorld, type Slug, START, VIEW } from "./world.ts";

/** The world seen now, in the reporting time zone. */
export const NOW: ComplianceView = { ...VIEW, timezone: "Asia/Ho_Chi_Minh", asOf: null };

/** That many days before the last runs of the world. */
export const ago = (days: number) => new Date(START - days * 86_400_000);

/** The calendar day of that instant in the reporting time zone; START is 15:00 there. */
export const dayAgo = (days: number) => ago(days).toISOString().slice(0, 10);

interface Span {
  readonly level: ReadinessLevel;
  readonly grade: HttpsGrade;
  /** How many days ago it began. */
  readonly from: number;
}

interface FindingSpan {
  readonly check: CheckId;
  readonly family?: "ip4" | "ip6" | "";
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly from: number;
  readonly to?: number;
}

/** What is made up about the portals of the world that were ever audited. */
const STANDINGS: Partial<Record<Slug, readonly Span[]>> = {
  hanoi: [
    { level: "L3", grade: "B", from: 30 },
    { level: "L3", grade: "A", from: 10 },
    { level: "L4", grade: "A", from: 5 },
  ],
  hue: [{ level: "L1", grade: "C", from: 30 }],
  half: [
    { level: "L3", grade: "B", from: 30 },
    { level: "L2", grade: "D", from: 8 },
  ],
  dead: [{ level: "U", grade: "U", from: 30 }],
  slow: [{ level: "L3", grade: "B", from: 20 }],
  stale: [{ level: "L2", grade: "B", from: 30 }],
  gone: [{ level: "L0", grade: "E", from: 30 }],
};

const FINDINGS: Partial<Record<Slug, readonly FindingSpan[]>> = {
  hanoi: [
    { check: "D3", verdict: "fail", reason: "no_server_over_ip6", from: 30, to: 5 },
    { check: "D3", verdict: "pass", from: 5 },
    { check: "D5", verdict: "pass", from: 30 },
    { check: "H3", family: "ip4", verdict: "warn", reason: "absent", from: 30, to: 10 },
    { check: "H3", family: "ip4", verdict: "pass", from: 10 },
  ],
  hue: [
    { check: "W1", family: "ip6", verdict: "warn", reason: "some_closed", from: 30 },
    { check: "W7", verdict: "warn", reason: "differs", from: 30 },
  ],
  half: [
    { check: "W3", family: "ip6", verdict: "pass", from: 30, to: 8 },
    { check: "W3", family: "ip6", verdict: "fail", reason: "=expired", from: 8 },
    { check: "H1", verdict: "fail", reason: "not_both", from: 8 },
    { check: "D5", verdict: "warn", reason: "unsigned", from: 30 },
    { check: "D4", verdict: "unknown", reason: "vantage_no_ipv6", from: 2 },
  ],
  slow: [{ check: "D5", verdict: "unknown", reason: "resolver_failed", from: 20 }],
  gone: [{ check: "D1", verdict: "fail", reason: "no_address", from: 30 }],
};

/** How many days ago each portal was audited last; `fresh` never was. */
const LAST_AUDIT: Partial<Record<Slug, number>> = { stale: 8, gone: 4 };

/**
 * The world of portals with audits, standings and findings over thirty days, and the requirements. `hanoi` rose, `half`
 * fell, `hue` leads to the national gateway, `slow` lacks nothing but history, `stale` has not been audited for a
 * week, `fresh` joined two days ago, `gone` was retired three days ago.
 */
export async function buildComplianceWorld(db: Database): Promise<Record<Slug, number>> {
  const numbers = await buildWorld(db);
  await putRequirements(db, await readRequirements());
  await db
    .updateTable("portal")
    .set({ created_at: ago(60) })
    .execute();
  await db
    .updateTable("portal")
    .set({ created_at: ago(2) })
    .where("slug", "=", "fresh")
    .execute();
  await db
    .updateTable("portal")
    .set({ retired_at: ago(3) })
    .where("slug", "=", "gone")
    .execute();
  const { id: vantage } = await db
    .selectFrom("vantage")
    .select("id")
    .where("name", "=", VIEW.vantage)
    .executeTakeFirstOrThrow();
  for (const [slug, spans] of Object.entries(STANDINGS) as [Slug, readonly Span[]][]) {
    const portal = { portal_id: numbers[slug], vantage_id: vantage };
    const last = await putAudits(db, portal, slug, spans);
    await putStandings(db, portal, spans, last, slug === "slow" ? 12 : null);
    await putFindings(db, portal, FINDINGS[slug] ?? [], last.id);
  }
  return numbers;
}

interface Pair {
  readonly portal_id: number;
  readonly vantage_id: number;
}

/** One audit a day; the facts are those of the last part that each kind has. */
async function putAudits(db: Database, pair: Pair, slug: Slug, spans: readonly Span[]) {
  const leadsTo =
    slug === "hue" ? "https://dichvucong.gov.vn/p/home" : `https://${slug}.example.gov.vn/vi`;
  const hops = [{ url: `https://${slug}.example.gov.vn/`, address: null, status: 302, leadsTo }];
  const chain = { hops, outcome: "arrived", kind: null, finalUrl: leadsTo };
  const parts = {
    gate: {},
    hosts: [],
    chains: { ip4: { unseen: "not_reached" }, ip6: chain },
    zone: {},
    page: {},
    mail: {},
    certificates: {},
    judgement: {},
  };
  for (const [part, body] of Object.entries(parts)) {
    await sql`insert into observation_part (digest, part, body, first_seen, last_seen)
      values (${Buffer.from(`${slug}/${part}`)}, ${part}, ${JSON.stringify(body)}::jsonb, ${ago(30)}, ${ago(0)})`.execute(
      db,
    );
  }
  const digests = Object.fromEntries(
    Object.keys(parts).map((part) => [part, Buffer.from(`${slug}/${part}`)]),
  ) as Record<keyof typeof parts, Buffer>;
  let last = { id: 0, at: ago(0) };
  for (let day = 30; day >= (LAST_AUDIT[slug] ?? 0); day -= 1) {
    const span = spans.findLast(({ from }) => from >= day) ?? { level: "U", grade: "U" };
    const { id } = await db
      .insertInto("audit")
      .values({
        ...pair,
        ...digests,
        scheduled_at: ago(day),
        trigger: "schedule",
        started_at: ago(day),
        ended_at: ago(day),
        url: `https://${slug}.example.gov.vn/`,
        timings: "{}",
        ruleset: "made-up",
        level: span.level,
        level_possible: slug === "slow" ? "L4" : span.level,
        grade: span.grade,
        grade_possible: span.grade,
        tracks: "{}",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    last = { id, at: ago(day) };
  }
  return last;
}

async function putStandings(
  db: Database,
  pair: Pair,
  spans: readonly Span[],
  last: { id: number; at: Date },
  provisional: number | null,
): Promise<void> {
  for (const [index, { level, grade, from }] of spans.entries()) {
    const next = spans[index + 1];
    const to = next === undefined ? null : ago(next.from);
    await db
      .insertInto("standing")
      .values({ ...pair, level, grade, from_at: ago(from), to_at: to, audit_id: last.id })
      .execute();
  }
  const track = (what: "level" | "grade") => {
    const present = spans.at(-1)?.[what];
    const began = spans.findLast((span, index) => {
      const before = spans[index - 1];
      return span[what] === present && before?.[what] !== present;
    });
    // The audit before the one that confirmed it saw it first.
    return JSON.stringify({ value: present, since: ago((began?.from ?? 0) + 1).getTime() });
  };
  await db
    .insertInto("standing_track")
    .values({
      ...pair,
      level_track: track("level"),
      grade_track: track("grade"),
      provisional_days: provisional,
      last_audit_id: last.id,
      last_audit_at: last.at,
    })
    .execute();
}

async function putFindings(
  db: Database,
  pair: Pair,
  spans: readonly FindingSpan[],
  audit: number,
): Promise<void> {
  for (const { check, family = "", verdict, reason = "as_it_should_be", from, to } of spans) {
    await db
      .insertInto("finding")
      .values({
        ...pair,
        check_id: check,
        family,
        verdict,
        reason,
        evidence: JSON.stringify({ address: "2001:db8::7", note: "=cmd" }),
        causes: JSON.stringify(verdict === "fail" ? [{ kind: "host", name: "www.example" }] : []),
        ruleset: "made-up",
        since: ago(from),
        first_seen: ago(from),
        last_seen: ago(to ?? 0),
        last_changed: ago(from),
        first_audit_id: audit,
        last_audit_id: audit,
        ended_at: to === undefined ? null : ago(to),
      })
      .execute();
  }
}
