import { userInfo } from "node:os";

/** The user of this process, as whom a command acts; in containers it may have a number and no name. */
export function whoami(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
