"use strict";
// What a client marks stays in this browser until it is saved or copied here; the page sends nothing anywhere.
const proofs = JSON.parse(document.getElementById("proofs").textContent);
const figures = [...document.querySelectorAll("figure")];
const wall = document.querySelector(".wall");
const viewer = document.querySelector(".viewer");
const answer = document.querySelector(".answer");
const within = (part, name) => part.querySelector(name);
const place = "shortlist-proofs-" + proofs.id;
const marked = { favourites: {}, words: {}, who: "", note: "" };
let shown = -1;

try { Object.assign(marked, JSON.parse(localStorage.getItem(place) || "{}")); } catch { /* no memory here: it goes on without */ }

function keep() {
  try { localStorage.setItem(place, JSON.stringify(marked)); } catch { /* as above */ }
}

function show(number) {
  const photo = proofs.photos[number], figure = figures[number];
  const favourite = Boolean(marked.favourites[photo.key]), word = marked.words[photo.key] || "";
  figure.classList.toggle("favourite", favourite);
  figure.classList.toggle("worded", word !== "");
  within(figure, ".heart").setAttribute("aria-pressed", favourite);
  within(figure, "figcaption").dataset.word = word;
  if (number === shown) within(viewer, ".heart").setAttribute("aria-pressed", favourite);
}

function count() {
  const favourites = proofs.photos.filter(photo => marked.favourites[photo.key]).length;
  within(document, "#favourites b").textContent = favourites;
  wall.classList.toggle("is-empty", !within(document, "figure.favourite, figure.worded"));
}

function turn(number) {
  const key = proofs.photos[number].key;
  if (marked.favourites[key]) delete marked.favourites[key]; else marked.favourites[key] = true;
  keep(); show(number); count();
}

function write(number, word) {
  const key = proofs.photos[number].key;
  if (word.trim()) marked.words[key] = word.trim(); else delete marked.words[key];
  keep(); show(number); count();
}

// One photo large. Its number stands in the address, so that the phone's own key leads back.

function open_(number) {
  shown = number;
  const photo = proofs.photos[number];
  within(viewer, ".name").textContent = photo.name;
  within(viewer, ".place").textContent = (number + 1) + " / " + proofs.photos.length;
  const picture = within(viewer, ".stage img");
  picture.src = photo.large;
  picture.alt = photo.name;
  within(viewer, ".word").value = marked.words[photo.key] || "";
  if (!viewer.open) viewer.showModal();
  show(number);
  for (const beside of [step(number, 1), step(number, -1)]) if (beside !== number) new Image().src = proofs.photos[beside].large;
}

function step(from, by) {
  const seen = figures.map((figure, number) => number).filter(number => number === from || figures[number].offsetParent);
  return seen[Math.min(seen.length - 1, Math.max(0, seen.indexOf(from) + by))];
}

function go(by) {
  const next = step(shown, by);
  if (next !== shown) location.replace("#" + (next + 1));
}

function followAddress() {
  const number = Number(location.hash.slice(1)) - 1;
  if (Number.isInteger(number) && proofs.photos[number]) open_(number);
  else if (viewer.open) { viewer.close(); }
}

function leave() {
  if (location.hash) history.back(); else viewer.close();
}

