import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DATASOURCE } from "./query.ts";
import type { Lang, Text } from "./text.ts";

/** A variable whose values are those of a label, or rows of PostgreSQL. */
export interface Variable {
  readonly name: string;
  readonly label: Text;
  /** As `label_values(metric{matchers}, label)`, or `query_result(expression)` together with `regex`. */
  readonly query: string;
  /** Takes the groups `value` and `text` (what the reader chooses by) out of the lines of a `query_result`. */
  readonly regex?: string;
  /** Whether several values, and all of them, can be chosen; otherwise the reader chooses one. */
  readonly several?: boolean;
  readonly hidden?: boolean;
  /** Asks PostgreSQL: `query` is SQL with the column `__value` and, where the reader chooses by another one, `__text`. */
  readonly sql?: true;
}

/** The database of the queries that metrics can't answer. */
export const SQL_DATASOURCE = { type: "grafana-postgresql-datasource", uid: "${sql}" } as const;

/** Matches every value, but not a label that is missing. */
const ALL = ".+";

/** The Prometheus that is asked. Every query names it, so that the dashboards fit any installation. */
function datasourceVariable(lang: Lang): VariableModel {
  return new DatasourceVariableBuilder("datasource")
    .type("prometheus")
    .label({ vi: "Nguồn dữ liệu", en: "Data source" }[lang])
    .build();
}

/** The PostgreSQL that is asked. */
function sqlVariable(lang: Lang): VariableModel {
  return new DatasourceVariableBuilder("sql")
    .type(SQL_DATASOURCE.type)
    .label({ vi: "Cơ sở dữ liệu", en: "Database" }[lang])
    .build();
}

function queryVariable(
  { name, label, query, regex, several, hidden, sql }: Variable,
  lang: Lang,
): VariableModel {
  const builder = new QueryVariableBuilder(name)
    .label(label[lang])
    .datasource(sql ? SQL_DATASOURCE : DATASOURCE)
    .query(sql ? query : { query, refId: `Variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    // What PostgreSQL gives has an order of its own.
    .sort(sql ? VariableSort.Disabled : VariableSort.NaturalAsc);
  if (regex !== undefined) builder.regex(regex);
  if (hidden === true) builder.hide(VariableHide.HideVariable);
  if (several === true) {
    builder
      .multi(true)
      .includeAll(true)
      .current({ selected: true, text: { vi: "Tất cả", en: "All" }[lang], value: "$__all" });
    // SQL is given the list of all values instead.
    if (!sql) builder.allValue(ALL);
  }
  return builder.build();
}

/** Where the service's own pages are, as it says itself; links to them begin with it. */
const SERVICE: Variable = {
  name: "service",
  label: { vi: "Địa chỉ dịch vụ", en: "Address of the service" },
  query: "label_values(hatangso_info, public_url)",
  hidden: true,
};

/** The variables of a dashboard: the data source, its own, and the service's address. */
export function variablesOf(own: readonly Variable[], lang: Lang): VariableModel[] {
  return [
    datasourceVariable(lang),
    ...(own.some(({ sql }) => sql) ? [sqlVariable(lang)] : []),
    ...[...own, SERVICE].map((each) => queryVariable(each, lang)),
  ];
}

/** Chosen by name; the value is the code, as in the label `province`. */
export const PROVINCE: Variable = {
  name: "province",
  label: { vi: "Tỉnh, thành phố", en: "Province" },
  query: 'query_result(coverage_unit_info{level="province"})',
  regex: '/name="(?<text>[^"]+)".*unit="(?<value>[^"]+)"/',
};

export const AGENCY: Variable = {
  name: "agency",
  label: { vi: "Cơ quan", en: "Agency" },
  query: "label_values(portal_info, agency)",
};

export const PORTAL: Variable = {
  name: "portal",
  label: { vi: "Cổng", en: "Portal" },
  query: "label_values(portal_info, portal)",
};
