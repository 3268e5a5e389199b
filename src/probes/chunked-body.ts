const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;

/** More hexadecimal digits than any chunk has, and fewer than a number can't hold exactly. */
const MAX_DIGITS = 12;

/** The parts of a chunked body, in which the next octet may stand. */
type Part = "size" | "extension" | "size-end" | "data" | "data-end" | "trailer" | "over";

/** Undoes the chunked transfer coding (RFC 9112 section 7.1), octets in whatever pieces they come. */
export class ChunkedBody {
  #part: Part = "size";
  #size = 0;
  #digits = 0;
  #left = 0;
  /** Of a line end, or of a trailer line. */
  #seen = 0;

  get over(): boolean {
    return this.#part === "over";
  }

  /** Hands over what of the body is in this piece; false if this is no chunked body. */
  push(piece: Buffer, onData: (data: Buffer) => void): boolean {
    let at = 0;
    while (at < piece.length && this.#part !== "over") {
      if (this.#part === "data") at = this.#data(piece, at, onData);
      else if (this.#part === "extension") at = this.#extension(piece, at);
      else {
        if (!this.#octet(piece[at] as number)) return false;
        at += 1;
      }
    }
    return true;
  }

  #data(piece: Buffer, at: number, onData: (data: Buffer) => void): number {
    const end = Math.min(piece.length, at + this.#left);
    onData(piece.subarray(at, end));
    this.#left -= end - at;
    if (this.#left === 0) this.#enter("data-end");
    return end;
  }

  /** What a chunk says about itself may be long, and is nothing to us. */
  #extension(piece: Buffer, at: number): number {
    const end = piece.indexOf(CR, at);
    if (end === -1) return piece.length;
    this.#enter("size-end");
    return end + 1;
  }

  #octet(octet: number): boolean {
    switch (this.#part) {
      case "size":
        return this.#sizeOctet(octet);
      case "size-end":
        return octet === LF && this.#begin();
      case "data-end":
        return this.#lineEnd(octet);
      default:
        return this.#trailerOctet(octet);
    }
  }

  #sizeOctet(octet: number): boolean {
    const digit = hexadecimal(octet);
    if (digit !== -1) {
      this.#size = this.#size * 16 + digit;
      this.#digits += 1;
      return this.#digits <= MAX_DIGITS;
    }
    if (this.#digits === 0) return false;
    if (octet === CR) this.#enter("size-end");
    else if (octet === SEMICOLON) this.#enter("extension");
    else return false;
    return true;
  }

  #begin(): true {
    this.#left = this.#size;
    this.#enter(this.#left === 0 ? "trailer" : "data");
    this.#size = 0;
    this.#digits = 0;
    return true;
  }

  #lineEnd(octet: number): boolean {
    this.#seen += 1;
    if (this.#seen === 1) return octet === CR;
    this.#enter("size");
    return octet === LF;
  }

  /** Trailer fields are passed over; an empty line ends them. */
  #trailerOctet(octet: number): boolean {
    if (octet === LF) {
      if (this.#seen === 0) this.#enter("over");
      this.#seen = 0;
    } else if (octet !== CR) this.#seen += 1;
    return true;
  }

  #enter(part: Part): void {
    this.#part = part;
    this.#seen = 0;
  }
}

/** The value of a hexadecimal digit, -1 if it is none. */
function hexadecimal(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
