/**
 * Wrong usage or configuration, told in one line that says what, where and what to do.
 * The command ends with exit code 2 and prints nothing but this line.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
