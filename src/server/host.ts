import { isIP } from "node:net";

/**
 * Which names a request may be addressed to. A page from elsewhere can make its reader's browser ask this server under a
 * name of its own, and then read the answers (DNS rebinding); it cannot do so under an address, or a name that it does not own.
 */
export interface HostRule {
  /** The address that is listened on. */
  readonly host: string;
  /**
   * Names beside it, and beside those of this machine, in lower case; one that begins with a dot stands for all below
   * it. "*" for any.
   */
  readonly allowedHosts: readonly string[];
}

const wellFormed = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/** What may be wrong with a Host header; null where it may be answered. */
export type HostFault = "malformed" | "foreign" | null;

const mostJudged = 100;

/** A judge of Host headers that remembers the last of them. */
export function hostJudge(rule: HostRule): (header: string | undefined) => HostFault {
  const judged = new Map<string | undefined, HostFault>();
  return (header) => {
    let fault = judged.get(header);
    if (fault !== undefined) return fault;
    fault = judgeHost(header, rule);
    if (judged.size >= mostJudged) judged.clear();
    judged.set(header, fault);
    return fault;
  };
}

/** What is wrong with a Host header. */
export function judgeHost(header: string | undefined, { host, allowedHosts }: HostRule): HostFault {
  const given = header !== undefined ? wellFormed.exec(header)?.[1] : undefined;
  if (given === undefined || !URL.canParse(`http://${header ?? ""}`)) return "malformed";
  const name = given
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost") || name === host.toLowerCase())
    return null;
  const allowed = allowedHosts.some(
    (each) => each === "*" || each === name || (each.startsWith(".") && name.endsWith(each)),
  );
  return allowed ? null : "foreign";
}
