import { type Kysely, sql } from "kysely";

/**
 * Hours that have ended are packed: a row of `probe_hour` holds all runs of a portal, family and vantage point within one
 * UTC hour that have most things in common, and the view `probe_run` shows packed runs and rows of `probe_result` alike
 * (docs/adr/0022-closed-hours-are-packed.md).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** Places in the second dimension of `measured`, from 2 on; 1 is the delay of the start, in whole milliseconds. */
const DURATIONS = ["resolve", "connect", "tls", "processing", "transfer", "total", "loop_lag"];

const SAME_NAMES = `attempt, outcome, failure, failure_source, status`;

const STATEMENTS = [
  // A duration to a 3,000th of itself, up to 50 minutes: what is longer counts as that. 0 stays 0.
  `create or replace function duration_code(ms real) returns smallint
    language sql immutable parallel safe
    return (sign(ms::float8) * least(1500 * ln(1 + abs(ms::float8) * 1000), 32767))::smallint`,
  `create or replace function duration_ms(code smallint) returns real
    language sql immutable parallel safe
    return (sign(code::float8) * (exp(abs(code::float8) / 1500) - 1) / 1000)::real`,
  `create table probe_hour (
    hour timestamptz not null,
    evidence_id bigint,
    portal_id int not null,
    first_us int not null,
    step_us int not null,
    start_delay_ms int not null,
    body_bytes int not null,
    address_id int,
    certificate_id int,
    vantage_id smallint not null,
    attempt smallint not null,
    status smallint,
    hop_count smallint not null,
    family text not null,
    outcome text not null,
    failure text,
    failure_source text,
    offsets_us int[],
    address_ids int[],
    certificate_ids int[],
    bodies smallint[],
    measured smallint[] not null,
    primary key (portal_id, hour, family, vantage_id, attempt, first_us)
  ) partition by range (hour)`,
  // Elements are read one by one: each would fetch an array anew that lies outside its row.
  `alter table probe_hour alter measured set storage main`,
  `create view probe_run as
    select portal_id, family, vantage_id, scheduled_at, ${SAME_NAMES}, start_delay_ms,
      ${DURATIONS.map((name) => `${name}_ms`).join(", ")}, hop_count, body_bytes, address_id, certificate_id, evidence_id,
      scheduled_at as kept_at
    from probe_result
    union all
    select portal_id, family, vantage_id,
      hour + (1800000000 + case when offsets_us is null then first_us + (number - 1)::bigint * step_us
        else offsets_us[number] end::float8) * interval '1 microsecond',
      ${SAME_NAMES}, (start_delay_ms + measured[number][1])::real,
      ${DURATIONS.map((_, index) => `duration_ms(measured[number][${index + 2}])`).join(", ")},
      hop_count, body_bytes + coalesce(bodies[number], 0),
      case when address_ids is null then address_id else address_ids[number] end,
      case when certificate_ids is null then certificate_id else certificate_ids[number] end,
      evidence_id, hour
    from probe_hour cross join lateral generate_series(1, array_length(measured, 1)) as number`,
];
