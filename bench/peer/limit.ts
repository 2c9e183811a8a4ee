// The limit: node:http, and one prepared statement a question, whose only column is the answer. It checks nothing.
// Usage: limit.ts <url> <port>; asked by POST with {"question": <index>, "values": [...]}
import { createServer } from "node:http";
import pg from "pg";
import { questions } from "../question/every.ts";

const [url, port] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url ?? "", max: 10 });
createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { question, values } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
      question: number;
      values: unknown[];
    };
    const text = questions[question]?.sql ?? "";
    pool.query<{ data: string }>({ name: `q${question}`, text, values }).then(
      ({ rows }) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(`{"data":${rows[0]?.data}}`);
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
