import { createHash } from "node:crypto";
import type { ExecutionArgs } from "graphql";
import type { Plugin, YogaInitialContext } from "graphql-yoga";
import type { Question } from "../plan/execute.ts";

/** Answers to GET, told apart by entity tags. */
export interface EntityTags {
  /** What hears, while an operation of a request is executed, what it asks, if only that and the record decide its answer. */
  hearing(args: ExecutionArgs): (question: Question) => void;
  readonly plugin: Plugin;
}

/**
 * Gives the answer to a GET an entity tag made of what was asked and the change set that the answer is as of, and tells a
 * client whose copy has it that nothing has changed: 304, without a body (RFC 9110, section 13.1.2). What else is answered
 * to a GET in JSON is for who asked alone, an error, or not known to be the same for long: nobody shall keep it.
 * @param version of this server: another may write the same answer in another way
 */
export function entityTags(version: string): EntityTags {
  const tags = new WeakMap<Request, string>();
  return {
    hearing({ contextValue }) {
      const { request } = contextValue as YogaInitialContext;
      return (question) => {
        if (request.method === "GET") tags.set(request, tagOf(version, question));
      };
    },
    plugin: {
      onResponse(payload) {
        const { request, response } = payload;
        const tag = tags.get(request);
        if (tag === undefined || response.status !== 200) {
          const isJson = /^application\/([\w-]+\+)?json\b/.test(response.headers.get("content-type") ?? "");
          if (request.method === "GET" && isJson) response.headers.set("cache-control", "no-store");
          return;
        }
        response.headers.set("etag", tag);
        response.headers.set("cache-control", "no-cache");
        response.headers.append("vary", "accept, authorization");
        if (!holds(request.headers.get("if-none-match"), tag)) return;
        const headers = Object.fromEntries([...response.headers].filter(([name]) => !name.startsWith("content-")));
        payload.setResponse(new payload.fetchAPI.Response(null, { status: 304, headers }));
      },
    },
  };
}

function tagOf(version: string, { document, operationName, variables, head }: Question): string {
  const asked = JSON.stringify([version, document.loc?.source.body, operationName, variables]);
  return `"${head}-${createHash("sha256").update(asked).digest("base64url")}"`;
}

/** Whether a list of tags, or the star that stands for all, names this one; a weak tag does as well. */
function holds(list: string | null, tag: string): boolean {
  if (list === null) return false;
  return list.split(",").some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === tag);
}
