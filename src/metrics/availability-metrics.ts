import { Gauge, type Registry } from "prom-client";
import type { AgencyAvailability } from "../reports/agency-availability.ts";

/** The metrics of availability as the service itself reports it. */
export interface AvailabilityMetrics {
  /** Takes in the figures of all agencies; who is not among them is shown no more. */
  setAvailability(figures: readonly AgencyAvailability[]): void;
}

/** Defines them in a registry. */
export function availabilityMetrics(registry: Registry): AvailabilityMetrics {
  const ratio = new Gauge({
    name: "agency_availability_ratio",
    help: "Runs that went well over those that could tell, over an agency's portals and the hours of a month that have ended, maintenance apart; absent where nothing could be told",
    labelNames: ["agency", "period"],
    registers: [registry],
  });
  return {
    setAvailability(figures) {
      ratio.reset();
      for (const { agency, period, ratio: value } of figures) ratio.set({ agency, period }, value);
    },
  };
}
