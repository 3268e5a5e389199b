import type { Turns } from "../probes/audit/index.ts";

interface Room {
  taken: number;
  readonly waiting: (() => void)[];
}

/** Turns at addresses over all audits of the thread, `places` at each address at a time, first come first served. */
export function createAuditTurns(places: number): Turns {
  const rooms = new Map<string, Room>();
  const leave = (address: string, room: Room) => {
    const next = room.waiting.shift();
    if (next) return next();
    room.taken -= 1;
    if (room.taken === 0) rooms.delete(address);
  };
  return {
    async at(address) {
      const room = rooms.get(address) ?? { taken: 0, waiting: [] };
      rooms.set(address, room);
      if (room.taken < places) room.taken += 1;
      else await new Promise<void>((resolve) => void room.waiting.push(resolve));
      let left = false;
      return () => {
        if (!left) leave(address, room);
        left = true;
      };
    },
  };
}
