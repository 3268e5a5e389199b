import { createDnsSight } from "../dns/index.ts";
import { DeepAudit } from "./audit.ts";
import type { Audit, AuditOptions } from "./options.ts";

export type { AuditLimits } from "./limits.ts";
export type { Audit, AuditOptions, AuditOrder, AuditStep } from "./options.ts";
export type { Turns } from "./session.ts";

/** Deep audits with these options; throws a RangeError if a network or a server can't be read. */
export function createAudit(options: AuditOptions): Audit {
  const { dnsServers, rootHints, authorityPort } = options;
  const dns = createDnsSight({ servers: dnsServers, rootHints, authorityPort });
  return new DeepAudit(options, dns);
}
