import type { View } from "./view.ts";

const number = (field: string, type: string) => `(s.content->>'${field}')::${type}`;

export const RELEASES: readonly View[] = [
  {
    name: "release",
    comment: "One row per release, frozen when it was published.",
    columns: {
      release: "Its code, as 2026-Q3 or 2026-Q3.2",
      as_of: "The day that it is of",
      published_at: "When it was published",
      figures: "Figures in it",
      licence: "Under which they may be used",
      sha256: "Of its file, in hexadecimal digits",
      note_vi: "What was said with it in Vietnamese; null: nothing",
      note_en: "The same in English",
      breaks: "Indicators whose figures do not compare with those of the release before",
      made_up: "Whether any figure in it is made up",
    },
    query: `select r.code, r.as_of, r.published_at, r.figures, r.licence, r.sha256, r.note_vi, r.note_en,
      (select string_agg(b.indicator_code, ', ' order by b.indicator_code) from coverage_release_break b
        where b.release_id = r.id), r.made_up
      from coverage_release r`,
  },
  {
    name: "release_sum",
    comment:
      "The sums of each release with their bounds: one row per release, indicator version, basis and unit.",
    columns: {
      release: "Code of the release",
      as_of: "The day that it is of",
      published_at: "When it was published",
      indicator: "Code of the indicator",
      indicator_version: "Version of its definition",
      indicator_name_vi: "Its name in Vietnamese",
      indicator_name_en: "The same in English",
      basis: "reported, measured, modelled, projected or estimated",
      level: "country or province",
      unit: "Code of the unit",
      unit_name_vi: "Its name",
      numerator: "What was counted; null where nothing was reported",
      denominator: "Of how many; null for counts",
      ratio: "0 to 1, of what was reported",
      lower: "The ratio if everything missing were at 0",
      upper: "The ratio if everything missing were at 1",
      bounds:
        "closed: the size of what is missing is known; open: it is not; none: there are no bounds",
      reported_communes: "Communes that are in it",
      expected_communes: "Communes that there are",
      break_before: "Whether it does not compare with the release before",
      made_up: "Whether any figure in it is made up",
    },
    query: `select r.code, r.as_of, r.published_at, s.indicator_code, s.indicator_version, i.name_vi, i.name_en, s.basis,
      u.level, u.code, u.name_vi, ${number("numerator", "bigint")}, ${number("denominator", "bigint")},
      ${number("ratio", "float8")}, ${number("lower", "float8")}, ${number("upper", "float8")}, s.content->>'bounds',
      ${number("reported_communes", "int")}, ${number("expected_communes", "int")},
      exists (select from coverage_release_break b where b.release_id = r.id and b.indicator_code = s.indicator_code),
      coalesce(${number("made_up", "boolean")}, false)
      from coverage_release_sum s
      join coverage_release r on r.id = s.release_id
      join indicator i on i.code = s.indicator_code and i.version = s.indicator_version
      join admin_unit u on u.id = s.unit_id`,
  },
  {
    name: "figure_revision",
    comment:
      "Corrections of figures: one row per revision after the first, with what stood before. Ask for a span of recorded_at.",
    columns: {
      recorded_at: "When it was recorded",
      indicator: "Code of the indicator",
      indicator_version: "Version of its definition",
      as_of: "The day that the figure is true of",
      basis: "reported, measured, modelled, projected or estimated",
      operator: "all, or one operator",
      source: "Code of who says so",
      province: "Code of the province that the unit is or lies in; null for others",
      level: "country, province, district or commune",
      unit: "Code of the unit",
      unit_name_vi: "Its name with its type",
      revision: "2 for the first correction",
      status: "present, or why there is no value; withdrawn: it is taken back",
      numerator_before: "What was counted before; null without a value",
      numerator: "What is counted now; null without a value",
      ratio_before: "0 to 1, before; null without one",
      ratio: "0 to 1, now; null without one",
      reason: "Why it was corrected",
      made_up: "True in a demonstration",
    },
    query: `select f.recorded_at, f.indicator_code, f.indicator_version, f.as_of, f.basis, f.operator, f.source_code,
      case when u.level = 'province' then u.code else p.code end, u.level, u.code, u.full_name_vi, f.revision, f.status,
      b.numerator, f.numerator, coalesce(b.numerator::float8 / b.denominator, b.stated_ratio),
      coalesce(f.numerator::float8 / f.denominator, f.stated_ratio), f.reason, s.made_up
      from coverage_figure f
      join coverage_figure b on b.id = f.supersedes
      join coverage_source s on s.code = f.source_code
      join admin_unit u on u.id = f.unit_id
      left join admin_unit p on p.id = u.parent_id
      where f.revision > 1`,
  },
];
