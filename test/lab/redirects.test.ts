import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { addressesOf, connectTo, get, getFrom, headOf, secureTo } from "../support/lab-client.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    only: [
      "healthy",
      "http-only",
      "http-redirects",
      "http-not-redirecting",
      "redirect-good",
      "redirect-family-gap",
      "redirect-ipv6-only",
      "redirect-to-http",
      "redirect-inside",
      "redirect-loop",
      "redirect-chain",
      "redirect-invalid",
    ],
  });
});
afterAll(() => lab.stop());

async function hop(id: string, family: "ip4" | "ip6", path = "/") {
  const head = headOf(await getFrom(lab, lab.portal(id), family, { path }));
  return { status: head.status, location: head.header("location") };
}

/** What the plain-HTTP port says to a host name, over one family. */
async function plain(host: string, family: "ip4" | "ip6") {
  const [address] = (await addressesOf(lab, "healthy.lab.test", family)) as string[];
  const socket = connect({ host: address!, port: lab.httpPort, autoSelectFamily: false });
  const received = await get(socket, host);
  const head = headOf(received);
  return { bytes: received.bytes, status: head.status, location: head.header("location") };
}

describe("redirects of the lab", () => {
  test.each([
    ["redirect-good", "healthy"],
    ["redirect-family-gap", "ipv4-only"],
    ["redirect-ipv6-only", "ipv6-only"],
    ["redirect-to-http", "http-only"],
    ["redirect-inside", "inside"],
  ])("%s leads to the URL of %s over both families", async (id, target) => {
    const expected = { status: 302, location: lab.portal(target).url };
    expect(await hop(id, "ip4")).toEqual(expected);
    expect(await hop(id, "ip6")).toEqual(expected);
  });

  test("the target of the family gap has an A record and no AAAA record", async () => {
    const { host } = lab.portal("ipv4-only");
    expect(await addressesOf(lab, host, "ip4")).toHaveLength(1);
    expect(await addressesOf(lab, host, "ip6")).toBe("ENODATA");
  });

  test("the loop's two pages lead to each other", async () => {
    expect(await hop("redirect-loop", "ip4", "/")).toEqual({ status: 302, location: "/again" });
    expect(await hop("redirect-loop", "ip4", "/again")).toEqual({ status: 302, location: "/" });
  });

  test("the chain leads on wherever one is", async () => {
    expect((await hop("redirect-chain", "ip6", "/")).location).toBe("/1");
    expect((await hop("redirect-chain", "ip6", "/41")).location).toBe("/42");
    expect((await hop("redirect-chain", "ip6", "/elsewhere")).location).toBe("/1");
  });

  test("the bad location is no URL", async () => {
    const { location } = await hop("redirect-invalid", "ip4");
    expect(URL.canParse(location!, lab.portal("redirect-invalid").url)).toBe(false);
  });
});

describe("plain HTTP of the lab", () => {
  test.each(["ip4", "ip6"] as const)("leads to HTTPS on the same host over %s", async (family) => {
    const answer = await plain("healthy.lab.test", family);
    expect([answer.status, answer.location]).toEqual([301, lab.portal("healthy").url]);
  });

  test("the portal that redirects is registered with http and leads to a working https", async () => {
    const portal = lab.portal("http-redirects");
    expect(portal.url).toBe(`http://http-redirects.lab.test:${lab.httpPort}/`);
    const { status, location } = await hop("http-redirects", "ip6");
    expect([status, new URL(location!).protocol]).toEqual([301, "https:"]);
    const secured = { ...portal, url: location! };
    expect(await secureTo(lab, secured, "ip6")).toHaveProperty("authorized", true);
  });

  test("the portal that does not redirect shows its page on both ports", async () => {
    expect((await plain("http-not-redirecting.lab.test", "ip4")).status).toBe(200);
    expect(await hop("http-not-redirecting", "ip4")).toEqual({ status: 200, location: null });
  });

  test("the portal without HTTPS answers on plain HTTP and refuses elsewhere", async () => {
    const portal = lab.portal("http-only");
    expect(portal.url).toMatch(/^http:/);
    expect(await hop("http-only", "ip4")).toEqual({ status: 200, location: null });
    expect(await secureTo(lab, portal, "ip4")).toMatch(/^ERR_SSL_/);
  });

  test("a host can be told to close its plain port, and unknown hosts are told so", async () => {
    await lab.setBehaviour("healthy", { plainHttp: "close" });
    expect((await plain("healthy.lab.test", "ip4")).bytes).toHaveLength(0);
    await lab.setBehaviour("healthy", "healthy");
    expect((await plain("nobody.lab.test", "ip4")).status).toBe(404);
  });

  test("every defect of an answer can be played over plain HTTP too", async () => {
    await lab.setBehaviour("http-only", { plainHttp: "page", both: { http: { kind: "reset" } } });
    const socket = await connectTo(lab, lab.portal("http-only"), "ip6");
    if (typeof socket === "string") throw new Error(socket);
    expect((await get(socket, "http-only.lab.test")).end).toBe("ECONNRESET");
    await lab.setBehaviour("http-only", "http-only");
  });
});
