import type { Transform } from "node:stream";
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from "node:zlib";
import { BODY_LIMIT } from "./answer.ts";

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * Undoes one content coding (RFC 9110 section 8.4.1), because some servers compress what was asked for plain.
 * Never yields more than `limit` bytes, however small the input was; a body that was cut yields what can be had of it.
 * Null for a coding that is not known, for several at once, and where nothing could be decoded.
 */
export async function decodeBody(
  body: Buffer,
  coding: string,
  limit: number = BODY_LIMIT,
): Promise<Buffer | null> {
  const name = coding.trim().toLowerCase();
  if (name === "" || name === "identity") return body;
  const create = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (create === undefined) return null;
  return collect(create(), body, limit);
}

function collect(decoder: Transform, body: Buffer, limit: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = () => {
      decoder.destroy();
      const whole = Buffer.concat(chunks).subarray(0, limit);
      resolve(whole.length > 0 || body.length === 0 ? whole : null);
    };
    decoder.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= limit) finish();
    });
    decoder.once("end", finish);
    // A body that was cut ends in an error; what came before it is still good.
    decoder.on("error", finish);
    decoder.end(body);
  });
}
