import { Capture, Passage } from "../document.ts";
import { quotationFields, quotedWords } from "./fact-input.ts";
import { inputField } from "./input-field.ts";
import { amending, mutation, resultOf } from "./mutation.ts";

const needed = { required: true };

const captureResult = { result: resultOf("Capture", Capture, "capture"), submitted: "CaptureSubmitted" };

mutation("captureAmend", {
  ...captureResult,
  description: "Lets the text of a capture be shown to all, or no more.",
  fields: (t) => ({ ...amending(t), textPublic: inputField(t, "Capture", "textPublic", needed) }),
});

mutation("captureCreate", {
  ...captureResult,
  description:
    "Brings in a copy of a document's text, in which quotations are found. It is kept byte for byte, so no line feed may be added or taken.",
  fields: (t) => ({
    document: inputField(t, "Capture", "document", needed),
    text: inputField(t, "Capture", "text", needed),
    textPublic: inputField(t, "Capture", "textPublic", needed),
    mediaType: inputField(t, "Capture", "mediaType", needed),
    capturedAt: inputField(t, "Capture", "capturedAt", needed),
  }),
});

mutation("passageCreate", {
  description:
    "Brings in a passage: words that the server finds in a document. Where it holds the passage already, it answers that.",
  result: resultOf("Passage", Passage, "passage"),
  submitted: "PassageSubmitted",
  fields: (t) => ({
    ...quotationFields(t),
    exact: t.string({ required: true, description: quotedWords }),
  }),
});
