import { connect } from "node:net";
import { Resolver } from "node:dns/promises";
import { startLab } from "../../lab/index.ts";

/** Runs inside a namespace with fd53::1 to fd53::3: prints what the lab publishes there and what connects. */
const lab = await startLab({
  only: ["healthy", "expired", "http-500", "partial-addresses"],
  ip6Addresses: ["fd53::1", "fd53::2", "fd53::3"],
});
const resolver = new Resolver();
resolver.setServers([lab.dnsServer]);

const rows = [];
for (const { id, host, url, expect } of lab.portals) {
  const addresses = await resolver.resolve6(host);
  const connects = [];
  for (const address of addresses) connects.push(await attempt(address, Number(new URL(url).port)));
  rows.push({ id, addresses, connects, expect: expect.ip6.failure });
}
process.stdout.write(JSON.stringify({ allowed: lab.allowedNetworks, rows }));
await lab.stop();

function attempt(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve("open"));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "?"));
    socket.once("connect", () => socket.destroy());
  });
}
