import type { Where } from "../db/sql/where.ts";
import { byDay, byEnum, byId, byInstant, type FilterField } from "./filter.ts";

/** The fields by which assertions of every kind can be filtered; `wrap` leads from a row to its assertion. */
export function factFilter(wrap: (assertion: Where) => Where = (w) => w): Record<string, FilterField> {
  const on = (field: FilterField): FilterField => ({ ...field, where: (operands) => wrap(field.where(operands)) });
  return {
    crisis: on(byId("crisisId", ["Crisis"], "Recorded under this crisis.")),
    status: on(byEnum("AssertionStatus", "status", "By how the record stands to it.")),
    startsOn: on(byDay("startEarliest", "By the earliest day it may have begun; one without a beginning never holds.")),
    reportedAt: on(byInstant("reportedFrom", "By when a source first made it known.")),
    document: on(
      byId("documentId", ["Document"], "Resting on a passage of this document.", (link) => ({
        evidence: { some: { passage: { capture: link } } },
      })),
    ),
  };
}
