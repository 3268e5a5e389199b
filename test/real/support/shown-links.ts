import type { DashboardPrometheus } from "./dashboard-prometheus.ts";
import { MADE_UP_PORTALS } from "./history-portals.ts";
import type { Shown } from "./shown.ts";

/** The links of the first row of every column, or of every series, as a reader would follow them. */
export function linksShown({ frames }: Shown): string[] {
  return frames.flatMap(({ fields, length }) =>
    length === 0
      ? []
      : fields.flatMap(({ getLinks }) =>
          (getLinks?.({ valueRowIndex: 0 }) ?? []).map(({ href }) => href),
        ),
  );
}

/** Answers of our pages that say that there is such a page, though not for everyone. */
const THERE = new Set([200, 302, 303, 401, 403]);

/** Where links lead to here. */
interface Around {
  readonly prometheus: DashboardPrometheus;
  /** Address of the service. */
  readonly demo: string;
  readonly time: number;
}

/** What is wrong with a link as a reader would follow it. */
export async function linkFaults(href: string, around: Around): Promise<string[]> {
  if (/\$\{|\$\w|undefined/.test(href)) return [`the link ${href} has a hole`];
  if (/^\/?d\//.test(href)) return choiceFaults(href, around);
  if (!href.startsWith(around.demo)) return [`the link ${href} leads away`];
  const { status } = await fetch(withLabPortal(href), { redirect: "manual" });
  return THERE.has(status) ? [] : [`the link ${href} answers ${status}`];
}

/** A dashboard that is opened finds what its variables are set to: a code that was shown as a number is another one. */
async function choiceFaults(href: string, { prometheus, time }: Around): Promise<string[]> {
  const query = new URLSearchParams(href.slice(href.indexOf("?") + 1));
  const faults: string[] = [];
  for (const label of ["portal", "province", "agency"]) {
    const value = query.get(`var-${label}`);
    if (value === null) continue;
    const selector = label === "province" ? 'coverage_unit_info{level="province"}' : "portal_info";
    const moment = { start: time - 3600, end: time, step: 1 };
    const values = await prometheus.labelValues(selector, label, moment);
    if (!values.includes(value)) faults.push(`the link ${href} chooses the ${label} "${value}"`);
  }
  return faults;
}

/** The service has no pages about the portals of the made-up week: one of its lab's stands for them. */
function withLabPortal(href: string): string {
  return Object.values(MADE_UP_PORTALS).reduce(
    (link, { portal }) =>
      link.replaceAll(portal, "healthy").replaceAll(encodeURI(portal), "healthy"),
    href,
  );
}
