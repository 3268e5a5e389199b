import type { Variable } from "../kit/variables.ts";

/** From where one looks; the one that has audits last comes first. */
export const VANTAGE: Variable = {
  name: "vantage",
  label: { vi: "Điểm đo", en: "Vantage point" },
  query:
    "select vantage as __value from grafana.vantage order by last_audit_at desc nulls last, vantage",
  sql: true,
};

export const AGENCIES: Variable = {
  name: "agency",
  label: { vi: "Cơ quan", en: "Agency" },
  query:
    "select agency as __value, agency_name_vi as __text from grafana.agency order by portals desc, agency",
  several: true,
  sql: true,
};

/** Targets that can be asked of a single commune. */
export const TARGET: Variable = {
  name: "target",
  label: { vi: "Mục tiêu", en: "Target" },
  query:
    "select target as __value, target || ' (' || due_on || ')' as __text from grafana.coverage_target where for_communes order by position, target",
  sql: true,
};

export const ROUND: Variable = {
  name: "round",
  label: { vi: "Đợt báo cáo", en: "Round" },
  query: "select distinct round as __value from grafana.coverage_round order by 1 desc",
  sql: true,
};

/** Indicators that a release has sums of. */
export const INDICATOR: Variable = {
  name: "indicator",
  label: { vi: "Chỉ tiêu", en: "Indicator" },
  query:
    "select distinct indicator as __value, indicator_name_vi as __text from grafana.release_sum order by 2",
  sql: true,
};