viewer.addEventListener("close", () => {
  const figure = figures[shown];
  shown = -1;
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  if (figure) { figure.scrollIntoView({ block: "nearest" }); within(figure, "a").focus({ preventScroll: true }); }
});
viewer.addEventListener("cancel", event => { event.preventDefault(); leave(); });
viewer.addEventListener("keydown", event => {
  if (event.target.matches(".word")) { if (event.key === "Enter") { event.preventDefault(); event.target.blur(); } return; }
  if (event.key === "ArrowRight") go(1);
  else if (event.key === "ArrowLeft") go(-1);
  else if (event.key === "f" || event.key === "F") turn(shown);
});
within(viewer, ".word").addEventListener("input", event => write(shown, event.target.value));
within(viewer, ".heart").addEventListener("click", () => turn(shown));
within(viewer, ".close").addEventListener("click", leave);
within(viewer, ".back").addEventListener("click", () => go(-1));
within(viewer, ".on").addEventListener("click", () => go(1));
const stage = within(viewer, ".stage");
let touch = null;
stage.addEventListener("touchstart", event => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
stage.addEventListener("touchend", event => {
  if (!touch || (window.visualViewport && visualViewport.scale > 1.05)) return;
  const across = event.changedTouches[0].clientX - touch.clientX, down = event.changedTouches[0].clientY - touch.clientY;
  if (Math.abs(across) > 45 && Math.abs(across) > 1.5 * Math.abs(down)) go(across < 0 ? 1 : -1);
  touch = null;
}, { passive: true });

// The wall.

wall.addEventListener("click", event => {
  const number = figures.indexOf(event.target.closest("figure"));
  if (number < 0) return;
  if (event.target.closest(".heart")) turn(number);
  else if (event.target.closest("a")) { event.preventDefault(); location.hash = number + 1; }
});
proofs.photos.forEach((photo, number) => { if (marked.favourites[photo.key] || marked.words[photo.key]) show(number); });
function only(favourites) {
  wall.classList.toggle("only-favourites", favourites);
  within(document, "#all").setAttribute("aria-pressed", !favourites);
  within(document, "#favourites").setAttribute("aria-pressed", favourites);
  scrollTo(0, 0);
}
within(document, "#all").addEventListener("click", () => only(false));
within(document, "#favourites").addEventListener("click", () => only(true));

// What the client sends back.

const line = words => words.replace(/\s+/g, " ").trim();

function said() {
  return proofs.photos
    .filter(photo => marked.favourites[photo.key] || marked.words[photo.key])
    .map(photo => ({ key: photo.key, name: photo.name, favourite: Boolean(marked.favourites[photo.key]), word: marked.words[photo.key] || "" }));
}

function asText() {
  const lines = ["Shortlist · " + line(proofs.title)];
  if (marked.who) lines.push("✍ " + line(marked.who));
  for (const one of said()) lines.push((one.favourite ? "♥ " : "· ") + line(one.name) + (one.word ? " — " + line(one.word) : ""));
  if (marked.note) lines.push("✎ " + line(marked.note));
  return lines.join("\n") + "\n";
}

function asFile() {
  const document_ = { shortlist: "choice", version: 1, title: proofs.title, who: marked.who, note: marked.note, photos: said() };
  return new Blob([JSON.stringify(document_, null, 1)], { type: "application/json" });
}

function refresh() {
  within(answer, ".text").value = asText();
  within(answer, ".state").textContent = said().length ? proofs.words.how : proofs.words.nothing;
}

within(document, "#send").addEventListener("click", () => {
  within(answer, ".who").value = marked.who;
  within(answer, ".note").value = marked.note;
  refresh();
  answer.showModal();
});
within(answer, ".who").addEventListener("input", event => { marked.who = event.target.value; keep(); refresh(); });
within(answer, ".note").addEventListener("input", event => { marked.note = event.target.value; keep(); refresh(); });
within(answer, ".close").addEventListener("click", () => answer.close());
within(answer, ".save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(asFile());
  link.download = proofs.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
within(answer, ".copy").addEventListener("click", async () => {
  const text = within(answer, ".text");
  try { await navigator.clipboard.writeText(text.value); } catch { text.select(); document.execCommand("copy"); }
  within(answer, ".state").textContent = proofs.words.copied;
});
const share = within(answer, ".share");
share.hidden = !navigator.share;
share.addEventListener("click", () => { navigator.share({ title: proofs.title, text: asText() }).catch(() => {}); });

count();
addEventListener("hashchange", followAddress);
followAddress();
