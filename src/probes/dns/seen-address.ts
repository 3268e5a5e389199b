import type { SeenAddress } from "../../domain/audit/names.ts";
import { addressClass } from "../address-policy.ts";
import type { AuditSession } from "../audit/session.ts";

/** An address with what the registries and the configuration say of it (D2). */
export function seenAddress(address: string, { policy }: AuditSession): SeenAddress {
  return { address, special: addressClass(address), usable: policy(address) === null };
}
