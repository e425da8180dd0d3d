// Turns the pages of a site into the XHTML of an EPUB. It runs in Chromium, on a
// page of the site that has in `#site` the table of contents and the pages, as
// JSON, and leaves in `#book` what epub.rs packs.
(() => {
  const parse = html => new DOMParser().parseFromString(html, "text/html");
  const serialize = node => new XMLSerializer().serializeToString(node);
  const { contents, pages } = JSON.parse(document.getElementById("site").textContent);
  const ROOT = "https://site.invalid/";
  const XHTML = "http://www.w3.org/1999/xhtml";
  const images = new Set();

  // What an EPUB has no use for: what asks for a script, is for a small screen or
  // a dark one, or says again how to get here.
  const LEFT_OUT = `script, style, template, noscript, button, .boring, [data-column=narrow],
    img[src$="#gh-dark-mode-only"]`;

  const inside = file => file.replace(/\.html$/, ".xhtml");

  // The address `at` on the page `file`: of a chapter, of a file beside it, or null
  // where it leads to what is not in the book.
  function address(at, file) {
    const url = new URL(at, ROOT + file);
    if (!url.href.startsWith(ROOT)) return at;
    const target = url.href.slice(ROOT.length).replace(/#.*/, "") || "index.html";
    if (!(target in pages)) return null;
    const up = "../".repeat(file.split("/").length - 1);
    return (target === file ? "" : up + inside(target)) + url.hash;
  }

  function chapter(file) {
    const page = parse(pages[file]);
    const main = page.querySelector("main");
    for (const element of main.querySelectorAll(LEFT_OUT)) element.remove();
    const comments = page.createNodeIterator(main, NodeFilter.SHOW_COMMENT);
    for (let comment; (comment = comments.nextNode()); ) comment.remove();
    for (const element of main.querySelectorAll("*")) {
      for (const { name } of [...element.attributes]) if (name.startsWith("on")) element.removeAttribute(name);
    }
    // The steps of a drawing are for who cannot see it.
    for (const fold of main.querySelectorAll("details:not(.foot details)")) fold.open = true;
    for (const link of main.querySelectorAll("a[href]")) {
      const to = address(link.getAttribute("href"), file);
      if (to === null || link.className === "header") link.replaceWith(...link.childNodes);
      else link.setAttribute("href", to);
    }
    for (const image of main.querySelectorAll("img")) {
      const source = image.getAttribute("src").replace(/#.*/, "");
      image.setAttribute("src", source);
      images.add(new URL(source, ROOT + file).href.slice(ROOT.length));
    }
    const svg = main.querySelector("svg") !== null;
    const up = "../".repeat(file.split("/").length - 1);
    return { file: inside(file), svg, xhtml: whole(main.querySelector("h1")?.textContent ?? file, main, up) };
  }

  // A document in XML, with `body` in it.
  function whole(title, body, up) {
    const made = document.implementation.createDocument(XHTML, "html");
    const add = (to, name, text = "") => {
      const element = to.appendChild(made.createElementNS(XHTML, name));
      element.textContent = text;
      return element;
    };
    made.documentElement.setAttribute("lang", document.documentElement.lang);
    const head = add(made.documentElement, "head");
    add(head, "title", title);
    const style = add(head, "link");
    style.setAttribute("rel", "stylesheet");
    style.setAttribute("href", `${up}style.css`);
    add(made.documentElement, "body").append(...[...body.childNodes].map(node => made.adoptNode(node)));
    return serialize(made);
  }

  // The chapters in their order, below the parts that they belong to.
  const order = [];
  const list = document.createElement("ol");
  let part = list;
  for (const item of parse(contents).querySelectorAll("ol.chapter .part-title, ol.chapter a[href]")) {
    const entry = document.createElement("li");
    if (item.matches(".part-title")) {
      const name = Object.assign(document.createElement("span"), { textContent: item.textContent });
      part = document.createElement("ol");
      entry.append(name, part);
      list.append(entry);
      continue;
    }
    const file = item.getAttribute("href");
    order.push(file);
    const link = Object.assign(document.createElement("a"), { textContent: item.textContent });
    link.setAttribute("href", inside(file));
    entry.append(link);
    part.append(entry);
  }
  const contentsPage = document.createElement("div");
  const nav = document.createElement("nav");
  nav.append(Object.assign(document.createElement("h1"), { textContent: "Contents" }), list);
  nav.setAttributeNS("http://www.idpf.org/2007/ops", "epub:type", "toc");
  contentsPage.append(nav);

  // The colours of the drawings, as they are in the light theme.
  const colors = getComputedStyle(document.documentElement);
  const drawing = document.getElementById("drawing-style")?.textContent ?? "";
  const style = drawing.replace(/var\((--[\w-]+)\)/g, (_, name) => colors.getPropertyValue(name).trim());

  const book = { chapters: order.map(chapter), nav: whole("Contents", contentsPage, ""), style, images: [...images] };
  const out = Object.assign(document.createElement("pre"), { id: "book" });
  out.textContent = encodeURIComponent(JSON.stringify(book)); // so that HTML has nothing to escape
  document.body.replaceChildren(out);
})();
