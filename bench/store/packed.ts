import { sql } from "kysely";
import type { Database } from "../../src/store/database.ts";
import { interleave } from "../kit/interleave.ts";

/** What runs take at rest, octets each with indexes, and how long a portal's hour takes to be read, milliseconds. */
export interface AtRest {
  readonly plain: number;
  /** Durations to the microsecond. */
  readonly exact: number;
  /** Durations to a 32,767th of how much they differ within the hour. */
  readonly scaled: number;
  readonly plainReadMs: readonly number[];
  readonly unpackedReadMs: readonly number[];
}

/** Portals whose last minute is made into an hour. */
const PORTALS = 2000;
const READS = 50;
const ROUNDS = 5;

/** What runs of one packed row have in common beside the hour. */
const SAME = `portal_id, family, vantage_id, attempt, outcome, failure, failure_source, status, hop_count,
  address_id, certificate_id, evidence_id`;

/** What differs: as whole numbers, microseconds or octets. */
const DURATIONS = "start_delay resolve connect tls processing transfer total loop_lag".split(" ");
const MEASURED = [...DURATIONS.map((name) => `round(${name}_ms * 1000)::int`), "body_bytes"];

const VARIED = DURATIONS.slice(1, 6).map((name) => `${name}_ms * (0.5 + random())::real`);

const PLAIN = [
  "create table plain (like probe_result including all)",
  // Durations vary by half as chance has it, the length of a page by some octets.
  `insert into plain
    select portal_id, family, vantage_id, date_trunc('hour', scheduled_at) + extract(second from scheduled_at) * interval '1 s'
        + minute * interval '1 min', 0, (random() * 4)::int, outcome, failure, failure_source, status, ${VARIED.join(", ")},
      total_ms * (0.5 + random())::real, hop_count, body_bytes + (random() * 40)::int, random(), address_id,
      certificate_id, evidence_id
    from (select distinct on (portal_id, family, vantage_id) * from probe_result
      where portal_id <= ${PORTALS} and attempt = 0 order by portal_id, family, vantage_id, scheduled_at desc) as last
    cross join generate_series(0, 59) as minute
    order by minute, random()`,
];

/** Rows with a base and a unit for each measure, and what is above it in these units as an array of two dimensions. */
function packed(table: string, element: string, unit: string): string[] {
  return [
    `create table ${table} (hour timestamptz, evidence_id bigint, portal_id int, address_id int, certificate_id int,
      offset_ms int, vantage_id smallint, attempt smallint, status smallint, hop_count smallint, family text,
      outcome text, failure text, failure_source text, slots smallint[], base int[], unit int[], measured ${element}[])`,
    `alter table ${table} set (toast_tuple_target = 256)`,
    `alter table ${table} alter measured set compression lz4`,
    `insert into ${table} (${SAME}, hour, offset_ms, slots, base, unit, measured)
    with runs as (
      select ${SAME}, date_trunc('hour', scheduled_at, 'UTC') as hour, scheduled_at,
        (extract(epoch from scheduled_at) * 1000)::bigint % 3600000 as ms, array[${MEASURED.join(", ")}] as measured
      from plain
    ), lists as (
      select ${SAME}, hour, place, min(ms % 60000) as offset_ms, min(measured[place]) as base,
        ${unit} as unit, array_agg(measured[place] order by scheduled_at) as list,
        array_agg((ms / 60000)::smallint order by scheduled_at) as slots
      from runs cross join generate_series(1, ${MEASURED.length}) as place
      group by ${SAME}, hour, place
    )
    select ${SAME}, hour, min(offset_ms),
      case when cardinality(min(slots)) < 60 then min(slots) end, array_agg(base order by place), array_agg(unit order by place),
      array_agg(array(select round((value - base)::float8 / unit)::${element}
        from unnest(list) with ordinality as given(value, number) order by number) order by place)
    from lists group by ${SAME}, hour`,
    `create unique index on ${table} (portal_id, hour, family, vantage_id, attempt, outcome, failure, failure_source, status,
      hop_count, address_id, certificate_id, evidence_id)`,
    `vacuum analyze ${table}`,
  ];
}

const VIEW = `create view unpacked as
  select ${SAME}, hour + offset_ms * interval '1 ms' + coalesce(slots[number], number - 1) * interval '1 min' as scheduled_at,
    ${DURATIONS.map((name, index) => `(base[${index + 1}] + unit[${index + 1}] * measured[${index + 1}][number]) / 1000.0::real as ${name}_ms`).join(", ")},
    base[9] + unit[9] * measured[9][number] as body_bytes
  from exact cross join lateral generate_series(1, array_length(measured, 2)) as number`;

/** A prototype of packed hours (docs/adr/0022-closed-hours-are-packed.md) on an hour that is made up from stored runs. */
export async function measurePacked(db: Database): Promise<AtRest> {
  const statements = [
    ...PLAIN,
    "vacuum analyze plain",
    ...packed("exact", "int", "1"),
    ...packed(
      "scaled",
      "smallint",
      "greatest(1, ceil((max(measured[place]) - min(measured[place])) / 32767.0))::int",
    ),
    VIEW,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
  await compare(db);
  const { rows } = await sql<Pick<AtRest, "plain" | "exact" | "scaled">>`
    select pg_total_relation_size('plain') / runs as plain, pg_total_relation_size('exact') / runs as exact,
      pg_total_relation_size('scaled') / runs as scaled
    from (select count(*)::float8 as runs from plain) as counted`.execute(db);
  const [sizes] = rows;
  if (sizes === undefined) throw new Error("Nothing was packed");
  const reads = await interleave(
    ["plain", "unpacked"].map((name) => ({ name, round: () => readMs(db, name) })),
    ROUNDS,
    () => undefined,
  );
  const [plainReadMs, unpackedReadMs] = [reads.get("plain") ?? [], reads.get("unpacked") ?? []];
  return { ...sizes, plainReadMs, unpackedReadMs };
}

/** Throws unless the view shows every run as it was, to a microsecond. */
async function compare(db: Database): Promise<void> {
  const near = DURATIONS.map((name) => `abs(p.${name}_ms - u.${name}_ms) <= 0.001`);
  const { rows } = await sql<{ lost: number }>`
    select count(*) as lost from plain p left join unpacked u using (portal_id, family, vantage_id, attempt, scheduled_at)
    where (${sql.raw(near.join(" and "))} and p.body_bytes = u.body_bytes and p.outcome = u.outcome) is not true`.execute(
    db,
  );
  if (rows[0]?.lost !== 0) throw new Error(`${rows[0]?.lost} runs are not as they were`);
}

async function readMs(db: Database, table: string): Promise<number> {
  const began = performance.now();
  for (let portal = 1; portal <= READS; portal += 1) {
    await sql`select * from ${sql.table(table)} where portal_id = ${portal} order by scheduled_at`.execute(
      db,
    );
  }
  return (performance.now() - began) / READS;
}
