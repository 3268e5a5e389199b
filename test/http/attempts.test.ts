import { describe, expect, test } from "vitest";
import { type Attempts, createAttempts } from "../../src/http/access/attempts.ts";

async function fail(attempts: Attempts, address: string, times: number) {
  for (let index = 0; index < times; index += 1) await attempts.failed(address, `wrong-${index}`);
}

describe("wrong secrets", () => {
  test("are counted per address, and stop their address alone", async () => {
    const attempts = createAttempts();
    await fail(attempts, "192.0.2.1", 10);
    await expect(attempts.check("192.0.2.1", "next")).rejects.toMatchObject({ status: 429 });
    await expect(attempts.failed("192.0.2.1", "next")).rejects.toMatchObject({ status: 429 });
    await expect(attempts.check("192.0.2.2", "next")).resolves.toBeUndefined();
  });

  test("from one IPv6 network are counted together, whichever of its addresses they use", async () => {
    const attempts = createAttempts();
    await fail(attempts, "2001:db8:1:2::1", 5);
    await fail(attempts, "2001:db8:1:2:ffff::2", 5);
    await expect(attempts.check("2001:db8:1:2::3", "x")).rejects.toMatchObject({ status: 429 });
    await expect(attempts.check("2001:db8:1:3::1", "x")).resolves.toBeUndefined();
  });

  test("over an IPv4-mapped address count for the IPv4 address", async () => {
    const attempts = createAttempts();
    await fail(attempts, "::ffff:192.0.2.1", 10);
    await expect(attempts.check("192.0.2.1", "x")).rejects.toMatchObject({ status: 429 });
  });

  test("do not stop a secret that was right, until it is wrong itself", async () => {
    const attempts = createAttempts();
    attempts.succeeded("good");
    await fail(attempts, "192.0.2.1", 10);
    await expect(attempts.check("192.0.2.1", "good")).resolves.toBeUndefined();
    await expect(attempts.failed("192.0.2.1", "good")).rejects.toMatchObject({ status: 429 });
    await expect(attempts.check("192.0.2.1", "good")).rejects.toMatchObject({ status: 429 });
  });

  test("make the remembered right ones no more than a thousand", async () => {
    const attempts = createAttempts();
    for (let index = 0; index <= 1000; index += 1) attempts.succeeded(`good-${index}`);
    await fail(attempts, "192.0.2.1", 10);
    await expect(attempts.check("192.0.2.1", "good-0")).rejects.toMatchObject({ status: 429 });
    await expect(attempts.check("192.0.2.1", "good-1")).resolves.toBeUndefined();
  });
});
