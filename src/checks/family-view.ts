import type { AddressSight, HostSight } from "../domain/audit/host.ts";
import { type Sight, type UnseenReason, unseen } from "../domain/audit/sight.ts";
import type { Family } from "../domain/family.ts";
import { presenceOf } from "./name-answer.ts";

/** One address that a check has to judge; `address` is null for those that were beyond a bound. */
export interface AddressView {
  readonly address: string | null;
  readonly seen: Sight<AddressSight>;
}

/** All addresses of one family of one host, as its name gives them. */
export type FamilyView =
  | { readonly presence: "unsure"; readonly why: UnseenReason }
  | { readonly presence: "none"; readonly leftOut: readonly string[] }
  | {
      readonly presence: "some";
      /** At least one. */
      readonly addresses: readonly AddressView[];
      /** Special-purpose addresses that nobody can be asked to reach: D2 speaks of them. */
      readonly leftOut: readonly string[];
    };

/**
 * What there is to judge over one family. An address that the name has and nobody visited stays in view as unseen, so
 * that "all" is never said of some.
 */
export function familyView(host: HostSight, family: Family): FamilyView {
  const answer = host.name.answers[family];
  const presence = presenceOf(host.host, answer);
  if (presence.is === "none") return { presence: "none", leftOut: [] };
  if (presence.is === "unsure") return { presence: "unsure", why: presence.why };
  if (presence.is === "one_answer_only") return { presence: "unsure", why: "resolver_failed" };
  const leftOut = answer.addresses.filter(({ usable }) => !usable).map(({ address }) => address);
  const addresses: AddressView[] = answer.addresses
    .filter(({ usable }) => usable)
    .map(({ address }) => ({ address, seen: visited(host, family, address) }));
  if (answer.beyond > 0) addresses.push({ address: null, seen: unseen("limit") });
  return addresses.length === 0
    ? { presence: "none", leftOut }
    : { presence: "some", addresses, leftOut };
}

function visited(host: HostSight, family: Family, address: string): Sight<AddressSight> {
  const sight = host.addresses.find(
    (one) => one.family === family && one.address.address === address,
  );
  return sight ?? unseen("limit");
}
