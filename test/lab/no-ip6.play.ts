import { startLab } from "../../lab/index.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import { addressesOf, connectTo } from "../support/lab-client.ts";

/** Runs inside a namespace without IPv6: prints what the lab says of itself, publishes and answers there. */
const lab = await startLab({ only: ["healthy", "ipv6-dead", "dead"] });
const portal = lab.portal("healthy");
const [ip4, ip6] = await Promise.all(FAMILIES.map((family) => connectTo(lab, portal, family)));
process.stdout.write(
  JSON.stringify({
    ip6: lab.ip6,
    dnsServer6: lab.dnsServer6,
    published: await addressesOf(lab, portal.host, "ip6"),
    connects: [ip4, ip6].map((socket) => (typeof socket === "string" ? socket : "open")),
  }),
);
await lab.stop();
