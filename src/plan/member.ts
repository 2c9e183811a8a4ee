import { separated, text, type Json } from "./json.ts";
import { Unplanned, type Field, type Planning } from "./planning.ts";

/** How the fields of one type are planned, by name. */
export type MemberPlanners = Readonly<Record<string, (field: Field) => Json>>;

/** Plans what a field selects of a type that shows no row: each member by its own planner. */
export function planMembers(planning: Planning, field: Field, planners: MemberPlanners): Json {
  const members = planning.fields(field).map((each): Json => {
    const planner = each.name === "__typename" ? () => text(`"${each.parent.name}"`) : planners[each.name];
    if (!planner) throw new Unplanned(`${each.parent.name}.${each.name}`);
    return [...text(`"${each.key}":`), ...planner(each)];
  });
  return [...text("{"), ...separated(members), ...text("}")];
}
