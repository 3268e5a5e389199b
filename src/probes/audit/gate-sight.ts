import type { GateSight } from "../../domain/audit/gate.ts";
import type { VantageState } from "../../domain/vantage.ts";

/** The conclusions of what a vantage point knows of itself, as they are now. */
export function gateSight({ families, resolver, dns64Prefix }: VantageState): GateSight {
  return {
    families: { ip4: families.ip4.healthy, ip6: families.ip6.healthy },
    resolverUsable: resolver.usable,
    resolverDoubtful: resolver.doubtful ?? false,
    dns64Prefix,
  };
}

/** What the gate says when nobody could look a second time: nothing is proven open. */
export const NOTHING_PROVEN: GateSight = {
  families: { ip4: false, ip6: false },
  resolverUsable: false,
  resolverDoubtful: true,
  dns64Prefix: null,
};
