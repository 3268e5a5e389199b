import {
  type SecureContext,
  type SecureContextOptions,
  createSecureContext,
  getCACertificates,
} from "node:tls";

/**
 * The roots that certificates are judged by: Node's own (NODE_EXTRA_CA_CERTS included) and `extraRoots` (PEM).
 * `demands` are what a handshake takes beside them. Made once and shared by all connections: parsing the roots anew costs about half a millisecond of CPU per probe.
 */
export function trustedContext(
  extraRoots: readonly string[],
  demands: SecureContextOptions = {},
): SecureContext {
  return createSecureContext({
    ...demands,
    ca: [...getCACertificates("default"), ...extraRoots],
  });
}
