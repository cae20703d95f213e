{
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const items = all(".item[data-evidence]");
  const rows = new Map(all(".row").map((row) => [row.id, row]));
  const evidence = new Map(items.map((item) => [item, item.dataset.evidence.split(" ").filter((id) => rows.has(id))]));
  const resting = new Map([...rows.keys()].map((id) => [id, items.filter((item) => evidence.get(item).includes(id))]));
  const peek = document.getElementById("peek");
  let lit = [];
  let pinned = null;

  const copy = (element) => {
    const made = element.cloneNode(true);
    for (const part of [made, ...all("*", made)]) part.removeAttribute("id");
    for (const count of all(".cited", made)) count.remove();
    for (const link of all("a", made)) link.replaceWith(...link.childNodes);
    made.classList.remove("lit", "pinned", "opens");
    return made;
  };
  const labelled = (item) => {
    const line = document.createElement("div");
    const label = document.createElement("span");
    line.className = "from";
    label.textContent = item.closest("section")?.querySelector("h2")?.textContent ?? "";
    line.append(label, copy(item));
    return line;
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= window.innerHeight;
  };
  const clear = () => {
    for (const element of lit) element.classList.remove("lit");
    lit = [];
    peek.hidden = true;
    peek.replaceChildren();
  };
  const show = (element) => {
    clear();
    const partners = rows.has(element.id) ? resting.get(element.id) : evidence.get(element).map((id) => rows.get(id));
    if (partners.length === 0) return;
    lit = [element, ...partners];
    for (const one of lit) one.classList.add("lit");
    const hidden = partners.filter((partner) => !seen(partner));
    if (hidden.length === 0) return;
    peek.append(...hidden.slice(0, 6).map(rows.has(element.id) ? labelled : copy));
    peek.hidden = false;
    peek.classList.toggle("still", pinned !== null);
    peek.classList.remove("top");
    const box = element.getBoundingClientRect();
    peek.classList.toggle("top", box.bottom > peek.getBoundingClientRect().top && box.top > window.innerHeight / 2);
  };
  const rest = () => (pinned ? show(pinned) : clear());
  const pin = (element) => {
    pinned?.classList.remove("pinned");
    pinned = element === pinned ? null : element;
    pinned?.classList.add("pinned");
    rest();
  };

  for (const element of [...items, ...rows.values()]) {
    element.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(element); });
    element.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") rest(); });
    element.addEventListener("focusin", () => show(element));
    element.addEventListener("focusout", rest);
    element.addEventListener("click", (event) => {
      if (!event.target.closest("a") && window.getSelection().isCollapsed) pin(element);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (pinned) pin(pinned);
    clear();
  });

  const shown = document.getElementById("shown");
  for (const radio of all("input[name=show]")) {
    radio.addEventListener("change", () => {
      const visible = [...rows.values()].filter((row) => row.checkVisibility()).length;
      shown.textContent = `${visible} of ${rows.size} sentences shown`;
    });
  }
}
