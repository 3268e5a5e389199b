import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { inNamespace, whyNoNamespace } from "../support/network-namespace.ts";
import type { Ran } from "../support/run-program.ts";

const why = await whyNoNamespace();

beforeEach((context) => {
  if (why !== null) context.skip(`no network namespace here: ${why}`);
});

/** Turns IPv6 off in the namespace, and becomes the program. */
const WITHOUT_IP6 = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && exec "$@"';

function said({ code, stdout, stderr }: Ran): unknown {
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("the lab in networks unlike this one", () => {
  test("spreads over several IPv6 addresses, and has a partial address set over IPv6 too", async () => {
    const play = fileURLToPath(new URL("several-ip6.play.ts", import.meta.url));
    const addresses = ["fd53::1", "fd53::2", "fd53::3"];
    expect(said(await inNamespace(addresses, [process.execPath, play]))).toEqual({
      allowed: "127.0.0.0/8,fd53::1/128,fd53::2/128,fd53::3/128",
      rows: [
        { id: "healthy", addresses: ["fd53::1"], connects: ["open"], expect: null },
        {
          id: "partial-addresses",
          addresses: ["fd53::3", "fd53::2"],
          connects: ["ECONNREFUSED", "open"],
          expect: "partial_address_set",
        },
        { id: "expired", addresses: ["fd53::3"], connects: ["open"], expect: "tls_expired" },
        { id: "http-500", addresses: ["fd53::1"], connects: ["open"], expect: "http_status" },
      ],
    });
  });

  test("plays IPv4 alone where there is no IPv6, and says so", async (context) => {
    const { code, stderr } = await inNamespace([], ["sh", "-c", WITHOUT_IP6, "sh", "true"]);
    if (code !== 0) context.skip(`IPv6 can't be turned off here: ${stderr.trim()}`);
    const play = fileURLToPath(new URL("no-ip6.play.ts", import.meta.url));
    const program = ["sh", "-c", WITHOUT_IP6, "sh", process.execPath, play];
    const { connects, ...rest } = said(await inNamespace([], program)) as { connects: string[] };
    expect(rest).toEqual({ ip6: false, dnsServer6: null, published: ["::1"] });
    expect(connects[0]).toBe("open");
    expect(connects[1]).toMatch(/^E/);
  });
});
