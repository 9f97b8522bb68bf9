// What pages can do beyond links: colours, copying, keys, pictures at large, evidence in place,
// contents that follow the reader. A page lacks nothing else without this script.
// It is no module, and loads none: browsers refuse modules from file: addresses.
"use strict";

{
  const root = document.documentElement;
  const strings = JSON.parse(document.body.dataset.strings || "{}");
  const home = document.currentScript.src;
  const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* What a reader chose is kept where the browser allows it. */

  function kept(name) {
    try {
      return localStorage.getItem(`digestgen_${name}`);
    } catch {
      return null;
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(`digestgen_${name}`, value);
    } catch {
      // Then it holds for this page.
    }
  }

  /* A line that screen readers say aloud. */

  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  function say(text) {
    status.textContent = text;
  }

  /* Buttons wait, hidden, for this script: without it they could do nothing. */

  const doing = {
    theme: changeTheme,
    help: () => document.getElementById("the_keys")?.showModal(),
    copy: copyFor,
  };

  for (const button of document.querySelectorAll("button[data-do]")) {
    const act = doing[button.dataset.do];
    if (!act) continue;
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }

  addEventListener("load", () => setTimeout(() => { root.dataset.arrived = ""; }));

  /* Colours: as the system, then the others, so that the first press is seen; then the same. */

  function changeTheme() {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const themes = isDark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const next = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
    root.dataset.theme = next;
    keep("theme", next);
    nameTheme();
    say(strings[`theme_${next}`]);
  }

  function nameTheme() {
    const name = strings[`theme_${root.dataset.theme}`];
    for (const button of document.querySelectorAll("button[data-do=theme]")) {
      if (!name) continue;
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }

  nameTheme();

  /* Copying: the text beside the button, or the file that it names. */

  async function copyFor(button) {
    button.dataset.label ??= button.textContent; // which may be what was said of the last copy
    let done = strings.copied;
    try {
      await copyText(await textFor(button));
    } catch {
      done = strings.copy_failed;
    }
    say(done);
    button.textContent = done;
    setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
  }

  async function textFor(button) {
    const beside = button.closest("details, section, figure, div")?.querySelector("pre");
    if (beside) return beside.textContent;
    const answer = await fetch(button.dataset.copy);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  }

  async function copyText(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Pages that came without encryption have no clipboard but this one.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    if (!isDone) throw new Error("refused");
  }

  /* Keys. Single letters disturb who speaks to the machine: they can be turned off for good. */

  const keySwitch = document.querySelector("input[data-do=keys]");

  if (keySwitch) {
    keySwitch.closest("[hidden]")?.removeAttribute("hidden");
    keySwitch.checked = kept("keys") !== "off";
    keySwitch.addEventListener("change", () => keep("keys", keySwitch.checked ? "on" : "off"));
  }

  const keys = {
    "/": search,
    "?": doing.help,
    j: () => step(1),
    k: () => step(-1),
  };

  document.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || event.isComposing
      || event.target.closest?.("input, textarea, select, [contenteditable], dialog, .pswp");
    if (!act || isElsewhere || event.defaultPrevented || kept("keys") === "off") return;
    if (document.querySelector("dialog[open], .pswp")) return;
    event.preventDefault();
    act();
  });

  function search() {
    const field = document.querySelector("input[type=search]");
    if (field) return field.focus();
    const link = document.querySelector("a[data-do=search]");
    location.href = link ? link.href : `${document.body.dataset.root || ""}index.html#the_topics`;
  }

  function step(by) {
    const all = [...document.querySelectorAll("[data-step]")].filter((it) => it.checkVisibility());
    const focused = all.findIndex((it) => it === document.activeElement);
    // Two pixels: browsers round where they scroll to.
    const margin = (it) => (parseFloat(getComputedStyle(it).scrollMarginTop) || 0) + 2;
    const below = all.findIndex((it) => it.getBoundingClientRect().top > margin(it));
    const passed = below < 0 ? all.length : below;
    let next = by > 0 ? passed : passed - 1;
    if (focused >= 0) next = focused + by;
    else if (by < 0 && all[next] && all[next].getBoundingClientRect().top >= 0) next -= 1;
    const target = all[next];
    if (!target) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start", behavior: isCalm() ? "auto" : "smooth" });
  }

  /* What scrolls sideways can be scrolled with the keyboard. */

  const scrolling = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    }
  });
  for (const it of document.querySelectorAll("main :is(pre, table, math)")) scrolling.observe(it);

  /* Contents that follow the reader. */

  const links = new Map();
  for (const link of document.querySelectorAll('nav.contents a[href^="#"]')) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }

  function follow() {
    // What stands last never comes as far up as a third of the window.
    const isAtEnd = scrollY > 0 && root.scrollHeight - scrollY - innerHeight < 2;
    const line = isAtEnd ? innerHeight : innerHeight / 3;
    let current = null;
    for (const target of links.keys()) {
      if (target.getBoundingClientRect().top <= line) current = target;
    }
    for (const [target, link] of links) {
      if (target !== current) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) mark(link);
    }
  }

  function mark(link) {
    link.setAttribute("aria-current", "true");
    const list = link.closest("nav");
    const { top, bottom } = link.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - frame.height / 2;
  }

  if (links.size) {
    let frame = 0;
    const soon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        follow();
      });
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    follow();
  }

  /* Evidence in place. Without it the link leads to the folded list, which opens by itself. */

  let shown = null;

  function showEvidence(link) {
    const source = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!source || !("popover" in HTMLElement.prototype)) return false;
    shown?.remove();
    const box = document.createElement("div");
    box.className = "source";
    box.popover = "auto";
    box.tabIndex = -1;
    box.setAttribute("role", "note");
    box.setAttribute("aria-label", link.getAttribute("aria-label") || link.textContent);
    box.append(...[...source.cloneNode(true).childNodes].filter((it) => it.nodeName !== "SCRIPT"));
    for (const named of box.querySelectorAll("[id]")) named.removeAttribute("id");
    link.after(box);
    box.addEventListener("toggle", (event) => {
      if (event.newState === "closed") box.remove();
    });
    box.showPopover({ source: link });
    place(box, link);
    box.focus({ preventScroll: true });
    shown = box;
    return true;
  }

  function place(box, link) {
    const mark = link.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const edge = 12;
    const left = Math.max(edge, Math.min(mark.left - 24, root.clientWidth - width - edge));
    const isBelow = mark.bottom + height + edge < innerHeight || mark.top < height + edge;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(isBelow ? mark.bottom + 6 : mark.top - height - 6) + scrollY}px`;
  }

  /* Pictures at large, with PhotoSwipe, which is loaded when the first one is wanted. */

  let loading = null;

  function load() {
    loading ??= new Promise((done, failed) => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("vendor/photoswipe.css", home);
      const script = document.createElement("script");
      script.src = new URL("vendor/photoswipe.umd.min.js", home);
      let missing = 2;
      for (const it of [style, script]) {
        it.onload = () => { missing -= 1; if (!missing) done(window.PhotoSwipe); };
        it.onerror = failed;
      }
      document.head.append(style, script);
    });
    return loading;
  }

  async function enlarge(link) {
    const gallery = link.closest(".gallery");
    const items = [...gallery.querySelectorAll("a[data-pswp-width]")];
    let PhotoSwipe;
    try {
      PhotoSwipe = await load();
    } catch {
      location.href = link.href;
      return;
    }
    const box = new PhotoSwipe({
      dataSource: { gallery, items },
      index: items.indexOf(link),
      bgOpacity: 1,
      loop: false,
      showHideAnimationType: isCalm() ? "none" : "fade",
      closeTitle: strings.close,
      zoomTitle: strings.zoom,
      arrowPrevTitle: strings.previous_picture,
      arrowNextTitle: strings.next_picture,
      errorMsg: strings.picture_failed,
      paddingFn: room,
    });
    box.on("uiRegister", () => {
      box.element.setAttribute("aria-label", link.closest("figure")?.textContent.trim() || strings.zoom);
      box.element.setAttribute("aria-modal", "true");
      // PhotoSwipe knows these two in English only.
      const parts = { carousel: strings.pictures, slide: strings.picture };
      for (const it of box.element.querySelectorAll("[aria-roledescription]")) {
        it.setAttribute("aria-roledescription", parts[it.getAttribute("aria-roledescription")]);
      }
      box.ui.registerElement({
        name: "caption", order: 9, isButton: false, appendTo: "root", onInit: caption,
      });
    });
    box.init();
  }

  /* No caption covers its picture, and no arrow does where there is room for both. */

  function room({ x }, { element }) {
    const box = document.createElement("div");
    box.className = "pswp__caption";
    fillCaption(box, element);
    document.body.append(box);
    const bottom = box.offsetHeight;
    box.remove();
    const side = x < 700 ? 0 : 76;
    return { top: 44, bottom, left: side, right: side };
  }

  function fillCaption(box, link) {
    const source = link.closest("figure")?.querySelector("figcaption");
    box.lang = source?.closest("[lang]").lang || "";
    box.replaceChildren(...(source ? source.cloneNode(true).childNodes : []));
  }

  function caption(element, box) {
    element.classList.add("pswp__hide-on-close");
    element.setAttribute("aria-live", "polite");
    box.on("change", () => fillCaption(element, box.currSlide.data.element));
  }

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    if (!link) return;
    if (link.matches(".gallery a[data-pswp-width]")) {
      event.preventDefault();
      enlarge(link);
    } else if (link.matches("a.evidence") && showEvidence(link)) {
      event.preventDefault();
    }
  });
}
