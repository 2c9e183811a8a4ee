import { createClient, isApiError, positionByKey } from "@chancery/sdk";
import { createMocks } from "@chancery/sdk/testing";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const documents = require("@chancery/sdk/persisted-documents.json");
const schema = readFileSync(require.resolve("@chancery/sdk/schema.graphql"), "utf8");
const commonJs = require("@chancery/sdk");

const answer = await createClient({ url: process.argv[2] }).run(positionByKey, { key: "president-of-venezuela" });
const failure = await createMocks()
  .client()
  .run(positionByKey, { key: "x" })
  .catch((error) => error);
console.log(
  JSON.stringify({
    title: answer.positionByKey.title,
    isKnownDocument: documents[`sha256:${positionByKey.sha256}`] === positionByKey.text,
    isSchema: schema.includes("type Query"),
    isTheSameErrorInBothKinds:
      isApiError(failure) && commonJs.isApiError(failure) && !(failure instanceof commonJs.ApiError),
  }),
);
