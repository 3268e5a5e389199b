/** A TLS 1.2 ServerHello that chooses an RSA suite, and a Certificate message with these bytes in it. */
export function helloWithCertificate(der: Buffer): Buffer {
  const hello = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 7),
    Buffer.from([0, 0xc0, 0x2f, 0, 0, 5, 0xff, 0x01, 0, 1, 0]),
  ]);
  const list = Buffer.concat([length(der.length), der]);
  const certificate = Buffer.concat([length(list.length), list]);
  return Buffer.concat([record(message(2, hello)), record(message(11, certificate))]);
}

const record = (body: Buffer) =>
  Buffer.concat([Buffer.from([22, 3, 3, body.length >> 8, body.length & 255]), body]);
const message = (type: number, body: Buffer) =>
  Buffer.concat([Buffer.from([type, 0, body.length >> 8, body.length & 255]), body]);
const length = (size: number) => Buffer.from([0, size >> 8, size & 255]);
