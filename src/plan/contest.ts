import { ascending, ownColumn, scopeOf } from "../db/sql/page.ts";
import { ParentKey } from "../db/sql/parameters.ts";
import { certaintyOfContest, contestsOf, weighedIn } from "../graph/contest.ts";
import type { DaySpan } from "../graph/row.ts";
import type { Rivalry, Tenure } from "../record/contest.ts";
import { formatDay } from "../values/day.ts";
import { expression, joined, text, type Json } from "./json.ts";
import { every } from "./link.ts";
import { Unplanned, type Field, type Planning, type Row } from "./planning.ts";
import { askedAt, columnAt, condition, tablesOf } from "./row.ts";
import { sql, write, type Run } from "./run.ts";
import { certaintyText } from "./value.ts";

/** What the parts that the statement gives stand between: of the whole, of one part, and one holding and the next. */
const [betweenParts, betweenItems, betweenTenures] = ["\u001e", "\u001f", "\u001d"];

/** A holding or claim as the statement gives it: whether it is certain, and its JSON under each key that shows it. */
interface Weighed extends Omit<Tenure<unknown>, "occupancy"> {
  readonly certain: boolean;
  readonly items: readonly string[];
}

type Asked = (run: Run) => DaySpan | null;

/** Plans the contest of an office on a day, or the latest. */
export function planContest(planning: Planning, field: Field, row: Row): Json {
  const args = planning.args(field);
  const asked: Asked = (run) => {
    const day = args(run)["validAt"] as number | null | undefined;
    return day == null ? (askedAt(row.moment)?.(run) ?? null) : { from: day, to: day };
  };
  return planContests(planning, field, row, { asked, write: (contests) => contests.at(-1) ?? "null" });
}

/** Plans every contest of an office. */
export function planAllContests(planning: Planning, field: Field, row: Row): Json {
  return planContests(planning, field, row, { asked: () => null, write: (contests) => `[${contests.join(",")}]` });
}

/** Lets the statement bring what is weighed, and weighs it when it is there. */
function planContests(
  planning: Planning,
  field: Field,
  row: Row,
  { asked, write: told }: { asked: Asked; write: (contests: readonly string[]) => string },
): Json {
  const { moment } = row;
  const members = planning.fields(field);
  const offices = members.filter(({ name }) => name === "position");
  const lists = members.filter(({ name }) => name === "occupancies");
  const scope = scopeOf("Occupancy", planning.next());
  const occupancy: Row = { scope, types: ["Occupancy"], moment, asked };
  const column = (name: string) => ownColumn(scope, name);
  const day = (name: string) => `coalesce(${column(name)}::text, 'null')`;
  const tenure: Json = [
    ...expression(`'["' || ${column("holderId")} || '",' || (${column("capacity")} = 'NOMINEE')::text || ','`),
    ...expression(
      `${day("startEarliest")} || ',' || ${day("endLatest")} || ',' || `,
      certain(occupancy, asked),
      " || ']'",
    ),
    ...lists.flatMap((each) => [...text(betweenItems), ...planning.object(each, occupancy)]),
  ];
  const where = every(
    condition(moment, (view) => ({ positionId: new ParentKey(), ...weighedIn(view) }), scope, [columnAt(row, "id")]),
  );
  const order = ascending(scope, ["sortDay", "id"]);
  const found = sql(joined(tenure), `, '${betweenTenures}' order by ${order}) from `, tablesOf(moment, scope), where);
  const content: Json = [
    ...expression(`coalesce(${columnAt(row, "seats")}::text, '')`),
    ...text(betweenParts),
    ...offices.flatMap((each, i) => [...text(i === 0 ? "" : betweenItems), ...planning.object(each, row)]),
    ...text(betweenParts),
    ...expression("coalesce((select string_agg(", found, "), '')"),
  ];
  return planning.finish(content, (run, given) => {
    const [seats = "", positions = "", tenures = ""] = given.split(betweenParts);
    if (seats === "") return told([]);
    const weighed = tenures === "" ? [] : tenures.split(betweenTenures).map(readTenure);
    const contests = contestsOf(weighed, Number(seats), asked(run));
    const shown = { seats: Number(seats), positions: positions.split(betweenItems), asked: asked(run) };
    return told(contests.map((contest) => writeContest(members, contest, shown)));
  });
}

/** Whether a holding is certain on the days asked about, as JSON. */
function certain(row: Row, asked: Asked): (run: Run) => string {
  return (run) => {
    const span = asked(run);
    if (!span) return "'false'";
    const [from, to] = [run.add(span.from, "int"), run.add(span.to, "int")];
    const certainty = write(
      certaintyText((name) => columnAt(row, name), from, to),
      run,
    );
    return `((${certainty}) = 'CERTAIN')::text`;
  };
}

function tenureOf(weighed: Weighed): Tenure<Weighed> {
  return { ...weighed, occupancy: weighed };
}

function readTenure(given: string): Tenure<Weighed> {
  const [head = "", ...items] = given.split(betweenItems);
  const [holder, nominee, from, to, isCertain] = JSON.parse(head) as [string, boolean, number, number, boolean];
  return tenureOf({ holder, nominee, from, to, certain: isCertain, items });
}

/** What a contest shows beside its holdings. */
interface ShownContest {
  readonly seats: number;
  readonly positions: readonly string[];
  readonly asked: DaySpan | null;
}

function writeContest(
  members: readonly Field[],
  { from, to, occupancies }: Rivalry<Weighed>,
  { seats, positions, asked }: ShownContest,
): string {
  let [position, list] = [0, 0];
  const day = (each: number | null) => (each === null ? "null" : `"${formatDay(each)}"`);
  const valueOf = ({ name, parent }: Field): string => {
    if (name === "__typename") return `"${parent.name}"`;
    if (name === "position") return positions[position++] ?? "";
    if (name === "from") return day(from);
    if (name === "to") return day(to);
    if (name === "occupancies") {
      const at = list++;
      return `[${occupancies.map(({ items }) => items[at]).join(",")}]`;
    }
    if (name !== "certainty") throw new Unplanned(`${parent.name}.${name}`);
    const sure = occupancies.filter(({ certain: isCertain }) => isCertain).map(tenureOf);
    return asked ? `"${certaintyOfContest(sure, seats, asked)}"` : "null";
  };
  return `{${members.map((member) => `"${member.key}":${valueOf(member)}`).join(",")}}`;
}
