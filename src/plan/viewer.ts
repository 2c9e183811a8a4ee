import type { Asker } from "../access/asker.ts";
import { formatInstant } from "../values/instant.ts";
import { expression, type Json } from "./json.ts";
import { planMembers } from "./member.ts";
import type { Field, Planning } from "./planning.ts";

/** Plans who asks. */
export function planViewer(planning: Planning, field: Field): Json {
  planning.tellAsker();
  const tell = (value: (asker: Asker) => unknown) => (): Json =>
    expression((run) => run.add(JSON.stringify(value(run.asker)), "text"));
  return planMembers(planning, field, {
    keyId: tell(({ keyId }) => keyId),
    name: tell(({ name }) => name),
    scopes: tell(({ scopes }) => [...scopes].map((scope) => scope.toUpperCase())),
    expiresAt: tell(({ expiresAt }) => expiresAt && formatInstant(expiresAt)),
  });
}
