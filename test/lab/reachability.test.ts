import { type Socket, connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, type LabPortal, startLab } from "../../lab/index.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import {
  addressesOf,
  connectTo,
  getFrom,
  headOf,
  portOf,
  secureTo,
} from "../support/lab-client.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    only: [
      "healthy",
      "ipv6-dead",
      "ipv6-refused",
      "ipv4-refused",
      "down",
      "dead",
      "partial-addresses",
    ],
  });
});
afterEach(() => lab.setBehaviour("healthy", "healthy"));
afterAll(() => lab.stop());

/** Whether a TCP connect to a literal address ends in any way while five others to a healthy portal do. */
async function hangs(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, autoSelectFamily: false });
  let ended = false;
  socket.once("connect", () => (ended = true));
  socket.once("error", () => (ended = true));
  for (let i = 0; i < 5; i += 1) {
    const other = await connectTo(lab, lab.portal("healthy"), "ip4");
    expect(other).toHaveProperty("remoteAddress");
    (other as Socket).destroy();
  }
  socket.destroy();
  return !ended;
}

async function firstAddress(id: string, family: "ip4" | "ip6"): Promise<string> {
  return (await addressesOf(lab, lab.portal(id).host, family))[0]!;
}

describe("TCP of the lab", () => {
  test("a healthy portal answers 200 over both families, from addresses of its own", async () => {
    for (const family of FAMILIES) {
      const received = await getFrom(lab, lab.portal("healthy"), family);
      expect(headOf(received).status).toBe(200);
      expect(received.bytes.toString()).toContain("Cổng thử: khỏe mạnh (bịa)");
    }
    expect(await firstAddress("healthy", "ip4")).not.toBe(await firstAddress("down", "ip4"));
  });

  test.each([
    ["ipv6-refused", "ip6"],
    ["ipv4-refused", "ip4"],
    ["down", "ip4"],
    ["down", "ip6"],
  ] as const)("%s refuses over %s", async (id, family) => {
    expect(await connectTo(lab, lab.portal(id), family)).toBe("ECONNREFUSED");
  });

  test.each([
    ["ipv6-refused", "ip4"],
    ["ipv4-refused", "ip6"],
    ["ipv6-dead", "ip4"],
  ] as const)("%s answers over %s", async (id, family) => {
    expect(headOf(await getFrom(lab, lab.portal(id), family)).status).toBe(200);
  });

  test.each([
    ["ipv6-dead", "ip6"],
    ["dead", "ip4"],
    ["dead", "ip6"],
  ] as const)("%s swallows connects over %s, again and again", async (id, family) => {
    const address = await firstAddress(id, family);
    for (let i = 0; i < 3; i += 1) {
      expect(await hangs(address, portOf(lab.portal(id)))).toBe(true);
    }
  });

  test("of two addresses the first refuses and the second answers", async () => {
    const portal = lab.portal("partial-addresses");
    const addresses = await addressesOf(lab, portal.host, "ip4");
    expect(addresses).toHaveLength(2);
    expect(await connectTo(lab, portal, "ip4")).toBe("ECONNREFUSED");
    const socket = connect({ host: addresses[1]!, port: portOf(portal) });
    expect(await new Promise((resolve) => socket.once("connect", () => resolve("open")))).toBe(
      "open",
    );
    socket.destroy();
  });
});

