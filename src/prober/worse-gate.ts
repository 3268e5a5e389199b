import type { FamilyHealth, VantageState } from "../domain/vantage.ts";

/** What two self-tests vouch for together: a family or a resolver that one of them found wanting is wanting. */
export function worseGate(one: VantageState, other: VantageState): VantageState {
  const [earlier, later] = one.checkedAt <= other.checkedAt ? [one, other] : [other, one];
  const { ip4, ip6 } = later.families;
  const resolver = earlier.resolver.usable ? later.resolver : earlier.resolver;
  const doubtful = earlier.resolver.doubtful === true || later.resolver.doubtful === true;
  return {
    name: later.name,
    country: later.country,
    checkedAt: later.checkedAt,
    families: { ip4: worse(earlier.families.ip4, ip4), ip6: worse(earlier.families.ip6, ip6) },
    resolver: { ...resolver, doubtful },
    dns64Prefix: later.dns64Prefix ?? earlier.dns64Prefix,
  };
}

function worse(earlier: FamilyHealth, later: FamilyHealth): FamilyHealth {
  return earlier.healthy ? later : earlier;
}
