import { type Ran, runProgram } from "./run-program.ts";

/** Brings loopback up, adds the addresses that follow `--`'s count, and becomes the program. */
const SCRIPT = `
ip link set lo up || exit 125
count=$1; shift
while [ "$count" -gt 0 ]; do ip -6 address add "$1/64" dev lo nodad || exit 125; shift; count=$((count - 1)); done
exec "$@"
`;

/** Why a namespace can't be made here, or null; unprivileged ones need a kernel that allows them, and iproute2. */
export async function whyNoNamespace(): Promise<string | null> {
  try {
    const { code, stderr } = await inNamespace(["fd53::1"], ["true"]);
    return code === 0 ? null : `unshare -Urn: ${stderr.trim() || `exit ${code}`}`;
  } catch (error) {
    return `unshare can't be run: ${String(error)}`;
  }
}

/** Runs a program in a network of its own: loopback with these additional IPv6 addresses, and nothing else. */
export function inNamespace(ip6: readonly string[], argv: readonly string[]): Promise<Ran> {
  return runProgram("unshare", namespaceArguments(ip6, argv));
}

/** The arguments of `unshare` for that. */
export function namespaceArguments(ip6: readonly string[], argv: readonly string[]): string[] {
  return ["-Urn", "sh", "-c", SCRIPT, "sh", String(ip6.length), ...ip6, ...argv];
}
