"use strict";
// Lines of the prompt and scenarios choose each other; scenarios are found by words and kind.
(() => {
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const { kinds, whys, said } = JSON.parse($("#data").textContent);
  const WHY = {
    covered: "",
    not_yet: "not tested yet",
    out_of_reach: "out of reach",
    not_testable: "nothing to test",
  };
  const cards = all("article");
  const filter = $(".filter");
  const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const wide = matchMedia("(min-width: 70rem)");
  let chosen = null; // numbers of scenarios that a line has chosen

  const card = (number) => document.getElementById(`s${number}`);
  const line = (number) => document.getElementById(`L${number}`);
  const numbers = (text) => (text ? text.split(" ").map(Number) : []);
  const show = (element, block = "center") => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  };

  function list() {
    const wanted = $("#find").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const family = $("#family").value;
    let count = 0;
    for (const one of cards) {
      const fits =
        (!chosen || chosen.includes(Number(one.id.slice(1)))) &&
        (!family || one.dataset.family === family) &&
        wanted.every((word) => words.get(one).includes(word));
      one.hidden = !fits;
      count += fits;
    }
    $("#shown").textContent = count === cards.length ? `${count} scenarios` : `${count} of ${cards.length} shown`;
    $("#none").hidden = count > 0;
  }

  function unmark() {
    for (const one of all(".lines li.on")) one.classList.remove("on");
    for (const one of all(".about")) one.remove();
    for (const one of all("article.on")) one.classList.remove("on");
    for (const one of all(".n[aria-expanded]")) one.removeAttribute("aria-expanded");
  }

  function reset() {
    chosen = null;
    unmark();
    filter.reset();
    list();
  }

  function about(number) {
    const box = document.createElement("div");
    box.className = "about";
    const here = said.filter(([first, last]) => first <= number && number <= last);
    for (const [first, last, kind, status, why, tests] of here) {
      const place = first === last ? `Line ${first}` : `Lines ${first}–${last}`;
      const reason = tests.length
        ? `tested by ${tests.length === 1 ? "scenario" : "scenarios"} `
        : [WHY[status], whys[why]].filter(Boolean).join(": ");
      const text = document.createElement("p");
      text.append([place, kinds[kind]].filter(Boolean).join(", "), `: ${reason}`);
      tests.forEach((test, at) => {
        const link = document.createElement("a");
        link.href = `#s${test}`;
        link.dataset.show = test;
        link.textContent = test;
        text.append(at ? ", " : "", link);
      });
      box.append(text);
    }
    return box;
  }

  function chooseLine(button) {
    const item = button.parentElement;
    if (item.classList.contains("on") && $(".about", item)) return reset();
    const number = Number(item.id.slice(1));
    reset();
    item.classList.add("on");
    button.setAttribute("aria-expanded", "true");
    item.append(about(number));
    const tests = numbers(button.dataset.s);
    if (!tests.length) return undefined;
    chosen = tests;
    list();
    if (wide.matches) $("#scenarios .pane").scrollTop = 0;
    return undefined;
  }

  function markLines(from, to) {
    for (let number = from; number <= to; number += 1) line(number)?.classList.add("on");
  }

  function chooseScenario(number) {
    if (card(number).hidden) reset();
    const one = card(number);
    $("details", one).open = true;
    unmark();
    one.classList.add("on");
    for (const tested of numbers(one.dataset.l)) line(tested)?.classList.add("on");
    show(one, "start");
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    if (!target) return;
    if (target.matches(".lines .n")) chooseLine(target);
    else if (target.matches(".all")) reset();
    else if (target.dataset.show) {
      event.preventDefault();
      chooseScenario(Number(target.dataset.show));
    } else if (target.dataset.from || target.matches(".lines-of, .place")) {
      event.preventDefault();
      unmark();
      const own = target.closest("article");
      own?.classList.add("on");
      if (target.dataset.from) markLines(Number(target.dataset.from), Number(target.dataset.to));
      else if (own) for (const tested of numbers(own.dataset.l)) line(tested)?.classList.add("on");
      else line(Number(target.hash.slice(2))).classList.add("on");
      const first = $(".lines li.on");
      show(first);
      $(".n", first).focus({ preventScroll: true });
    }
  });

  // One stop of the tab key for all lines; the arrows go from line to line.
  const stops = all(".lines button.n");
  stops.forEach((one, at) => {
    one.tabIndex = at ? -1 : 0;
    const tests = numbers(one.dataset.s).length;
    const state = WHY[one.parentElement.className] || "";
    one.ariaDescription = tests ? `tested by ${tests}` : state;
  });
  $(".lines").addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity };
    const at = stops.indexOf(document.activeElement);
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    stops[at].tabIndex = -1;
    const next = stops[Math.min(stops.length - 1, Math.max(0, at + steps[event.key]))];
    next.tabIndex = 0;
    next.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") reset();
    if (event.key === "/" && !event.target.matches("input, select")) {
      event.preventDefault();
      $("#find").focus();
    }
  });

  filter.hidden = false;
  filter.addEventListener("input", list);
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("reset", () => {
    chosen = null;
    unmark();
    setTimeout(list);
  });
  list();

  const theme = $("#theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  });

  // Paper shows everything.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
})();
