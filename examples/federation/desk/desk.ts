import { createYoga } from "graphql-yoga";
import { listen, type Listening } from "../listen.ts";
import { schema } from "./schema.ts";

/** Starts the desk's server. It holds no secrets, so it asks for no key. */
export function startDesk(): Promise<Listening> {
  const desk = createYoga({ schema, graphiql: false, landingPage: false, logging: false });
  return listen((request, response) => void desk(request, response));
}
