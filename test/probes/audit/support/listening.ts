import type { Socket } from "node:net";
import { onTestFinished } from "vitest";
import { type Served, serveTcp } from "../../support/servers.ts";

/** A TCP server that does this with each connection, until the end of the test. */
export async function listening(
  answer: (socket: Socket) => void = () => undefined,
  address?: string,
): Promise<Served> {
  const served = await serveTcp(answer, address);
  onTestFinished(() => served.close());
  return served;
}
