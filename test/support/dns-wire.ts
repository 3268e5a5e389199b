import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { type Packet, type RecordType, streamDecode, streamEncode } from "dns-packet";

/** A recursive question; with `udpPayloadSize` it carries an OPT record (RFC 6891). */
export function query(name: string, type: RecordType, udpPayloadSize?: number): Packet {
  const opt = { extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
  const additionals: Packet["additionals"] =
    udpPayloadSize === undefined ? [] : [{ ...opt, type: "OPT", name: ".", udpPayloadSize }];
  return {
    type: "query",
    id: 4711,
    flags: 0x0100,
    questions: [{ name, type }],
    additionals,
  };
}

/** Sends bytes over UDP to `address:port` (IPv6 in brackets) and returns the first answer. */
export function overUdp(bytes: Buffer, server: string): Promise<Buffer> {
  const [, address, port] = /^\[?(.*?)\]?:(\d+)$/.exec(server)!;
  const socket = createSocket(address!.includes(":") ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("message", (answer) => socket.close(() => resolve(answer)));
    socket.send(bytes, Number(port), address);
  });
}

/** Asks several questions on one TCP connection and returns the answers in the order they came. */
export function overTcp(packets: readonly Packet[], server: string): Promise<Packet[]> {
  const [host, port] = server.split(":");
  const socket = connect({ host, port: Number(port) });
  const answers: Packet[] = [];
  let bytes: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
        const end = 2 + bytes.readUInt16BE(0);
        answers.push(streamDecode(bytes.subarray(0, end)));
        bytes = bytes.subarray(end);
      }
      if (answers.length === packets.length) socket.end(() => resolve(answers));
    });
    for (const packet of packets) socket.write(streamEncode(packet));
  });
}
