import { excerpt } from "../../values/excerpt.ts";
import { spotAt, type Fields } from "./node.ts";
import type { Reading } from "./reading.ts";

/** A check that tells of two fields that name the same actor, where two are needed. */
export function refuseSame<Left extends string, Right extends string>(left: Left, right: Right) {
  return (values: { readonly [Name in Left | Right]?: unknown }, spot: Fields, { problems }: Reading): void => {
    const name = values[right];
    if (typeof name !== "string" || name !== values[left]) return;
    problems.add(
      spotAt(spot, right),
      `${left} and ${right} are both ${excerpt(name)}; two different actors are needed.`,
    );
  };
}
