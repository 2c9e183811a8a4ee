import { Kind, type ValueNode } from "graphql";
import { formatDay, parseDay } from "../values/day.ts";
import { formatInstant, parseInstant } from "../values/instant.ts";
import { builder } from "./builder.ts";
import { badInput } from "./refusal.ts";

/** Reads a literal that must be a string, so that the refusal names what was given. */
function stringOf(node: ValueNode, what: string): string {
  if (node.kind !== Kind.STRING) throw badInput(`${what} is written as a string, between quotation marks.`);
  return node.value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw badInput(`${what} is given as a string.`);
  return value;
}

builder.scalarType("Date", {
  description:
    'A day of the Gregorian calendar in ISO 8601, such as "2019-02-04"; years before 1 CE with a sign and a year 0, such as "-0043-03-15". No time zone: a day of history is a day.',
  serialize: (day) => formatDay(day),
  parseValue: (value) => parseDay(text(value, "A Date")),
  parseLiteral: (node) => parseDay(stringOf(node, "A Date")),
});

builder.scalarType("DateTime", {
  description:
    'An instant in ISO 8601 with its zone, to the millisecond at most, such as "2019-02-07T09:00:00Z". Answers are in UTC.',
  serialize: (instant) => formatInstant(instant),
  parseValue: (value) => parseInstant(text(value, "A DateTime")),
  parseLiteral: (node) => parseInstant(stringOf(node, "A DateTime")),
});
