import { isUnseen } from "../domain/audit/sight.ts";
import type { Check } from "./check.ts";
import { causes, conclude, firstReason, noAddress } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { entryOf } from "./host-name.ts";

/** W7: the page over IPv6 is the page over IPv4, as far as two visits over IPv4 are alike. Never `fail` by itself. */
export const w7: Check = {
  id: "W7",
  about: [null],
  transport: ["ip4", "ip6"],
  judge: ({ facts }, { rules }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("W7", null, "own_fault")];
    const views = [familyView(entry, "ip4"), familyView(entry, "ip6")] as const;
    if (views[0].presence === "none") return [conclude("W7", null, noAddress("ip4"))];
    if (views[1].presence === "none") return [conclude("W7", null, noAddress("ip6"))];
    const unsure = views.flatMap((view) => (view.presence === "unsure" ? [view.why] : []));
    const { parity } = facts.page;
    const why = isUnseen(parity) ? parity.unseen : firstReason(unsure);
    if (isUnseen(parity) || why !== null) return [conclude("W7", null, why ?? "own_fault")];
    const alike = parity.similarity >= rules.similarityRatio;
    const noise = 1 - parity.similarity <= NOISE_SPREAD * (1 - parity.baseline) + ROUNDING;
    const named = causes("host", [entry.host]);
    const same = { same_title: parity.sameTitle, same_final_url: parity.sameFinalUrl };
    const likeness = {
      similarity: hundredths(parity.similarity),
      baseline: hundredths(parity.baseline),
    };
    const evidence = { ...same, ...likeness, ...(alike ? {} : { difference: parity.difference }) };
    if (!alike && !noise) return [conclude("W7", null, "text_differs", evidence, named)];
    if (!parity.sameFinalUrl) return [conclude("W7", null, "final_url_differs", evidence, named)];
    if (!parity.sameTitle) return [conclude("W7", null, "title_differs", evidence, named)];
    // What is drawn by lot is another at each audit, which is no change of a page that is in order.
    return [conclude("W7", null, alike ? "alike" : "within_noise", same)];
  },
};

/**
 * One pair of visits tells the noise of a page only roughly: the next pair differs by up to half as much again. Ours;
 * without it a page that is drawn by lot would be found to differ at every other audit.
 */
const NOISE_SPREAD = 1.5;

/** Ratios come in hundredths: 1 − 0.61 is a little less than 0.39. */
const ROUNDING = 1e-9;

/** Finer than this, likeness changes from audit to audit without saying anything. */
function hundredths(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
