import type { CodegenConfig } from "@graphql-codegen/cli";
import { preset } from "./sdk/codegen/preset.ts";

/** What the SDK is generated from, and what each scalar of the schema is in TypeScript: the text as it travels. */
const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "sdk/operations/*.graphql",
  generates: {
    "sdk/src/generated/": {
      preset,
      config: {
        strictScalars: true,
        immutableTypes: true,
        skipTypename: true,
        namingConvention: "change-case-all#upperCaseFirst",
        scalars: { ID: "string", Date: "string", DateTime: "string" },
      },
    },
  },
};

export default config;
