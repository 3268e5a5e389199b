import { expect, test } from "vitest";
import { done } from "../../src/domain/result.ts";
import { tellEach } from "../../src/notify/each-receiver.ts";

test("when time is over while one is told, those who took it are remembered", async () => {
  const controller = new AbortController();
  const sent = await tellEach(
    ["a", "b", "c"],
    { progress: null, signal: controller.signal },
    (receiver) => {
      if (receiver === "a") return Promise.resolve(done(null));
      controller.abort();
      return new Promise(() => undefined);
    },
  );
  const progress = '{"taken":["a"],"refused":[]}';
  expect(sent).toMatchObject({ ok: false, problem: { permanent: false, progress } });
});
