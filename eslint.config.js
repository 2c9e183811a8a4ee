import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Raw SQL that takes its text as it comes: nothing stands between a caller's words and the database. */
const rawSql = [
  {
    selector: "MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]",
    message: "Use the tagged $queryRaw or $executeRaw, so that values stay parameters.",
  },
  {
    selector: "MemberExpression[object.name='Prisma'][property.name='raw']",
    message: "Use Prisma.sql and Prisma.join, so that values stay parameters.",
  },
];

const enums = {
  selector: "TSEnumDeclaration",
  message: "Write a const array and a union type: enums are not erased by the compiler.",
};

const defaultExport = {
  selector: "ExportDefaultDeclaration, ExportSpecifier[exported.name='default']",
  message: "Export by name, so that a search for the name finds every use.",
};

/** The ways to reach the environment: process.env, process["env"], { env } = process, and the import of it. */
const environment = [
  "MemberExpression[object.name='process'][property.name='env']",
  "MemberExpression[object.name='process'][property.value='env']",
  "VariableDeclarator[init.name='process'] Property[key.name='env']",
  "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
].map((selector) => ({ selector, message: "Read settings in src/config.ts only, and pass them down." }));

const pothos = {
  patterns: [{ group: ["@pothos/*"], message: "Pothos stays in src/graph; elsewhere, work on what the graph reads." }],
};

const syntax = (...bans) => ["error", ...bans.flat()];

export default defineConfig(
  globalIgnores(["**/generated/", "**/dist/", ".chancery/", "coverage/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "process",
          "console",
          "performance",
          "Buffer",
          "URL",
          "fetch",
          "AbortController",
          "AbortSignal",
          "setTimeout",
          "clearTimeout",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
  { files: ["src/playground/**/*.js"], languageOptions: { globals: { window: "readonly", document: "readonly" } } },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { module: "writable", require: "readonly" } },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-syntax": syntax(rawSql, enums),
      "no-restricted-imports": ["error", pothos],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // The compiler already refuses to compare what cannot be equal; this one also refuses the kinds of a syntax tree.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      // It overflows the stack on the recursive types of the syntax tree of GraphQL.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ["src/**/*.ts"], rules: { "no-restricted-syntax": syntax(rawSql, enums, defaultExport, environment) } },
  { files: ["src/config.ts"], rules: { "no-restricted-syntax": syntax(rawSql, enums, defaultExport) } },
  { files: ["sdk/src/**/*.ts"], rules: { "no-restricted-syntax": syntax(rawSql, enums, defaultExport) } },
  { files: ["src/graph/**/*.ts"], rules: { "no-restricted-imports": "off" } },
  {
    // A test states what it expects, and fails where an expectation proves wrong; a generator reads only our own files.
    files: ["tests/**/*.ts", "sdk/tests/**/*.ts", "sdk/codegen/**/*.ts", "prisma/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
