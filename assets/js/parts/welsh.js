/** What the character counter says, in Welsh. */
export const countsInWelsh = {
  charactersUnderLimit: {
    zero: "Mae gennych %{count} nod yn weddill",
    one: "Mae gennych %{count} nod yn weddill",
    two: "Mae gennych %{count} nod yn weddill",
    few: "Mae gennych %{count} nod yn weddill",
    many: "Mae gennych %{count} nod yn weddill",
    other: "Mae gennych %{count} nod yn weddill",
  },
  charactersAtLimit: "Nid oes gennych nodau yn weddill",
  charactersOverLimit: {
    zero: "Mae gennych %{count} nod yn ormod",
    one: "Mae gennych %{count} nod yn ormod",
    two: "Mae gennych %{count} nod yn ormod",
    few: "Mae gennych %{count} nod yn ormod",
    many: "Mae gennych %{count} nod yn ormod",
    other: "Mae gennych %{count} nod yn ormod",
  },
};
