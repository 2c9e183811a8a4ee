// Who recognises whom as President of Venezuela on a day, as a table.
//   node recognitions.mjs [2019-02-06 [president-of-venezuela]]
import { isApiError, recognitionsAsOf } from "@chancery/sdk";
import { chancery } from "./client.mjs";

const [validAt = "2019-02-06", key = "president-of-venezuela"] = process.argv.slice(2);
const rows = [["who", "stance", "towards", "how sure"]];
try {
  for await (const recognition of chancery.iterate(recognitionsAsOf, { key, asOf: { validAt } })) {
    const { recogniser, onBehalfOf, stance, claimant, certainty } = recognition;
    const who = onBehalfOf ? `${recogniser.name} (for ${onBehalfOf.name})` : recogniser.name;
    rows.push([who, words(stance), claimant?.name ?? "nobody", words(certainty)]);
  }
  print(rows);
} catch (error) {
  if (!isApiError(error)) throw error;
  console.error(error.code === "NOT_FOUND" ? `The record has no office with the key ${key}.` : error.message);
  process.exitCode = 1;
}

/** RECOGNISES_AS_INTERIM is "recognises as interim". */
function words(value) {
  return value.toLowerCase().replaceAll("_", " ");
}

function print(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ");
  const [head, ...body] = table;
  console.log([line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n"));
}
