import type { Variable } from "../../kit/variables.ts";

/** Matches the series of the chosen portal, over all families and vantage points. */
export const OF_PORTAL = 'portal="$portal"';

/** The same for the series of runs, which carry the portal's URL. */
export const OF_INSTANCE = 'instance="$instance"';

/** The URL of the chosen portal. */
export const INSTANCE: Variable = {
  name: "instance",
  label: { vi: "URL", en: "URL" },
  query: 'label_values(portal_info{portal="$portal"}, instance)',
  hidden: true,
};
