/** Longest path of RFC 5321 section 4.5.3.1. */
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;

const ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Whether a text is one plain mailbox: the dot-atom form of RFC 5321 in ASCII, without quotes, comments, names, lists
 * or control characters, so that it can be put into a header and an SMTP command as it is.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > MAX_ADDRESS) return false;
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(0, at));
  const labels = text.slice(at + 1).split(".");
  return (
    local.length <= MAX_LOCAL &&
    ATOM.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    /[a-z]/i.test(labels.at(-1) ?? "")
  );
}
