import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import { type BoardName, uidOf } from "./names.ts";
import type { Lang, Text } from "./text.ts";

/** A link of a value: to another dashboard with one of its variables set, or to a page of the service. */
export type Link = {
  readonly title: Text;
} & (
  | {
      readonly board: BoardName;
      /** Value of each variable, as Grafana's `${__data.fields.portal}` or `${__field.labels.portal}`. */
      readonly variables: Readonly<Record<string, string>>;
    }
  /** A path of the service; its address and the language of the dashboard are added. */
  | { readonly page: string }
);

/** The value of another column in the row of a link, as the reader sees it: of columns that words stand for, the word. */
export function cell(field: string): string {
  return `\${__data.fields.${field}}`;
}

/** The value that is clicked, as it came. */
// oxlint-disable-next-line no-template-curly-in-string -- Grafana's, not ours
export const CLICKED = "${__value.raw}";

export function linksOf(links: readonly Link[], lang: Lang): DashboardLinkBuilder[] {
  return links.map((link) =>
    new DashboardLinkBuilder(link.title[lang])
      .type(DashboardLinkType.Link)
      .url(urlOf(link, lang))
      .targetBlank("page" in link),
  );
}

/** Relative, so that it holds where Grafana is served below a path. */
function urlOf(link: Link, lang: Lang): string {
  // oxlint-disable-next-line no-template-curly-in-string -- Grafana's, not ours
  if ("page" in link)
    return `\${service}${link.page}${link.page.includes("?") ? "&" : "?"}lang=${lang}`;
  const variables = Object.entries(link.variables).map(([name, value]) => `&var-${name}=${value}`);
  return `d/${uidOf(link.board, lang)}?\${__url_time_range}&\${datasource:queryparam}${variables.join("")}`;
}