describe("breaking and mending", () => {
  test("a portal goes down over one family while the other works, and comes back", async () => {
    const portal = lab.portal("healthy");
    await lab.setBehaviour("healthy", { ip6: { tcp: "refuse" } });
    expect(await connectTo(lab, portal, "ip6")).toBe("ECONNREFUSED");
    expect(headOf(await getFrom(lab, portal, "ip4")).status).toBe(200);
    await lab.setBehaviour("healthy", "healthy");
    expect(headOf(await getFrom(lab, portal, "ip6")).status).toBe(200);
  });

  test("a portal can go dead and come back on the same port", async () => {
    const portal = lab.portal("healthy");
    await lab.setBehaviour("healthy", "ipv6-dead");
    const dead = connect({ host: "::1", port: portOf(portal) });
    let connected = false;
    dead.once("connect", () => (connected = true));
    dead.once("error", () => undefined);
    expect(headOf(await getFrom(lab, portal, "ip4")).status).toBe(200);
    expect(connected).toBe(false);
    dead.destroy();
    await lab.setBehaviour("healthy", "healthy");
    expect(headOf(await getFrom(lab, portal, "ip6")).status).toBe(200);
  });

  test("a change cuts open connections of the changed family and spares the other", async () => {
    const portal = lab.portal("healthy");
    const [ip4, ip6] = [await secureTo(lab, portal, "ip4"), await secureTo(lab, portal, "ip6")];
    if (typeof ip4 === "string" || typeof ip6 === "string") throw new Error("not connected");
    const cut = new Promise((resolve) => ip4.once("close", resolve));
    ip4.resume();
    await lab.setBehaviour("healthy", { ip4: { certificate: "expired" } });
    await cut;
    expect(ip6.destroyed).toBe(false);
    ip6.destroy();
  });

  test("a change of what is answered never refuses anybody in between", async () => {
    const portal = lab.portal("healthy");
    const outcomes: unknown[] = [];
    for (const id of ["expired", "http-500", "wrong-host", "healthy"]) {
      const changed = lab.setBehaviour("healthy", id);
      outcomes.push(typeof (await connectTo(lab, portal, "ip6")));
      await changed;
    }
    expect(outcomes).toEqual(["object", "object", "object", "object"]);
  });

  test("changes made at once take effect in their order", async () => {
    const changes = ["down", "dead", "expired", "healthy", "http-503"];
    await Promise.all(changes.map((id) => lab.setBehaviour("healthy", id)));
    expect(headOf(await getFrom(lab, lab.portal("healthy"), "ip6")).status).toBe(503);
  });

  test("a portal or behaviour that does not exist is refused and changes nothing", async () => {
    await expect(lab.setBehaviour("nobody", "healthy")).rejects.toThrow("nobody");
    await expect(lab.setBehaviour("healthy", "nobody")).rejects.toThrow("nobody");
    await expect(
      lab.setBehaviour("healthy", { ip4: { tcp: "explode" as "dead" } }),
    ).rejects.toThrow("tcp");
    expect(headOf(await getFrom(lab, lab.portal("healthy"), "ip4")).status).toBe(200);
  });

  test("connections are counted per portal and family", async () => {
    const before = lab.connections("ipv6-refused");
    await getFrom(lab, lab.portal("ipv6-refused"), "ip4");
    await connectTo(lab, lab.portal("ipv6-refused"), "ip6");
    expect(lab.connections("ipv6-refused")).toEqual({ ip4: before.ip4 + 1, ip6: before.ip6 });
  });
});

/** An anchor in the shape of a portal, for the client. */
function anchorOf(hostAndPort: string): LabPortal {
  const { hostname } = new URL(`https://${hostAndPort}/`);
  return { ...lab.portal("healthy"), host: hostname, url: `https://${hostAndPort}/` };
}

/** OpenSSL's verdict on each anchor, null for a verified one, or why there was no handshake. */
async function verdicts(family: "ip4" | "ip6"): Promise<(string | null)[]> {
  return Promise.all(
    lab.anchors.map(async (text) => {
      const socket = await secureTo(lab, anchorOf(text), family);
      if (typeof socket === "string") return socket;
      const error = socket.authorizationError as unknown as string | null;
      socket.destroy();
      return error;
    }),
  );
}

describe("anchors of the lab", () => {
  afterEach(async () => {
    for (const family of FAMILIES) await lab.setAnchors(family, "answering");
  });

  test("three of them verify over each family", async () => {
    expect(await verdicts("ip4")).toEqual([null, null, null]);
    expect(await verdicts("ip6")).toEqual([null, null, null]);
    expect(lab.literalAnchors.filter((text) => text.startsWith("127."))).toHaveLength(3);
    expect(lab.literalAnchors.filter((text) => text.startsWith("[::1]:"))).toHaveLength(3);
  });

  test.each([
    ["refusing", "ECONNREFUSED"],
    ["captive", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["intercepted", "SELF_SIGNED_CERT_IN_CHAIN"],
  ] as const)("%s concerns one family only", async (mode, code) => {
    await lab.setAnchors("ip6", mode);
    expect(await verdicts("ip6")).toEqual([code, code, code]);
    expect(await verdicts("ip4")).toEqual([null, null, null]);
    await lab.setAnchors("ip6", "answering");
    expect(await verdicts("ip6")).toEqual([null, null, null]);
  });

  test("dead anchors swallow connects", async () => {
    await lab.setAnchors("ip4", "dead");
    for (const text of lab.literalAnchors.filter((each) => each.startsWith("127."))) {
      const [host, port] = text.split(":");
      expect(await hangs(host!, Number(port))).toBe(true);
    }
    expect(await verdicts("ip6")).toEqual([null, null, null]);
  });
});
