"use strict";
{
  const root = document.documentElement;
  const tools = document.getElementById("tools");
  const theme = document.getElementById("theme");
  const themes = ["automatic", "light", "dark"];
  const kept = {
    get() { try { return localStorage.getItem("brief-theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("brief-theme", value); } catch { /* a page from disk may keep nothing */ } },
  };
  const dress = (name) => {
    root.dataset.theme = name;
    theme.textContent = `Theme: ${name}`;
  };
  let current = themes.includes(kept.get()) ? kept.get() : "automatic";
  dress(current);
  theme.addEventListener("click", () => {
    current = themes[(themes.indexOf(current) + 1) % themes.length];
    dress(current);
    kept.set(current);
  });
  document.getElementById("print").addEventListener("click", () => window.print());
  tools.hidden = false;
}
