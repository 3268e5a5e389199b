import type { View } from "./view.ts";

/** A unit that (a part of) another one became. */
const INTO = (unit: string) =>
  `admin_unit_event e where e.to_unit_id = ${unit} and e.part is not null`;

const FIGURE_KEY = `f.indicator_code, f.basis, f.operator, f.unit_id, f.source_code, f.indicator_version`;

/**
 * What is there of each commune for the round `r`: the last revision says whether there is a figure, the first one when
 * it came; rows that wait for review count as sent; predecessors speak for a commune that has nothing of its own.
 */
const COMMUNES = `with recursive figure as (
      select distinct on (${FIGURE_KEY}) f.unit_id, f.indicator_code, f.status, f.source_code,
        first_value(f.submission_id) over (partition by ${FIGURE_KEY} order by f.revision) as submission_id
      from (select distinct code from indicator where r.indicators = '{}' or code = any(r.indicators)) w
      join coverage_figure f on f.indicator_code = w.code
      where f.as_of = r.as_of and f.basis <> 'projected'
      order by ${FIGURE_KEY}, f.revision desc
    ), part as (
      select f.unit_id, f.indicator_code, min(m.received_at) as at
      from figure f
      join coverage_source s on s.code = f.source_code and s.kind in ('province', 'ministry', 'survey')
      join submission m on m.id = f.submission_id
      where f.status in ('present', 'suppressed', 'not_applicable')
      group by f.unit_id, f.indicator_code
    ), own as (
      select unit_id, case when r.indicators = '{}' then min(at) else max(at) end as at
      from part group by unit_id
      having count(*) >= greatest(1, (select count(distinct code) from unnest(r.indicators) code))
    ), sent as materialized (
      select unit_id, at from own
      union all
      select distinct h.unit_id, null::timestamptz from held_row h
      cross join lateral jsonb_to_recordset(h.figures) as g("asOf" date)
      where h.state in ('pending', 'proposed') and g."asOf" = r.as_of
        and not exists (select from own where own.unit_id = h.unit_id)
    ), walk(commune, province, unit) as (
      select c.id, c.parent_id, c.id from admin_unit c
      where c.level = 'commune' and c.valid_from <= r.as_of and (c.valid_to is null or c.valid_to > r.as_of)
      union
      select w.commune, w.province, e.from_unit_id
      from walk w join admin_unit_event e on e.to_unit_id = w.unit and e.part is not null
      where not exists (select from sent where sent.unit_id = w.unit)
    )
    select w.commune, w.province,
      bool_or(s.unit_id is null and not exists (select from ${INTO("w.unit")})) as nothing,
      bool_or(s.unit_id is not null and s.at is null) as waits, max(s.at) as at
    from walk w left join sent s on s.unit_id = w.unit group by w.commune, w.province`;

/** Where a province stands by what is there of its communes. */
const STATE = `case when d.excused_reason is not null then 'excused'
    when coalesce(n.received, 0) >= coalesce(n.expected, 0) then 'received'
    when n.received + n.held >= n.expected then 'in_review'
    when n.received + n.held > 0 then 'partial' else 'owed' end`;

export const ROUNDS: readonly View[] = [
  {
    name: "coverage_round",
    comment:
      "Where every province stands in every reporting round: one row per round and province that owes. Ask for one round.",
    columns: {
      round: "The quarter, as 2026-Q3",
      as_of: "The day that the figures are true of",
      opens_on: "The day on which it opens",
      due_on: "The last day on which figures are not late",
      province: "Code of the province",
      province_name_vi: "Its name with its type",
      state: "received, in_review (all was sent, some waits for review), partial, owed or excused",
      expected: "Communes that it has",
      received: "Communes whose figures are there",
      held: "Communes whose rows wait for review",
      received_on: "The day on which the last of its figures so far came; null: none came",
      days_late:
        "Days after the due day, until what completed it came or until today; null where nothing is owed",
      excused_reason: "Why nothing is owed; null where something is",
    },
    query: `select to_char(r.as_of, 'YYYY"-Q"Q'), r.as_of, r.opens_on, r.due_on, u.code, u.full_name_vi, x.state,
      coalesce(n.expected, 0), coalesce(n.received, 0), coalesce(n.held, 0), n.received_on,
      case when x.state <> 'excused' then greatest(0, case when x.state in ('partial', 'owed') then current_date
        else coalesce(n.received_on, current_date) end - r.due_on) end,
      d.excused_reason
      from coverage_round r
      join coverage_round_duty d on d.round_id = r.id
      join admin_unit u on u.id = d.province_id
      left join lateral (
        select c.province, count(*)::int as expected,
          count(*) filter (where not c.nothing and not c.waits)::int as received,
          count(*) filter (where not c.nothing and c.waits)::int as held,
          max(c.at) filter (where not c.nothing and not c.waits)::date as received_on
        from (${COMMUNES}) c group by c.province
      ) n on n.province = d.province_id
      cross join lateral (select ${STATE} as state) x`,
  },
];
