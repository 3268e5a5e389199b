import { expect, test } from "vitest";
import { UsageError } from "../../src/domain/usage-error.ts";
import { listen } from "../../src/listen.ts";

const hello = () => new Response("hello");

test("port 0 takes a free port and the URL names it, for both families", async () => {
  for (const host of ["127.0.0.1", "::1"]) {
    const server = await listen(hello, host, 0);
    expect(await (await fetch(server.url)).text()).toBe("hello");
    await server.stop();
  }
});

test("a port in use is one line that says what to do", async () => {
  const first = await listen(hello, "127.0.0.1", 0);
  const port = Number(new URL(first.url).port);
  const second = listen(hello, "127.0.0.1", port);
  await expect(second).rejects.toThrow(UsageError);
  await expect(second).rejects.toThrow(`PORT=${port} is in use on 127.0.0.1.`);
  await first.stop();
});

test("an address that is not this machine's is one line that says what to do", async () => {
  await expect(listen(hello, "192.0.2.1", 0)).rejects.toThrow("HOST=192.0.2.1 is not an address");
});

test("a request that hangs does not keep the server from stopping", async () => {
  const { promise: never } = Promise.withResolvers<Response>();
  const server = await listen(() => never, "127.0.0.1", 0);
  const asked = fetch(server.url);
  const failed = asked.then(
    () => "answered",
    (error: Error) => error.message,
  );
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  await server.stop();
  expect(await failed).toBe("fetch failed");
});
