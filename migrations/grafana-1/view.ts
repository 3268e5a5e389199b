/** A view of the schema `grafana`. */
export interface View {
  readonly name: string;
  /** One row per what, and when it is empty. */
  readonly comment: string;
  /** What each column holds, with its unit, in the order of the query's. */
  readonly columns: Readonly<Record<string, string>>;
  readonly query: string;
}

/** Makes a view with its comments. */
export function viewStatements({ name, comment, columns, query }: View): string[] {
  const names = Object.keys(columns).join(", ");
  return [
    `create or replace view grafana.${name} (${names}) as ${query}`,
    `comment on view grafana.${name} is ${literal(comment)}`,
    ...Object.entries(columns).map(
      ([column, text]) => `comment on column grafana.${name}.${column} is ${literal(text)}`,
    ),
  ];
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Portals that are on the list: the others are not probed. */
export const LISTED = `p.lifecycle in ('active', 'redirected_to_dvcqg')`;

/** What every view says of a portal, from `p`, its agency `a` and its province `u`. */
export const PORTAL_COLUMNS = {
  agency: "Id of the agency that answers for the portal",
  agency_name_vi: "Its name in Vietnamese",
  agency_name_en: "Its name in English; null where none is known",
  province: "Code of the province; null for national bodies",
  province_name_vi: "Its name",
  portal: "Id of the portal, as in addresses of the service",
  portal_name_vi: "Its name in Vietnamese",
  portal_name_en: "Its name in English; null where none is known",
  url: "Its URL",
  kind: "portal, public-service-gateway, national-platform or agency",
  made_up: "True in a demonstration",
} as const;

/** The columns of PORTAL_COLUMNS. */
export const PORTAL_SQL = `a.slug, a.name_vi, a.name_en, u.code, u.name_vi, p.slug, p.name_vi, p.name_en, p.url, p.kind,
  p.made_up`;
