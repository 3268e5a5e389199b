import type { Socket } from "node:net";
import type { Expectation } from "../../../src/domain/portal.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import { type ProbeOptions, createProbe } from "../../../src/probes/index.ts";
import { loopbackOptions, order, target } from "./runs.ts";
import { answerWith, httpAnswer, serveTcp } from "./servers.ts";

/** One run over IPv4 against a plain HTTP server that answers so; no resolver is needed. */
export async function runAgainst(
  answer: (socket: Socket) => void,
  expectation: Expectation = {},
  options: Partial<ProbeOptions> & { path?: string } = {},
): Promise<ProbeResult> {
  const server = await serveTcp(answer);
  const { path = "/", ...change } = options;
  const probe = createProbe(loopbackOptions("127.0.0.1:9", change));
  try {
    const url = `http://127.0.0.1:${server.port}${path}`;
    return await probe.run(target(url, expectation), order("ip4"));
  } finally {
    probe.close();
    await server.close();
  }
}

/** A server that answers 200 with this body. */
export function page(body: string | Buffer, headers?: Record<string, string>) {
  return answerWith(httpAnswer(body, headers));
}

/** Writes a beginning, and then the same piece as fast as it goes until the socket is gone. */
export function endlessly(socket: Socket, first: string, piece: string): void {
  const many = piece.repeat(Math.ceil(65_536 / piece.length));
  const write = () => {
    while (!socket.destroyed && socket.write(many));
  };
  socket.on("drain", write);
  socket.write(first);
  write();
}
