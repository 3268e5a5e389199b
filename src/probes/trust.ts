import {
  type SecureContext,
  type SecureContextOptions,
  createSecureContext,
  getCACertificates,
} from "node:tls";

/**
 * Groups for the key exchange of light probes, which every server knows one of. Node begins with a post-quantum one: that
 * takes a tenth of a probe's CPU, splits the greeting into two packets, and tells nothing about a portal.
 */
export const CLASSIC_GROUPS = "X25519:P-256:P-384:P-521";

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
