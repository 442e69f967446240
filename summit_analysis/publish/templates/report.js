"use strict";
// Without this script every part is a list that opens; with it, lists can be narrowed to what is chosen.
for (const part of document.querySelectorAll("[data-choose]")) {
  const entries = [...part.querySelectorAll("details[data-names]")].map(
    (element) => ({ element, names: JSON.parse(element.dataset.names) }),
  );
  const names = [...new Set(entries.flatMap((entry) => entry.names))];
  if (names.length < 2) continue;
  const bar = document.createElement("div");
  bar.className = "chooser";
  const choices = part.dataset.choose.split("|").map((words) => {
    const label = document.createElement("label");
    const select = document.createElement("select");
    label.append(words, select);
    select.add(new Option("all", ""));
    for (const name of names) select.add(new Option(name, name));
    bar.append(label);
    return select;
  });
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "quiet";
  const narrow = () => {
    const wanted = choices.map((select) => select.value).filter(Boolean);
    let left = 0;
    for (const { element, names: own } of entries) {
      const fits = wanted.every((name) => own.includes(name)) && new Set(wanted).size === wanted.length;
      element.hidden = !fits;
      element.open = fits && wanted.length === choices.length;
      left += fits ? 1 : 0;
    }
    for (const group of part.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("details:not([hidden])");
    }
    said.textContent = wanted.length === 0 ? "" : left === 0 ? "Nothing is listed for this choice." : `${left} of ${entries.length} shown.`;
  };
  for (const select of choices) select.addEventListener("change", narrow);
  part.querySelector("[data-entries]").before(bar, said);
}
const open = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") target.open = true;
};
window.addEventListener("hashchange", open);
open();
