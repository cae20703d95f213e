{
  const field = (id) => document.getElementById(id);
  const form = field("find");
  const articles = [...field("articles").children];
  const events = [...(field("timeline")?.children ?? [])];
  const texts = articles.map((item) => `${item.textContent} ${item.dataset.people} ${item.dataset.places}`.toLowerCase());
  const has = (list, name) => name === "" || list.split("|").includes(name);
  const filter = () => {
    const value = (id) => field(id)?.value ?? "";
    const words = value("words").toLowerCase().split(/\s+/).filter(Boolean);
    const [topic, person, place, from, to] = ["topic", "person", "place", "from", "to"].map(value);
    const shown = articles.map((item, number) => {
      const { topic: about, people, places, date, doubtful } = item.dataset;
      return words.every((word) => texts[number].includes(word)) && (topic === "" || about === topic)
        && has(people, person) && has(places, place) && (from === "" || date >= from)
        && (to === "" || (date !== "" && date <= to)) && (!field("doubtful").checked || doubtful !== "0");
    });
    articles.forEach((item, number) => { item.hidden = !shown[number]; });
    for (const event of events) event.hidden = !shown[Number(event.dataset.article)];
    field("count").textContent = `${shown.filter(Boolean).length} shown`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
}
