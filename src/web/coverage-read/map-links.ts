import { linkTo } from "../compliance/query.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import type { MapQuery, MapView } from "./map-view.ts";

/** The address of the map's page. */
export function mapLink(query: MapQuery): string {
  return linkTo(COVERAGE_PATHS.map, query);
}

/** The same question without what only this page's table is in. */
export function asked({ query, indicator, level }: MapView): MapQuery {
  const { sort: _sort, order: _order, page: _page, ...kept } = query;
  return { ...kept, indicator: indicator.code, level };
}

/** What one map of communes at least is asked by: the communes of this province. */
export function communesLink(view: MapView, province: string): string {
  return mapLink({ ...asked(view), level: "commune", province, lang: view.lang });
}

/** The address of the same sums as a file. */
export function sumsLink(view: MapView, format: "csv" | "xlsx" | "geojson"): string {
  const { query, indicator, level, province } = view;
  return linkTo("/api/v1/coverage/sums", {
    indicator: indicator.code,
    ...atParams(query.at ?? view.asOf),
    level,
    province: province?.code,
    format,
    lang: format === "xlsx" ? view.lang : undefined,
  });
}

/** A day or a release, as the API has them. */
export function atParams(at: string): { as_of?: string; release?: string } {
  return isRelease(at) ? { release: at } : { as_of: at };
}

/** Whether it is the code of a release and not a day. */
export function isRelease(at: string): boolean {
  return at.includes("Q");
}
