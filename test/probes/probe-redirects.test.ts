import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Expectation } from "../../src/domain/portal.ts";
import { createProbe } from "../../src/probes/index.ts";
import { loopbackOptions, order, target, verdict } from "./support/runs.ts";
import { addressRecord, httpAnswer, serveDns, serveTcp } from "./support/servers.ts";

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function redirect(location: string, more = ""): string {
  return `HTTP/1.1 302 Found\r\nlocation: ${location}\r\n${more}content-length: 0\r\n\r\n`;
}

/** One run from `/`, against a server on 127.0.0.1 that answers each request head as told. */
async function run(
  answer: (head: string, port: number) => string | Buffer,
  expectation: Expectation = {},
) {
  const served = await serveTcp((socket: Socket) => {
    socket.once("data", (data) => socket.end(answer(data.toString("latin1"), served.port)));
  });
  const dns = await serveDns((name, type) =>
    name === "portal.test" && type === "A" ? [addressRecord(name, "127.0.0.1")] : 3,
  );
  const probe = createProbe(loopbackOptions(dns.server));
  open.push(served, dns, probe);
  const url = `http://portal.test:${served.port}/`;
  const result = await probe.run(target(url, expectation), order("ip4"));
  return { result, port: served.port, asked: dns.asked, connections: served.connections() };
}

const pathOf = (head: string) => head.split(" ")[1];

describe("redirects", () => {
  test("are followed to the end, each hop kept, with a connection of its own", async () => {
    const { result, port, connections } = await run((head) =>
      pathOf(head) === "/" ? redirect("/next?x=1#part") : httpAnswer("there"),
    );
    const url = `http://portal.test:${port}/`;
    expect(result).toMatchObject({
      outcome: "ok",
      status: 200,
      redirects: [{ url, address: "127.0.0.1", status: 302, to: `${url}next?x=1` }],
    });
    expect(connections).toBe(2);
  });

  test("with Vietnamese in raw UTF-8 are read as browsers read them", async () => {
    const location = Buffer.from("/trang-chủ").toString("latin1");
    const { result } = await run(
      (head) =>
        pathOf(head) === "/"
          ? Buffer.from(redirect(location), "latin1")
          : httpAnswer(pathOf(head) === "/trang-ch%E1%BB%A7" ? "right" : "wrong"),
      { bodyText: "right" },
    );
    expect(verdict(result)).toBe("ok");
  });

  test("to themselves with a cookie are no loop once the cookie is sent back", async () => {
    const { result } = await run((head) => {
      if (/^cookie: .*first=1/im.test(head) && /second=2/.test(head)) return httpAnswer("in");
      const set = "set-cookie: first=1; Path=/; HttpOnly\r\nset-cookie: second=2\r\n";
      return redirect("/", set);
    });
    expect(verdict(result)).toBe("ok");
    expect(result.redirects).toHaveLength(1);
  });

  test("that repeat a question already answered are a loop", async () => {
    const { result, connections } = await run((head) =>
      redirect(pathOf(head) === "/a" ? "/b" : "/a", "set-cookie: same=1\r\n"),
    );
    expect(verdict(result)).toBe("fail redirect_loop target");
    expect(connections).toBeLessThan(7);
  });

  test("beyond ten are too many", async () => {
    let hops = 0;
    const { result, connections } = await run(() => redirect(`/${(hops += 1)}`));
    expect(verdict(result)).toBe("fail redirect_limit target");
    expect(connections).toBe(11);
  });

  test.each([
    ["nowhere", "HTTP/1.1 301 Moved\r\ncontent-length: 0\r\n\r\n", "missing"],
    ["to no URL", redirect("http://[broken/"), "not_a_url"],
    ["to another scheme", redirect("ftp://portal.test/"), "scheme"],
    ["into a script", redirect("javascript:alert(1)"), "scheme"],
    ["with credentials", redirect("http://user:secret@portal.test/"), "credentials"],
    ["without measure", redirect(`/${"x".repeat(9000)}`), "too_long"],
    ["to port zero", redirect("http://portal.test:0/"), "port_zero"],
  ])("that lead %s are invalid", async (_where, answer, why) => {
    const { result } = await run(() => answer);
    expect(verdict(result)).toBe("fail redirect_invalid target");
    expect(result.evidence?.detail).toMatchObject({ why });
    expect(JSON.stringify(result.evidence)).not.toContain("secret");
  });

  test("that are the expected answer are not followed", async () => {
    const { result, connections } = await run(() => redirect("http://elsewhere.test/"), {
      status: [302],
    });
    expect(verdict(result)).toBe("ok");
    expect(connections).toBe(1);
  });

  test("to a special-purpose address lead to no packet", async () => {
    for (const host of ["10.0.0.1", "[::ffff:127.0.0.1]", "169.254.169.254", "[fd00::1]"]) {
      const { result } = await run(() => redirect(`http://${host}/`));
      const literal6 = host.startsWith("[");
      // An IPv6 literal has no IPv4 address: the family ends before the address is looked at.
      const kind = literal6 ? "redirect_family_gap" : "address_special";
      expect(verdict(result)).toBe(`fail ${kind} target`);
    }
  });

  test("to a name without any address are no_address_at_all, to one that fails to resolve unknown", async () => {
    const gone = await run(() => redirect("http://gone.test/"));
    expect(verdict(gone.result)).toBe("fail no_address_at_all target");
    expect(gone.result.evidence?.hops).toHaveLength(2);
  });
});
