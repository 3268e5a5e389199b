import * as packet from "dns-packet";
import ipaddr from "ipaddr.js";
import { type FrameRecord, nameEnd, nameHolds } from "./frame.ts";

declare module "dns-packet" {
  /** The codec of one type's data, which stands behind its length in two octets. */
  export function record(type: string): { decode(bytes: Buffer, offset: number): unknown };
  /** The codec of names. */
  export const name: { decode(bytes: Buffer, offset: number): string };
}

/** The types that an audit reads; records of all others are passed over unread. */
const TYPES: Readonly<Record<number, ReadType>> = {
  1: "A",
  2: "NS",
  5: "CNAME",
  6: "SOA",
  15: "MX",
  28: "AAAA",
};

export type ReadType = "A" | "AAAA" | "CNAME" | "MX" | "NS" | "SOA";

/** One record: owner and target names in lower case without final dot, addresses in their usual text form. */
export interface DnsRecord {
  readonly name: string;
  readonly type: ReadType;
  /** Address, target name, or `mname rname serial` of a SOA. */
  readonly value: string;
  /** Of an MX; 0 for all others. */
  readonly preference: number;
}

/** The type of a record, or null for one that is not read. */
export function readType({ type }: FrameRecord): ReadType | null {
  return TYPES[type] ?? null;
}

/** Reads one record; null if what it holds is not what its type says. */
export function readRecord(bytes: Buffer, frame: FrameRecord): DnsRecord | null {
  const type = readType(frame);
  if (type === null || !nameHolds(bytes, frame.nameAt) || !dataHolds(bytes, frame, type)) {
    return null;
  }
  const name = nameAt(bytes, frame.nameAt);
  const data = packet.record(type).decode(bytes, frame.dataAt - 2);
  return { name, type, ...valueOf(type, data) };
}

function nameAt(bytes: Buffer, at: number): string {
  return packet.name.decode(bytes, at).toLowerCase();
}

/** The library reads data without regard to its length: what does not fill it exactly is not let through. */
function dataHolds(bytes: Buffer, { dataAt, dataLength }: FrameRecord, type: ReadType): boolean {
  const end = dataAt + dataLength;
  if (type === "A") return dataLength === 4;
  if (type === "AAAA") return dataLength === 16;
  const first = type === "MX" ? dataAt + 2 : dataAt;
  const firstEnd = nameEnd(bytes, first);
  if (firstEnd === null || firstEnd > end || !nameHolds(bytes, first)) return false;
  if (type !== "SOA") return firstEnd === end;
  const secondEnd = nameEnd(bytes, firstEnd);
  return secondEnd !== null && secondEnd + 20 === end && nameHolds(bytes, firstEnd);
}

function valueOf(type: ReadType, data: unknown): Pick<DnsRecord, "value" | "preference"> {
  switch (type) {
    case "MX": {
      const { exchange, preference } = data as packet.MxData;
      return { value: exchange.toLowerCase(), preference: preference ?? 0 };
    }
    case "SOA": {
      const { mname, rname, serial } = data as packet.SoaData;
      return { value: `${mname} ${rname} ${serial ?? 0}`.toLowerCase(), preference: 0 };
    }
    case "AAAA":
      return { value: ipaddr.IPv6.parse(data as string).toRFC5952String(), preference: 0 };
    default:
      return { value: (data as string).toLowerCase(), preference: 0 };
  }
}
