import { isUnseen } from "../domain/audit/sight.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { onZone } from "./on-zone.ts";

/** D6: each name server gives the same records over both families. */
export const d6: Check = {
  id: "D6",
  about: [null],
  transport: ["ip4", "ip6"],
  judge: onZone("D6", ({ parity }) => {
    if (isUnseen(parity)) return conclude("D6", null, parity.unseen);
    const { servers } = parity;
    if (servers.length === 0) return conclude("D6", null, "nothing_to_compare");
    const unequal = servers.filter(({ equal }) => !equal);
    if (unequal.length === 0) {
      return conclude("D6", null, "same", { servers: servers.map(({ name }) => name) });
    }
    const named = causes(
      "name_server",
      unequal.map(({ name }) => name),
    );
    return conclude("D6", null, "differs", { servers: unequal }, named);
  }),
};
