import type { PortalFilter } from "../reports/portals.ts";
import type { Lang } from "./lang.ts";

/** What the address of the first page says: filters of the list, place in it, language. */
export type HomeQuery = Pick<PortalFilter, "agency" | "province" | "kind" | "state" | "q"> & {
  readonly lang?: Lang | undefined;
  readonly cursor?: string | undefined;
};

/** The address of the first page with this query. */
export function linkTo(query: HomeQuery): string {
  const params = toParams(query);
  return params.size === 0 ? "/" : `/?${params.toString()}`;
}

/** The address of the same list as CSV. */
export function csvLink({ lang: _lang, cursor: _cursor, ...filter }: HomeQuery): string {
  const params = toParams(filter);
  params.set("format", "csv");
  return `/api/v1/portals?${params.toString()}`;
}

/** Whether anything narrows the list. */
export function isFiltered({ lang: _lang, cursor: _cursor, ...filter }: HomeQuery): boolean {
  return toParams(filter).size > 0;
}

function toParams(query: object): URLSearchParams {
  const given = Object.entries(query).filter((entry) => typeof entry[1] === "string");
  return new URLSearchParams(given as [string, string][]);
}
