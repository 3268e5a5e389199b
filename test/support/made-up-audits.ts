import { sql } from "kysely";
import { addAgencies } from "../../src/store/agencies.ts";
import type { Database } from "../../src/store/database.ts";
import { addPortals, type NewPortal } from "../../src/store/portal-bulk.ts";

/** How much history is made up; instants are milliseconds since the epoch. */
export interface MadeUpHistory {
  readonly now: number;
  readonly days: number;
  readonly auditsPerDay: number;
  /** Name of the vantage point that is said to have made the audits. */
  readonly vantage: string;
}

/** A number from 0 to 2^32 − 1 that only the texts decide, so that every run makes the same world. */
const hash = (...texts: string[]) =>
  sql.raw(`(('x' || substr(md5(${texts.join(" || '/' || ")}), 1, 8))::bit(32)::bigint)`);

const LEVELS = sql.raw(`'{U,LX,L0,L0,L1,L2,L2,L3,L3,L3,L4,L4,L5}'::text[]`);
const GRADES = sql.raw(`'{A,A,B,B,B,C,C,D,E,U}'::text[]`);

/** What a check may conclude here: over which families, with which reason where it is not pass. */
const CHECKS = [
  ...["D1", "D2", "D3", "D4", "D5", "D6", "W6", "W7", "W8", "W9", "H5", "M1", "P1", "S1", "S2"].map(
    (check) => [check, ""] as const,
  ),
  ...["W1", "W2", "W3", "W4", "W5"].map((check) => [check, "ip6"] as const),
  ...["H1", "H2", "H3", "H4"].flatMap((check) => [
    [check, "ip4"] as const,
    [check, "ip6"] as const,
  ]),
];

/**
 * Gives every portal that is there audits at even times up to now, one to three standings over that time, a finding of
 * every check, some of them with an ended one before, and a chain that leads to the national gateway for one in forty
 * gateways. Set-based, a second or two for a million rows.
 */
