import type { View } from "./view.ts";

const TARGET: View = {
  name: "coverage_target",
  comment: "One row per target that stands on this day, with how certain one is of its text.",
  columns: {
    target: "Its code",
    position: "Where it stands in reports",
    indicator: "Code of the indicator",
    indicator_name_vi: "Its name in Vietnamese, as defined last",
    indicator_name_en: "The same in English",
    unit_counted: "What is counted: household, person, hamlet, commune …",
    level: "country, province or commune: what the target speaks of",
    comparison: "at_least or at_most",
    threshold: "A ratio of 0 to 1, a count or a rank",
    threshold_kind: "ratio, count or rank",
    due_on: "The day on which it is due",
    legal_document: "The document",
    article: "Article; null where none is known",
    text_vi: "What it asks for in Vietnamese",
    text_en: "The same in English",
    certainty:
      "text: read in the text itself; press, secondary: told by others; unverified: no fact",
    source_url: "Where it was read",
    for_communes:
      "Whether it can be asked of a single commune, so that the view coverage_gap has rows of it",
  },
  query: `select t.code, t.position, t.indicator_code, i.name_vi, i.name_en, i.unit_counted, t.level, t.comparison,
    t.threshold::float8, t.threshold_kind, t.due_on, t.legal_document, t.article, t.text_vi, t.text_en, t.certainty,
    t.source_url, i.lowest_level = 'commune' and (t.threshold_kind = 'ratio'
      or (t.threshold_kind = 'count' and t.comparison = 'at_most' and t.threshold = 0))
    from coverage_target t
    left join lateral (select * from indicator x where x.code = t.indicator_code order by x.version desc limit 1) i on true
    where t.valid_to is null or t.valid_to > current_date`,
};

/** No later revision of a figure under this name. */
const isLast = (figure: string) => `not exists (select from coverage_figure later
    where later.indicator_code = ${figure}.indicator_code and later.as_of = ${figure}.as_of and later.basis = ${figure}.basis
      and later.operator = ${figure}.operator and later.unit_id = ${figure}.unit_id
      and later.source_code = ${figure}.source_code and later.indicator_version = ${figure}.indicator_version
      and later.revision > ${figure}.revision)`;

const reported = (
  day: string,
) => `f.indicator_code = t.indicator and f.basis = 'reported' and f.status = 'present'
    and ${day} and ${isLast("f")}
    and exists (select from admin_unit c where c.id = f.unit_id and c.level = 'commune')`;
const lastDay = (day: string) =>
  `(select f.as_of from coverage_figure f where ${reported(day)} order by f.as_of desc limit 1)`;
const communes = (day: string) =>
  `(select count(distinct f.unit_id) from coverage_figure f where ${reported(day)})`;

/** The last day, or the one before as long as less than half as many communes have reported. */
const DAY = `(select case when b.before is not null
      and ${communes("f.as_of = l.day")} * 2 < ${communes("f.as_of = b.before")} then b.before else l.day end as as_of
    from (select ${lastDay("true")} as day) l
    cross join lateral (select ${lastDay("f.as_of < l.day")} as before) b)`;

/** One figure per unit: a value before none, all operators as one before the greatest of them, sources by rank. */
const CHOSEN = `select distinct on (g.unit_id) g.*
    from (select f.*, s.rank, s.made_up,
        row_number() over (partition by f.unit_id, f.operator
          order by f.usable desc, f.status = 'withdrawn', s.rank, f.source_code collate "C") = 1 as first_of_operator
      from (select distinct on (f.operator, f.unit_id, f.source_code) f.*,
          f.status = 'present' and f.numerator is not null
            and (i.denominator_kind is null or f.denominator is not null) as usable
        from coverage_figure f
        where f.indicator_code = t.indicator and f.as_of = d.as_of and f.basis = 'reported'
          and f.indicator_version = i.version and (f.operator = 'all' or i.multi_operator <> 'named')
        order by f.operator, f.unit_id, f.source_code, f.revision desc) f
      join coverage_source s on s.code = f.source_code) g
    cross join lateral (select case when g.operator = 'all' and g.usable then 1
      when g.usable and g.first_of_operator then 2 when g.operator = 'all' then 3 else 4 end as place) k
    order by g.unit_id, k.place, case when k.place = 2 then -g.numerator end, g.status = 'withdrawn', g.rank,
      g.source_code collate "C", g.operator collate "C"`;

