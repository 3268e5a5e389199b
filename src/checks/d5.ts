import { isUnseen } from "../domain/audit/sight.ts";
import type { DnssecSight } from "../domain/audit/zone.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { onZone } from "./on-zone.ts";

const REASON: Readonly<Record<DnssecSight["outcome"], ReasonOf<"D5">>> = {
  secure: "signed",
  insecure: "unsigned",
  bogus: "bogus",
  unproven: "resolver_does_not_validate",
  resolver_failed: "resolver_failed",
};

/** D5: the name is signed and a validating resolver agrees; unsigned is `warn` (TT 32/2017/TT-BTTTT named DNSSEC). */
export const d5: Check = {
  id: "D5",
  about: [null],
  transport: [],
  resolverReasons: ["unsigned", "bogus"],
  judge: onZone("D5", ({ zone, dnssec }) => {
    if (isUnseen(dnssec)) return conclude("D5", null, dnssec.unseen);
    const { outcome, rcodes, extendedErrors, resolver } = dnssec;
    const evidence = { zone, resolver, rcodes, extended_errors: extendedErrors };
    return conclude("D5", null, REASON[outcome], evidence, causes("zone", [zone]));
  }),
};
