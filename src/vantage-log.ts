import { FAMILIES } from "./domain/family.ts";
import type { VantageState } from "./domain/vantage.ts";
import type { Logger } from "./log.ts";

/** Logs what the vantage point can do when it changes, once per change and not at every self-test. */
export function createVantageLog(
  log: Pick<Logger, "info" | "warn">,
): (state: VantageState) => void {
  const last = new Map<string, boolean>();
  const tell = (part: string, works: boolean, why: string) => {
    if (last.get(part) === works) return;
    last.set(part, works);
    if (works) log.info({ part }, `${part}: ${why}`);
    else log.warn({ part }, `${part}: ${why} Runs that need it are unknown until then.`);
  };
  return (state) => {
    tell("resolver", state.resolver.usable, state.resolver.why);
    for (const family of FAMILIES) {
      const { healthy, why } = state.families[family];
      tell(family, healthy, why);
    }
  };
}
