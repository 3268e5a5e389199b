import type { BehaviourChange } from "../../../lab/behaviour.ts";
import { CATALOGUE } from "../../../lab/catalogue/all.ts";
import type { Lab } from "../../../lab/index.ts";

/** AAAA records of these addresses and nothing else: no packet goes anywhere. */
const published = (...addresses: readonly string[]): BehaviourChange => ({
  both: { tcp: "refuse" },
  ip4: { dns: "none" },
  ip6: { addresses: [...addresses] },
});

const shows = (body: string): BehaviourChange => ({ both: { http: { kind: "page", body } } });
const to = (location: string): BehaviourChange => ({
  both: { http: { kind: "redirect", location } },
});

const NEWS = "<p>Tin bịa để thử, dài vừa đủ cho hai trang giống nhau từng chữ một.</p>".repeat(5);
const titled = (title: string) =>
  ({ kind: "page", body: `<title>${title}</title>${NEWS}` }) as const;

const security = (securityTxt: string): BehaviourChange => ({
  both: { http: { kind: "page", securityTxt } },
});

const WALL = {
  kind: "page",
  status: 403,
  body: "<title>Bịa</title><p>Xác minh bạn không phải là robot</p>",
  hsts: [] as string[],
} as const;

/** Longer over one family than the threshold of P1, however busy the machine is. */
const LATE = { http: { kind: "page", afterMs: 900 } } as const;

/** What is played beside the portals of the catalogue, by the name of the scene. */
const CHANGES = {
  "aaaa-unspecified": published("::"),
  "aaaa-link-local": published("fe80::1"),
  "aaaa-site-local": published("fec0::1"),
  "aaaa-unique-local": published("fd12:3456::1"),
  "aaaa-multicast": published("ff02::1"),
  "aaaa-translated": published("::ffff:0:7f00:1"),
  "aaaa-local-nat64": published("64:ff9b:1::1"),
  "aaaa-nat64": published("64:ff9b::7f00:1"),
  "aaaa-discard": published("100::1"),
  "aaaa-teredo": published("2001::1"),
  "aaaa-6to4": published("2002:c000:204::1"),
  "aaaa-benchmarking": published("2001:2::1"),
  "aaaa-as112": published("2620:4f:8000::1"),
  "aaaa-segment-routing": published("5f00::1"),
  "aaaa-outside": published("4000::1"),
  "aaaa-new-documentation": published("3fff::1"),
  "one-aaaa-of-two-special": { ip6: { addresses: ["::1", "2001:db8::1"] } },
  "certificate-old-on-ip4": { ip4: { certificate: "expired" } },
  "answers-over-ip4-only": { ip6: { http: { kind: "close" } } },
  "forbidden-over-ip6": { ip6: { http: { kind: "page", status: 403 } } },
  "error-without-ip4": {
    ip4: { dns: "none", tcp: "refuse" },
    ip6: { http: { kind: "page", status: 500 } },
  },
  "silence-without-ip4": { ip4: { dns: "none", tcp: "refuse" }, ip6: { http: { kind: "close" } } },
  "hop-special": to("{inside}/"),
  "hop-refuses": to("{ipv6-refused}/"),
  "hop-without-tls": to("{tls-silent-ipv6}/"),
  "hop-silent": to("{closes}/"),
  "hop-unresolvable": to("{dns-servfail}/"),
  "title-differs": { ip4: { http: titled("Cổng (bịa)") }, ip6: { http: titled("Portal") } },
  "third-party-missing-own-unsure": shows(
    `<img src="{dns-servfail}/a.png"><script src="{third-party-ipv4-only}/b.js"></script>`,
  ),
  "own-host-unsure": shows(`<img src="{dns-servfail}/a.png">`),
  "first-hop-plain": { plainHttp: { to: "{http-only}/" } },
  "plain-silent": { plainHttp: "close" },
  "hsts-off": { both: { http: { kind: "page", hsts: ["max-age=0"] } } },
  "wall-without-hsts": { both: { http: WALL } },
  "security-txt-expired": security(
    "Contact: mailto:an-toan@lab.test\nExpires: 2020-01-01T00:00:00Z\n",
  ),
  "security-txt-invalid": security("Contact: mailto:an-toan@lab.test\n"),
  "late-over-ip6": { ip6: LATE },
  "late-over-ip4": { ip4: LATE },
} as const satisfies Readonly<Record<string, BehaviourChange>>;

/** Portals that the scenes lead to or load from; they play what the catalogue says. */
const TARGETS = Array.from(JSON.stringify(CHANGES).matchAll(/\{([a-z0-9-]+)\}/g), ([, id]) => id!);

/** The one portal whose port 80 can be closed over IPv4: that is settled when a lab starts. */
const PORT_80_CLOSED = "http-closed";

const SEATS = CATALOGUE.filter(({ id, scheme, host }) => {
  return (
    scheme === undefined && host === undefined && id !== PORT_80_CLOSED && !TARGETS.includes(id)
  );
});

/** Name of a scene. */
export type ChangedScene = keyof typeof CHANGES | "port-80-closed-over-ip4";

/** Which lab portal plays which scene: each gives its host and its place to another behaviour. */
const CAST: Readonly<
  Record<string, { readonly portal: string; readonly change: BehaviourChange }>
> = {
  ...Object.fromEntries(
    Object.entries(CHANGES).map(([scene, change], number) => [
      scene,
      { portal: SEATS[number]!.id, change },
    ]),
  ),
  "port-80-closed-over-ip4": { portal: PORT_80_CLOSED, change: { plainHttp: "refuse" } },
};

/** The portals that a lab needs for the scenes. */
export const PLAYED: readonly string[] = [
  ...Object.values(CAST).map(({ portal }) => portal),
  ...TARGETS,
];

/** Makes the lab play the scenes; resolves with their names and URLs. */
export async function playChanges(lab: Lab): Promise<{ name: string; url: string }[]> {
  return Promise.all(
    Object.entries(CAST).map(async ([name, { portal, change }]) => {
      await lab.setBehaviour(portal, change);
      return { name, url: lab.portal(portal).url };
    }),
  );
}
