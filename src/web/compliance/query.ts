import type { ComplianceFilter } from "../../reports/compliance-filter.ts";
import type { ComplianceSort, SortOrder } from "../../reports/compliance-sort.ts";
import type { Lang } from "../lang.ts";

/** What the address of the list says: which portals, of which day, in which order, from where on. */
export type ListQuery = Omit<ComplianceFilter, "portal" | "agencies"> & {
  readonly lang?: Lang | undefined;
  readonly as_of?: string | undefined;
  readonly sort?: ComplianceSort | undefined;
  readonly order?: SortOrder | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

/** What the address of the changes says. */
export type ChangesQuery = Pick<
  ListQuery,
  "agency" | "province" | "kind" | "q" | "lang" | "cursor"
> & {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** The address of a page with this query; what is undefined is left out. */
export function linkTo(path: string, query: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === "string" || typeof value === "number") params.set(name, String(value));
  }
  return params.size === 0 ? path : `${path}?${params.toString()}`;
}

/** Forms in which a whole list is had as a file. */
export type ExportFormat = "csv" | "xlsx" | "json";

/** The address of the same whole list in another form. */
export function exportLink(path: string, query: object, format: ExportFormat): string {
  return linkTo(path, { ...query, cursor: undefined, limit: undefined, format });
}

/** What narrows the list, without language, order and place in it. */
export function filtersOf(query: ListQuery | ChangesQuery): Record<string, string> {
  const kept = Object.entries(query).filter(
    ([name, value]) => FILTERS.has(name) && typeof value === "string",
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Parts of an address that narrow a list. */
const FILTERS = new Set(
  "agency province kind level grade requirement verdict changed_since q as_of from to".split(" "),
);