export async function makeUpAudits(db: Database, history: MadeUpHistory): Promise<void> {
  const { vantage } = history;
  await db
    .insertInto("vantage")
    .values({ name: vantage, created_at: new Date(history.now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await db
    .selectFrom("vantage")
    .select("id")
    .where("name", "=", vantage)
    .executeTakeFirstOrThrow();
  await parts(db, new Date(history.now - history.days * 86_400_000));
  await audits(db, id, history);
  await standings(db, id, history);
  await findings(db, id, history);
  for (const table of ["audit", "finding", "standing", "standing_track", "observation_part"]) {
    await sql`analyze ${sql.table(table)}`.execute(db);
  }
}

/** Adds that many made-up portals of as many agencies as a country has, and provinces among those that are there. */
export async function makeUpPortals(db: Database, count: number, now: Date): Promise<void> {
  const agencies = Array.from({ length: Math.ceil(count / 25) }, (_, index) => ({
    ownerType: "made-up",
    ownerCode: String(index).padStart(4, "0"),
    nameVi: `Cơ quan ${index}`,
    madeUp: true,
  }));
  await addAgencies(db, agencies);
  const provinces = await db
    .selectFrom("admin_unit")
    .select("code")
    .where("level", "=", "province")
    .orderBy("code")
    .execute();
  const kinds = ["portal", "public-service-gateway", "agency", "portal"] as const;
  const portals = Array.from({ length: count }, (_, index): NewPortal => {
    const slug = `made-up-${String(index).padStart(5, "0")}`;
    return {
      slug,
      url: `https://${slug}.example.gov.vn/`,
      host: `${slug}.example.gov.vn`,
      nameVi: `Cổng thử nghiệm số ${index}`,
      nameEn: null,
      kind: kinds[index % kinds.length] ?? "portal",
      agency: `made-up-${agencies[index % agencies.length]?.ownerCode ?? ""}`,
      province: provinces[index % Math.max(1, provinces.length)]?.code ?? null,
      lifecycle: "active",
      source: "made up",
    };
  });
  for (let from = 0; from < portals.length; from += 5000) {
    await addPortals(db, portals.slice(from, from + 5000), now);
  }
  await sql`analyze portal`.execute(db);
}

const digest = (part: string) => sql`sha256(convert_to(${part}, 'UTF8'))`;
const SHARED = ["gate", "hosts", "zone", "page", "mail", "certificates", "judgement"] as const;

async function parts(db: Database, at: Date): Promise<void> {
  for (const part of SHARED) {
    await sql`insert into observation_part (digest, part, body, first_seen, last_seen)
      values (${digest(part)}, ${part}, '{}', ${at}, ${at}) on conflict do nothing`.execute(db);
  }
  const hop = (url: string) =>
    `jsonb_build_object('hops', jsonb_build_array(jsonb_build_object('url', p.url, 'address', null, 'status', 302,
      'leadsTo', ${url})), 'outcome', 'arrived', 'kind', null, 'finalUrl', ${url})`;
  const leads = sql`case when p.kind = 'public-service-gateway' and ${hash("p.slug", "'gone'")} % 40 = 0
    then 'https://dichvucong.gov.vn/home' else p.url || 'home' end`;
  await sql`insert into observation_part (digest, part, body, first_seen, last_seen)
    select sha256(convert_to('chains' || p.slug, 'UTF8')), 'chains',
      jsonb_build_object('ip4', ${sql.raw(hop("l.leads"))}, 'ip6', ${sql.raw(hop("l.leads"))}), ${at}, ${at}
    from portal p cross join lateral (select ${leads} as leads) l on conflict do nothing`.execute(
    db,
  );
}

async function audits(db: Database, vantage: number, history: MadeUpHistory): Promise<void> {
  const { now, days, auditsPerDay } = history;
  const gap = 86_400 / auditsPerDay;
  await sql`insert into audit (portal_id, vantage_id, scheduled_at, trigger, started_at, ended_at, url,
      ${sql.raw(SHARED.join(", "))}, chains, timings, ruleset, level, level_possible, grade, grade_possible, tracks)
    select p.id, ${vantage}, n.at, 'schedule', n.at, n.at + interval '40 seconds', p.url,
      ${sql.join(SHARED.map(digest))}, sha256(convert_to('chains' || p.slug, 'UTF8')),
      '{"ip4":{},"ip6":{}}', 'made-up', 'L2', 'L2', 'B', 'B', '{}'
    from portal p cross join lateral (
      select ${new Date(now)}::timestamptz - make_interval(secs => ${gap} * (i - 1) + 60 + p.id % 600) as at
      from generate_series(${sql.lit(days * auditsPerDay)}, 1, -1) i) n`.execute(db);
}

async function standings(db: Database, vantage: number, history: MadeUpHistory): Promise<void> {
  const { now, days } = history;
  await sql`insert into standing (portal_id, vantage_id, level, grade, from_at, to_at, audit_id)
    select p.id, ${vantage},
      (${LEVELS})[1 + ${hash("p.slug", "i::text", "'level'")} % 13],
      (${GRADES})[1 + ${hash("p.slug", "(i / 2)::text", "'grade'")} % 10],
      b.start + i * b.step, case when i < b.spans - 1 then b.start + (i + 1) * b.step end, 0
    from portal p
    cross join lateral (select 1 + ${hash("p.slug", "'spans'")} % 3 as spans) c
    cross join lateral (select c.spans, ${new Date(now)}::timestamptz - make_interval(days => ${days}) as start,
      make_interval(days => ${days}) / c.spans as step) b
    cross join lateral generate_series(0, b.spans - 1) i`.execute(db);
  await sql`insert into standing_track (portal_id, vantage_id, level_track, grade_track, provisional_days,
      flapping, last_audit_id, last_audit_at)
    select s.portal_id, s.vantage_id, jsonb_build_object('value', s.level), jsonb_build_object('value', s.grade),
      case when s.level = 'L3' and ${hash("s.portal_id::text", "'days'")} % 2 = 0 then 12 end,
      ${hash("s.portal_id::text", "'flap'")} % 20 = 0, x.id, x.ended_at
    from standing s join lateral (select id, ended_at from audit where portal_id = s.portal_id
      order by started_at desc limit 1) x on true where s.to_at is null`.execute(db);
}

async function findings(db: Database, vantage: number, history: MadeUpHistory): Promise<void> {
  const now = new Date(history.now);
  const checks = JSON.stringify(CHECKS.map(([check, family]) => ({ check, family })));
  await sql`insert into finding (portal_id, vantage_id, check_id, family, verdict, reason, evidence, ruleset,
      since, first_seen, last_seen, last_changed, audits, first_audit_id, last_audit_id, ended_at)
    select p.id, ${vantage}, c."check", c.family, v.verdict, 'made_up_' || v.verdict,
      jsonb_build_object('address', '2001:db8::' || p.id, 'port', 443), 'made-up',
      e.began, e.began, coalesce(e.ended, ${now}), e.began, 1, 0, 0, e.ended
    from portal p
    cross join jsonb_to_recordset(${checks}::jsonb) as c("check" text, family text)
    cross join lateral (select ${hash("p.slug", `c."check"`, "c.family")} as h) r
    cross join lateral (values (false), (true)) o(old)
    cross join lateral (select
      ${now}::timestamptz - make_interval(days => case when o.old or r.h % 5 <> 0 then ${history.days}
        else ${sql.lit(Math.ceil(history.days / 2))} end) as began,
      case when o.old then ${now}::timestamptz - make_interval(days => ${sql.lit(Math.ceil(history.days / 2))}) end as ended) e
    cross join lateral (select (array['pass','pass','pass','pass','warn','fail','unknown','pass'])[
      1 + (r.h / 7 + case when o.old then 1 else 0 end) % 8] as verdict) v
    where not o.old or r.h % 5 = 0`.execute(db);
}
