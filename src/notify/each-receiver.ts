import { done, refused, type Result } from "../domain/result.ts";
import { problem, type SendProblem, type Sent } from "./channel.ts";

/** What tries came to, by receiver. */
interface Progress {
  readonly taken: string[];
  readonly refused: string[];
}

/**
 * Tells one receiver after another, those that an earlier try did not settle. Sent when every one is settled and at
 * least one took it; of those who refuse for good the note tells, without naming them.
 */
export async function tellEach(
  receivers: readonly string[],
  { progress, signal }: { readonly progress: string | null; readonly signal: AbortSignal },
  tell: (receiver: string) => Promise<Result<string | null, SendProblem>>,
): Promise<Result<Sent, SendProblem>> {
  const settled = readProgress(progress);
  const over = endOf(signal);
  let receipt: string | null = null;
  let again: SendProblem | null = null;
  let last: SendProblem | null = null;
  for (const receiver of receivers) {
    if (settled.taken.includes(receiver) || settled.refused.includes(receiver)) continue;
    if (signal.aborted) {
      again ??= problem("time is over");
      break;
    }
    const told = await Promise.race([tell(receiver), over]);
    if (told.ok) {
      settled.taken.push(receiver);
      receipt ??= told.value;
    } else if (told.problem.permanent) {
      settled.refused.push(receiver);
      last = told.problem;
    } else again ??= told.problem;
  }
  if (again !== null) return refused({ ...again, progress: JSON.stringify(settled) });
  const { taken, refused: gone } = settled;
  if (taken.length === 0) return refused(last ?? problem("nobody takes it", { permanent: true }));
  const note =
    gone.length === 0 ? null : `${gone.length} of ${receivers.length} receivers refuse it`;
  return done({ receipt, note: note === null || last === null ? note : `${note}: ${last.what}` });
}

/** That time is over, when it is: not every way to tell heeds the signal, and what others took must not be forgotten. */
function endOf(signal: AbortSignal): Promise<Result<never, SendProblem>> {
  const { promise, resolve } = Promise.withResolvers<Result<never, SendProblem>>();
  const end = () => resolve(refused(problem("time is over")));
  signal.addEventListener("abort", end, { once: true });
  return promise;
}

/** What an earlier version left, or nobody, counts as nothing done. */
function readProgress(text: string | null): Progress {
  const nothing = { taken: [], refused: [] };
  if (text === null || !text.startsWith('{"taken":')) return nothing;
  const { taken, refused }: Progress = JSON.parse(text);
  return { taken, refused };
}
