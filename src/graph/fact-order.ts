import type { ListSpec } from "./list.ts";

/** The orders of a list of assertions, over the field that holds the id of a version. */
export function factOrders(id = "id"): ListSpec["orders"] {
  const valid = ["sortDay", id];
  const reported = ["reportedFrom", id];
  return {
    VALID_ASC: { fields: valid, description: "By the earliest day it may have begun, oldest first." },
    VALID_DESC: {
      fields: valid,
      descending: true,
      description: "By the earliest day it may have begun, newest first.",
    },
    REPORTED_ASC: { fields: reported, description: "The first made known first." },
    REPORTED_DESC: { fields: reported, descending: true, description: "The last made known first." },
  };
}
