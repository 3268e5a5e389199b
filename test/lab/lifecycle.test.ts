import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startLab } from "../../lab/index.ts";
import { connectTo, getFrom, headOf } from "../support/lab-client.ts";
import { runProgram } from "../support/run-program.ts";

describe("the lab's life", () => {
  test("stop leaves no socket, timer or thread, even after behaviours that hold some", async () => {
    const { code, stdout, stderr } = await runProgram(process.execPath, [
      fileURLToPath(new URL("lifecycle.play.ts", import.meta.url)),
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const { left, portals } = JSON.parse(stdout) as { left: string[]; portals: number };
    expect(portals).toBeGreaterThan(60);
    expect(left).toEqual([]);
  });

  test("stop closes connections and ports", async () => {
    const lab = await startLab({ only: ["healthy", "tls-silent"] });
    const held = await connectTo(lab, lab.portal("tls-silent"), "ip4");
    if (typeof held === "string") throw new Error(held);
    const closed = new Promise((resolve) => held.once("close", () => resolve("closed")));
    await lab.stop();
    expect(await closed).toBe("closed");
    expect(await connectTo(lab, lab.portal("healthy"), "ip4")).toBe("ECONNREFUSED");
  });

  test("several labs live side by side with ports of their own", async () => {
    const labs = await Promise.all([1, 2, 3].map(() => startLab({ only: ["healthy"] })));
    const urls = new Set(labs.map((lab) => lab.portal("healthy").url));
    expect(urls.size).toBe(3);
    for (const lab of labs) {
      const answer = headOf(await getFrom(lab, lab.portal("healthy"), "ip6"));
      expect(answer.status).toBe(200);
    }
    await Promise.all(labs.map((lab) => lab.stop()));
  });

  test("only the portals that were asked for are played, with those that they lead to", async () => {
    const lab = await startLab({ only: ["redirect-family-gap"] });
    expect(lab.portals.map(({ id }) => id)).toEqual(["ipv4-only", "redirect-family-gap"]);
    expect(() => lab.portal("healthy")).toThrow("healthy");
    await lab.stop();
    await expect(startLab({ only: ["nobody"] })).rejects.toThrow("nobody");
  });

  test("a start that fails says why and leaves nothing open", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    await expect(startLab({ only: ["healthy"], controlPort: port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await expect(startLab({ ip6Addresses: ["2001:db8::1"] })).rejects.toThrow("2001:db8::1");
    taken.close();
  });

  test("as a program it prints one JSON line and ends on SIGTERM", async () => {
    const child = spawn(process.execPath, [
      fileURLToPath(new URL("../../lab/main.ts", import.meta.url)),
      "--only",
      "healthy",
    ]);
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    let stderr = "";
    await new Promise<void>((resolve) => {
      child.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString();
        if (stderr.includes("break and mend")) resolve();
      });
    });
    child.kill("SIGTERM");
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    const said = JSON.parse(stdout) as { dnsServer: string; portals: { id: string }[] };
    expect(said.portals.map(({ id }) => id)).toEqual(["healthy"]);
    expect(stderr).toContain(`DNS_SERVERS=${said.dnsServer}`);
  });
});
