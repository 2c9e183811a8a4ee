import { event } from "./event.ts";
import { deepPage, events, heldThen } from "./events.ts";
import { misspelt, names } from "./name.ts";
import { contest, recognitions } from "./office.ts";
import type { Question } from "./question.ts";
import { timeline } from "./timeline.ts";

/** The canonical questions, in the order of the table. */
export const questions: readonly Question[] = [
  event,
  events,
  recognitions,
  names,
  misspelt,
  deepPage,
  timeline,
  contest,
  heldThen,
];
