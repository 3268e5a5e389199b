import { describe, expect, test } from "vitest";
import { listen } from "../src/listen.ts";

const hello = () => new Response("hello");

describe("where a service listens", () => {
  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "[::1]"],
    ["0.0.0.0", "localhost"],
    ["::", "localhost"],
  ])("HOST=%s is shown as an address that a browser here opens, %s", async (host, shown) => {
    const { url, stop } = await listen(hello, host, 0);
    try {
      expect(url).toMatch(/:\d+$/);
      expect(url.replace(/:\d+$/, "")).toBe(`http://${shown}`);
      expect(await (await fetch(url)).text()).toBe("hello");
    } finally {
      await stop();
    }
  });
});
