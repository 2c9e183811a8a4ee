/** What the desk has noted, the latest first. `about` holds the keys that the record gave: they never change. */
export const notes: readonly Note[] = [
  {
    id: "Note:4",
    text: "Ask whether London said this by telegram or in the House first.",
    author: "Ines",
    writtenOn: "2019-02-08",
    about: { __typename: "State", key: "state-gb" },
  },
  {
    id: "Note:3",
    text: "Two sources tell the offer of amnesty differently; wait for a third.",
    author: "Tomas",
    writtenOn: "2019-02-07",
    about: { __typename: "Person", key: "juan-guaido" },
  },
  {
    id: "Note:2",
    text: "Who commands the garrison at the border bridge under him?",
    author: "Ines",
    writtenOn: "2019-02-06",
    about: { __typename: "Person", key: "vladimir-padrino" },
  },
  {
    id: "Note:1",
    text: "Quoted at length in Spanish; have the translation read by a second person.",
    author: "Ines",
    writtenOn: "2019-02-05",
    about: { __typename: "Person", key: "juan-guaido" },
  },
];

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  /** An ISO day. */
  readonly writtenOn: string;
  readonly about: Subject;
}

/** Somebody or something in the record, as other subgraphs name it. */
export interface Subject {
  readonly __typename: "Person" | "State";
  readonly key: string;
}
