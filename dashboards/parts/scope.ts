/** Whose portals a dashboard is about: the country's, or those of the province or the agency that the reader chose. */
export type Scope = "country" | "province" | "agency";

/** Matchers of `portal_info` and of the counts of portals that are recorded. */
const MATCHERS: Readonly<Record<Scope, string>> = {
  country: "",
  province: 'province="$province"',
  agency: 'agency="$agency"',
};

/** How many portals of the scope there are in a state, at a level, with a grade: what rules count once a minute. */
export function countOf(scope: Scope, what: string): string {
  return `sum(agency:${what}:count{${MATCHERS[scope]}})`;
}

/** The same for each value of a label: `kind`, `agency` or `province`. */
export function countBy(label: string, scope: Scope, what: string): string {
  return `sum by (${label}) (agency:${what}:count{${MATCHERS[scope]}})`;
}

/**
 * Share of portals that are up, among those of which it can be told and that are not in maintenance; `count` counts a
 * state.
 */
export function upShare(count: (what: string) => string): string {
  const told = `(${count("portals")} - ${count("portals_unknown")} - ${count("portals_maintenance")})`;
  return share(count("portals_up"), told);
}

/** What is known of each portal of the scope. */
export function portalsOf(scope: Scope): string {
  return `portal_info{${MATCHERS[scope]}}`;
}

/** A series of portals (it has `portal`), of those of the scope. */
export function ofPortals(scope: Scope, series: string): string {
  return scope === "country" ? series : `${series} * on (portal) group_left () ${portalsOf(scope)}`;
}

/** A series of runs (it has `instance` and `family`), of the scope's portals. */
export function ofRuns(scope: Scope, series: string): string {
  return scope === "country"
    ? series
    : `${series} * on (instance) group_left () ${portalsOf(scope)}`;
}

/** Shares over nothing are no share: without a denominator there is no value rather than one that is not a number. */
export function share(numerator: string, denominator: string): string {
  return `${numerator} / (${denominator} > 0)`;
}
