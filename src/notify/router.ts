import type { Router, RoutingFacts } from "../domain/incident/notice.ts";
import { SEVERITIES } from "../domain/incident/kinds.ts";
import type { RouteSettings } from "./config-schema.ts";
import { isWithin } from "./hours.ts";

/**
 * Who is told: all routes that match speak, each channel once, in the order of the routes. Within a match every
 * condition must hold, within a list one entry.
 */
export function createRouter(routes: readonly RouteSettings[]): Router {
  const matching = (facts: RoutingFacts, at: number) =>
    routes.filter((route) => matches(route, facts, at));
  return {
    tells: (facts, at) => [...new Set(matching(facts, at).flatMap((route) => route.channels))],
    escalations(facts, at) {
      const steps = matching(facts, at).flatMap((route) => route.escalate ?? []);
      const byTime = Map.groupBy(steps, (step) => step.after_minutes);
      return [...byTime]
        .toSorted(([one], [other]) => one - other)
        .map(([afterMinutes, same]) => ({
          afterMinutes,
          channels: [...new Set(same.flatMap(({ channels }) => channels))],
        }));
    },
  };
}

/** Whether a route speaks of an incident at an instant. */
function matches({ match }: RouteSettings, facts: RoutingFacts, at: number): boolean {
  if (match === undefined) return true;
  const { kinds, min_severity: least, agencies, provinces, hours } = match;
  return (
    (kinds === undefined || kinds.includes(facts.kind)) &&
    (least === undefined || SEVERITIES.indexOf(facts.severity) <= SEVERITIES.indexOf(least)) &&
    (agencies === undefined || facts.agencies.some((agency) => agencies.includes(agency))) &&
    (provinces === undefined || facts.provinces.some((province) => provinces.includes(province))) &&
    (hours === undefined || isWithin(hours, at))
  );
}
