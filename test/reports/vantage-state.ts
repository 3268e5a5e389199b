import type { VantageState } from "../../src/domain/vantage.ts";
import { START } from "../store/helpers/results.ts";

/** A place with IPv4 and a resolver but without IPv6. */
export function vantageState(change: Partial<VantageState> = {}): VantageState {
  return {
    name: "local",
    country: null,
    checkedAt: START,
    families: {
      ip4: {
        healthy: true,
        anchorsAnswered: 3,
        anchorsTried: 3,
        sourceAddress: "192.0.2.99",
        why: "3 of 3 anchors answered over IPv4.",
      },
      ip6: {
        healthy: false,
        anchorsAnswered: 0,
        anchorsTried: 3,
        sourceAddress: null,
        why: "This place has no global IPv6 address.",
      },
    },
    resolver: { usable: true, why: "The resolver answers, AAAA included." },
    dns64Prefix: null,
    ...change,
  };
}
