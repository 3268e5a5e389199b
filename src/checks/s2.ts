import { isUnseen } from "../domain/audit/sight.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";
import type { SecurityTxtSight } from "../domain/audit/page.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { entryOf } from "./host-name.ts";

/** S2: a valid security.txt that has not expired (RFC 9116). Information only. */
export const s2: Check = {
  id: "S2",
  about: [null],
  transport: [],
  judge: ({ facts }, { at }) => {
    const { securityTxt } = facts.page;
    if (isUnseen(securityTxt)) return [conclude("S2", null, securityTxt.unseen)];
    const { outcome, contact, expires } = securityTxt;
    const host = entryOf(facts)?.host;
    const named = host === undefined ? [] : causes("host", [host]);
    return [conclude("S2", null, reasonFor(securityTxt, at), { outcome, contact, expires }, named)];
  },
};

function reasonFor({ outcome, expires }: SecurityTxtSight, at: number): ReasonOf<"S2"> {
  if (outcome !== "present") return outcome;
  return expires !== null && Date.parse(expires) < at ? "expired" : "present";
}
