import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** A message as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, with dot-stuffing undone. */
  readonly data: string;
}

/** What the server answers to a command; null: it hangs up without a word. A missing answer is the usual one. */
export type SmtpAnswer = (
  command: string,
  mail: { readonly to: readonly string[] },
) => string | null | undefined;

/** A small SMTP server on loopback that keeps what it is told (RFC 5321, without extensions but AUTH PLAIN). */
export interface SmtpTestServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** Every command line of every conversation. */
  readonly commands: string[];
  /** Change it at will. */
  answer: SmtpAnswer;
  stop(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startSmtpServer(): Promise<SmtpTestServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)).on("error", () => undefined));
    void converse(socket, state);
  });
  const state: SmtpTestServer = {
    url: "",
    received: [],
    commands: [],
    answer: () => undefined,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
}

const USUAL: readonly (readonly [RegExp, string])[] = [
  [/^EHLO/i, "250-test\r\n250 AUTH PLAIN"],
  [/^AUTH/i, "235 welcome"],
  [/^DATA/i, "354 go on"],
  [/^QUIT/i, "221 bye"],
];

async function converse(socket: Socket, state: SmtpTestServer): Promise<void> {
  let mail = { from: "", to: [] as string[] };
  let data: string[] | null = null;
  const say = (command: string, usual: string) => {
    const answer = state.answer(command, mail);
    if (answer === null) socket.destroy();
    else socket.write(`${answer ?? usual}\r\n`);
    return answer ?? usual;
  };
  say("(greeting)", "220 test ready");
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (data !== null) {
      if (line !== ".") {
        data.push(line.startsWith(".") ? line.slice(1) : line);
        continue;
      }
      const whole = { ...mail, data: data.join("\r\n") };
      data = null;
      // As a real server: what is taken is kept, whether or not the answer arrives.
      if (!/^[45]/.test(state.answer("(end of data)", mail) ?? "")) state.received.push(whole);
      say("(end of data)", "250 taken");
      mail = { from: "", to: [] };
      continue;
    }
    state.commands.push(line);
    const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
    if (/^MAIL FROM/i.test(line)) mail = { from: address, to: [] };
    if (/^RCPT TO/i.test(line)) mail.to.push(address);
    const usual = USUAL.find(([pattern]) => pattern.test(line))?.[1] ?? "250 fine";
    if (say(line, usual).startsWith("354")) data = [];
    if (/^QUIT/i.test(line)) socket.end();
  }
}
