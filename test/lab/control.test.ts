import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { addressesOf, connectTo, getFrom, headOf } from "../support/lab-client.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ only: ["healthy", "expired"] });
});
afterAll(() => lab.stop());

async function put(path: string, body: unknown): Promise<{ status: number; text: string }> {
  const text = typeof body === "string" && body.startsWith("!") ? body : JSON.stringify(body);
  const response = await fetch(lab.controlUrl + path, { method: "PUT", body: text });
  return { status: response.status, text: await response.text() };
}

const status = async (): Promise<number> =>
  headOf(await getFrom(lab, lab.portal("healthy"), "ip4")).status;

describe("the control API of the lab", () => {
  test("lists the portals as the lab does", async () => {
    const response = await fetch(`${lab.controlUrl}/portals`);
    expect(await response.json()).toEqual(lab.portals);
  });

  test("breaks and mends a portal, by a difference and by the id of another portal", async () => {
    const broken = { both: { http: { kind: "page", status: 503 } } };
    expect((await put("/portals/healthy/behaviour", broken)).status).toBe(200);
    expect(await status()).toBe(503);
    expect((await put("/portals/healthy/behaviour", "down")).status).toBe(200);
    expect(await connectTo(lab, lab.portal("healthy"), "ip6")).toBe("ECONNREFUSED");
    expect((await put("/portals/healthy/behaviour", "healthy")).status).toBe(200);
    expect(await status()).toBe(200);
  });

  test("switches the resolver", async () => {
    await put("/resolver", { mode: "servfail" });
    expect(await addressesOf(lab, "healthy.lab.test", "ip4")).toBe("ESERVFAIL");
    await put("/resolver", { mode: "ok", dns64: true });
    expect(await addressesOf(lab, "ipv4only.arpa", "ip6")).toHaveLength(2);
    await put("/resolver", { dns64: false });
    expect(await addressesOf(lab, "ipv4only.arpa", "ip6")).toBe("ENODATA");
  });

  test("switches the anchors of one family", async () => {
    const anchor = { ...lab.portal("healthy"), url: `https://${lab.anchors[0]}/` };
    const named = { ...anchor, host: new URL(anchor.url).hostname };
    await put("/anchors", { family: "ip6", mode: "refusing" });
    expect(await connectTo(lab, named, "ip6")).toBe("ECONNREFUSED");
    expect(await connectTo(lab, named, "ip4")).toHaveProperty("remoteAddress");
    await put("/anchors", { family: "ip6", mode: "answering" });
    expect(await connectTo(lab, named, "ip6")).toHaveProperty("remoteAddress");
  });

  test.each([
    ["/portals/nobody/behaviour", "healthy", 404],
    ["/portals/healthy/behaviour", "nobody", 400],
    ["/portals/healthy/behaviour", { ip4: { tcp: "explode" } }, 400],
    ["/portals/healthy/behaviour", { ip5: {} }, 400],
    ["/portals/healthy/behaviour", "!not json", 400],
    ["/resolver", { mode: "angry" }, 400],
    ["/anchors", { family: "ip6" }, 400],
    ["/anchors", { family: "ip6", mode: "x".repeat(1_100_000) }, 400],
    ["/elsewhere", {}, 404],
  ])("PUT %s with %j is refused with %i and changes nothing", async (path, body, code) => {
    expect((await put(path, body)).status).toBe(code);
    expect(await status()).toBe(200);
  });
});
