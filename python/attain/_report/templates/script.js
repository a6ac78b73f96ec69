// Filters and sorts the list; everything can be read without it.
(() => {
  "use strict";
  const form = document.querySelector(".filter");
  const list = document.querySelector(".projects");
  const output = form.querySelector("output");
  const projects = [...list.children].map((element, index) => ({
    element, index, ...numbers(element), units: words(element.dataset.units), name: nameOf(element.querySelector(".head")),
    list: element.querySelector(".targets"),
    targets: [...element.querySelectorAll(".target")].map((target, at) => ({
      element: target, index: at, ...numbers(target), meaning: target.dataset.meaning, places: words(target.dataset.places),
      name: nameOf(target), here: target.querySelector(".here"), rows: [...target.querySelectorAll("details.places li")],
    })),
  }));
  const all = projects.reduce((sum, project) => sum + project.targets.length, 0);

  function words(text) { return new Set((text || "").split(" ").filter(Boolean)); }
  function numbers(element) {
    const of = (text) => (text === undefined ? null : Number(text));
    return { gap: of(element.dataset.gap), attainment: of(element.dataset.attainment) };
  }
  function nameOf(element) {
    const text = (selector) => (element.querySelector(selector) || { textContent: "" }).textContent;
    return (text(".id") + " " + text(".name") + " " + text(".unit")).toLowerCase();
  }

  function choose() {
    const asked = Object.fromEntries(["meaning", "unit", "place", "order", "text"].map((name) => [name, form[name] ? form[name].value : ""]));
    const text = asked.text.trim().toLowerCase();
    let shown = 0;
    for (const project of projects) {
      const right = !asked.unit || project.units.has(asked.unit);
      const named = project.name.includes(text);
      let some = 0;
      for (const target of project.targets) {
        const row = asked.place ? target.rows.find((one) => one.dataset.place === asked.place) : null;
        const meaning = row ? row.dataset.meaning : target.meaning;
        const fits = right && (!asked.meaning || meaning === asked.meaning) && (!asked.place || target.places.has(asked.place)) &&
          (!text || named || target.name.includes(text));
        target.element.hidden = !fits;
        if (fits) some += 1;
        for (const one of target.rows) one.hidden = row !== null && one !== row;
        target.here.hidden = !row;
        if (row) target.here.replaceChildren(...row.cloneNode(true).childNodes);
      }
      const bare = right && !asked.meaning && !asked.place && named && project.targets.length === 0;
      project.element.hidden = some === 0 && !bare;
      shown += some;
    }
    output.textContent = output.dataset.text.replace("{shown}", shown).replace("{all}", all);
    sort(asked.order);
  }

  let order = "";
  function sort(wanted) {
    if (wanted === order) return;
    order = wanted;
    const last = (value) => (value === null ? Infinity : value);
    const before = (a, b) => (wanted === "name" ? a.name.localeCompare(b.name, document.documentElement.lang) :
      wanted ? last(a[wanted]) - last(b[wanted]) || 0 : 0) || a.index - b.index;
    for (const project of projects) {
      if (project.list && project.targets.length > 1) project.list.append(...project.targets.sort(before).map((one) => one.element));
    }
    list.append(...projects.sort(before).map((one) => one.element));
  }

  form.hidden = false;
  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  for (const link of document.querySelectorAll("[data-choose]")) {
    link.addEventListener("click", () => {
      form.reset();
      form.meaning.value = link.dataset.choose;
      choose();
    });
  }
  choose();
})();