/** What a commune without a value counts: what it had last, else what the register of denominators has. */
const SIZE = `case when i.denominator_kind = 'communes' then 1 else coalesce(
    (select f.denominator from coverage_figure f
      where f.unit_id = u.id and f.indicator_code = t.indicator and f.as_of < d.as_of and f.indicator_version = i.version
        and f.basis = 'reported' and f.denominator_source is not null and ${isLast("f")}
      order by f.as_of desc, f.operator = 'all' desc, f.denominator desc limit 1),
    (select c.value from coverage_denominator c where c.unit_id = u.id and c.kind = i.denominator_kind and c.as_of <= d.as_of
      order by c.as_of desc, c.source collate "C", c.revision desc limit 1)) end`;

/** Whether figures of units that became this one speak for it. */
const INHERITS = `(with recursive earlier(id) as (
      select e.from_unit_id from admin_unit_event e where e.to_unit_id = u.id and e.part is not null
      union
      select e.from_unit_id from admin_unit_event e join earlier on e.to_unit_id = earlier.id where e.part is not null)
    select exists (select from chosen c join earlier on earlier.id = c.unit_id where c.status <> 'withdrawn'))`;

const GAP: View = {
  name: "coverage_gap",
  comment:
    "Communes that keep a target from being met, by what was reported last: one row per target and commune. Ask for one target; order by missing, descending, nulls last.",
  columns: {
    target: "Code of the target",
    indicator: "Code of the indicator",
    as_of: "The day that the figures are true of",
    province: "Code of the province",
    province_name_vi: "Its name",
    commune: "Code of the commune",
    commune_name_vi: "Its name with its type",
    reason:
      "below; or why there is no value: not_reported, suppressed, not_collected, withdrawn, percent_only, other_denominator; former_units: only units of before speak for it, the service's own list recasts them",
    numerator: "What has it; null without a value",
    denominator: "Of how many; null without a value, and for counts",
    ratio: "0 to 1; null without a value",
    missing:
      "Households (or what else is counted) that are missing; of a commune without a value all of them; null: not known",
    made_up: "True in a demonstration",
  },
  query: `select t.target, t.indicator, x.as_of, x.province, x.province_name_vi, x.code, x.name, x.reason, x.numerator,
    x.denominator, x.ratio, x.missing, x.made_up
    from grafana.coverage_target t
    cross join lateral ${DAY} d
    join indicator i on i.code = t.indicator and i.valid_from <= d.as_of and (i.valid_to is null or d.as_of < i.valid_to)
    cross join lateral (
      with chosen as materialized (${CHOSEN})
      select d.as_of, p.code as province, p.name_vi as province_name_vi, u.code, u.full_name_vi as name, r.reason,
        v.numerator, v.denominator, v.ratio, coalesce(c.made_up, false) as made_up,
        case when r.reason = 'below' and t.comparison = 'at_most' then v.numerator
          when r.reason = 'below' then v.denominator - v.numerator
          when r.reason <> 'former_units' and i.denominator_kind is not null then ${SIZE} end as missing
      from admin_unit u
      join admin_unit p on p.id = u.parent_id
      left join chosen c on c.unit_id = u.id
      cross join lateral (select case when c.usable then c.numerator end as numerator,
        case when c.usable and i.denominator_kind is not null then c.denominator end as denominator,
        case when c.usable and i.denominator_kind is not null then c.numerator::float8 / c.denominator end as ratio) v
      cross join lateral (select case
        when c.usable then case when t.comparison = 'at_least' and v.ratio >= t.threshold
            or t.comparison = 'at_most' and coalesce(v.ratio, v.numerator) <= t.threshold then 'met' else 'below' end
        when (c.unit_id is null or c.status = 'withdrawn') and ${INHERITS} then 'former_units'
        when c.unit_id is null then 'not_reported'
        when c.status <> 'present' then c.status
        when c.stated_ratio is null then 'other_denominator' else 'percent_only' end as reason) r
      where u.level = 'commune' and u.valid_to is null and r.reason not in ('met', 'not_applicable')
    ) x
    where t.for_communes`,
};

export const GAPS: readonly View[] = [TARGET, GAP];
