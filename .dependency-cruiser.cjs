/**
 * The floors of src, from the bottom up. Those on one line do not know each other.
 * A file may import its own floor and every floor below.
 */
const floors = [
  ["values"],
  ["errors"],
  ["limit"],
  ["config"],
  ["generated"],
  ["db"],
  ["access", "record"],
  ["backup", "feed"],
  ["formats", "graph"],
  ["plan", "playground"],
  ["yoga"],
  ["listen"],
  ["server"],
  ["command"],
  ["main"],
];

/** A floor is a folder of src, or a single file. */
const place = (names) => `^src/(${names.join("|")})(/|\\.ts$)`;

const directions = floors.flatMap((line, height) =>
  line.map((floor) => {
    const below = floors.slice(0, height).flat();
    return {
      name: `floor-${floor}`,
      severity: "error",
      comment: `${floor} may import itself${below.length > 0 ? ` and what lies below it: ${below.join(", ")}` : " and nothing else of src"}.`,
      from: { path: place([floor]) },
      to: { path: "^src/", pathNot: place([floor, ...below]) },
    };
  }),
);

module.exports = {
  forbidden: [
    ...directions,
    {
      name: "every-file-has-a-floor",
      severity: "error",
      comment:
        "A file of src stands on one of the floors listed in .dependency-cruiser.cjs; a new floor is entered there.",
      from: {},
      to: { path: "^src/", pathNot: place(floors.flat()) },
    },
    {
      name: "every-file-has-a-floor-itself",
      severity: "error",
      comment: "The same, for a file that nobody imports.",
      from: { path: "^src/", pathNot: place(floors.flat()) },
      to: {},
    },
    {
      name: "values-are-pure",
      severity: "error",
      comment: "values turn one value into another: they open no file, no socket and no database.",
      from: { path: "^src/values/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment:
        "No file reaches itself, types included. In graph this is what lets the later noun add its fields to the earlier: " +
        "an import from the earlier to the later would close a ring.",
      from: { pathNot: "/generated/" },
      to: { circular: true },
    },
    {
      name: "sdk-stands-alone",
      severity: "error",
      comment: "The SDK knows the server by schema.graphql only; its sources import nothing outside sdk.",
      from: { path: "^sdk/src/" },
      to: { path: "^(src|tests|checks|bin|bench)/" },
    },
    {
      name: "nobody-imports-the-programs",
      severity: "error",
      comment: "main.ts, print.ts and server.ts start things when they are run; only a higher floor may load them.",
      from: { path: "^src/", pathNot: "^src/(main\\.ts$|command/|server/)" },
      to: { path: "^src/(main\\.ts|server\\.ts|graph/print\\.ts)$" },
    },
    {
      name: "tests-stay-outside",
      severity: "error",
      comment: "What is shipped does not lean on tests, benches or checks.",
      from: { path: "^src/" },
      to: { path: "^(tests|bench|checks|sdk)/" },
    },
    {
      name: "imports-resolve",
      severity: "error",
      comment:
        "Every import leads to a file or to an installed package; the SDK's sample consumer imports the package once it is built.",
      from: { pathNot: "^sdk/tests/support/consumer/" },
      to: { couldNotResolve: true },
    },
    {
      name: "packages-are-declared",
      severity: "error",
      comment: "What src needs at run time is in dependencies, not in devDependencies and not there by luck.",
      from: { path: "^src/", pathNot: "/generated/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only", "npm"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/|^\\.chancery" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
