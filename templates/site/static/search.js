// Searches the site with the index that Pagefind made, and lists what it finds. A module, since
// the index brings one; a site that is read from file: addresses has its topics instead.

const field = document.getElementById("the_words");
const count = document.getElementById("the_count");
const list = document.getElementById("the_results");
const more = document.getElementById("the_rest");
const strings = JSON.parse(list.dataset.strings);
const SHOWN = 10;

let rest = [];
let turn = 0; // the latest search; what an earlier one finds later is of no use

async function load() {
  const pagefind = await import(new URL("../pagefind/pagefind.js", import.meta.url));
  await pagefind.options({
    baseUrl: new URL("../", import.meta.url).pathname,
    excerptLength: 40,
  });
  await pagefind.init();
  return pagefind;
}

let loading = null;

async function search() {
  const own = ++turn;
  const words = field.value.trim();
  history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
  if (!words) return show([], "", own);
  try {
    loading ??= load();
    const found = await (await loading).debouncedSearch(words, {}, 120);
    if (!found) return; // the reader went on writing
    await show(found.results, counted(found.results.length), own);
  } catch {
    loading = null; // so that the next search tries again
    await show([], strings.search_failed, own);
  }
}

function counted(number) {
  if (!number) return strings.search_none;
  return number === 1 ? strings.one_result : strings.many_results.replace("{}", number);
}

async function show(results, text, own) {
  const first = await lines(results.slice(0, SHOWN));
  if (own !== turn) return;
  rest = results.slice(SHOWN);
  more.hidden = rest.length === 0;
  list.replaceChildren(...first);
  count.textContent = text;
}

async function lines(results) {
  const found = await Promise.all(results.map((result) => result.data()));
  return found.map(line);
}

function line({ url, meta, excerpt }) {
  const item = document.createElement("li");
  item.dataset.step = "";
  const link = document.createElement("a");
  link.href = url;
  link.textContent = meta.title;
  const text = document.createElement("p");
  text.append(...marked(excerpt));
  item.append(link, text);
  return item;
}

// An excerpt is text with entities in it and <mark> around what was found; no other element of
// it may come to life.
function* marked(excerpt) {
  let isFound = false;
  for (const piece of excerpt.split(/<(\/?mark)>/)) {
    if (piece === "mark" || piece === "/mark") {
      isFound = piece === "mark";
      continue;
    }
    const text = new DOMParser().parseFromString(`<body>${piece}`, "text/html").body.textContent;
    if (!isFound) {
      yield text;
      continue;
    }
    const mark = document.createElement("mark");
    mark.textContent = text;
    yield mark;
  }
}

field.addEventListener("input", search);
more.addEventListener("click", async () => {
  const own = turn;
  const next = await lines(rest.splice(0, SHOWN));
  if (own !== turn) return;
  more.hidden = rest.length === 0;
  list.append(...next);
  next[0]?.querySelector("a").focus();
});

document.getElementById("the_search").hidden = false;
document.getElementById("the_reason").hidden = true;
field.value = new URLSearchParams(location.search).get("q") || "";
field.focus();
if (field.value) search();
