import { type RawBuilder, sql } from "kysely";

/**
 * The /24 or /48 that an address (a literal, by its family) is in, as text; null for text that is no address. What was
 * stored as an address has been one.
 */
export function prefixSql(
  address: RawBuilder<unknown>,
  family: RawBuilder<unknown>,
): RawBuilder<string | null> {
  return sql<string | null>`case
    when ${family} = 'ip4' and ${address} ~ '^[0-9]{1,3}([.][0-9]{1,3}){3}$'
      then text(network(set_masklen(${address}::inet, 24)))
    when ${family} = 'ip6' and ${address} ~ '^[0-9a-fA-F:.]+$' and ${address} like '%:%'
      then text(network(set_masklen(${address}::inet, 48)))
  end`;
}
