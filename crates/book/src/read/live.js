// Only in pages that `cargo run` serves: shows what the server has to say, and
// loads the page again when there is a newer build of it.
{
  const mine = document.currentScript.dataset.build;
  const place = document.createElement("aside");
  const shadow = place.attachShadow({ mode: "open" });
  let dismissed = "";

  const style = document.createElement("style");
  style.textContent = `
    :host { all: initial }
    section { position: fixed; inset: auto 0 0; z-index: 1000; max-height: 40vh; overflow: auto;
      padding: 12px 48px 14px 20px; background: #2b2b2b; color: #f4f4f4; border-top: 3px solid #ff8f6b;
      font: 14px/1.5 system-ui, sans-serif }
    pre { margin: 6px 0 0; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap }
    p { margin: 0 } code { font: 13px ui-monospace, monospace }
    button { position: absolute; top: 8px; right: 12px; width: 32px; height: 32px; border: 0;
      background: none; color: inherit; font-size: 20px; cursor: pointer }
    @media print { section { display: none } }`;

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function show({ error, unrecorded }) {
    const said = JSON.stringify([error, unrecorded]);
    shadow.replaceChildren(style);
    if ((!error && !unrecorded.length) || said === dismissed) return place.remove();
    const section = element("section", "");
    section.setAttribute("role", "status");
    if (error)
      section.append(element("p", "The book does not build; this is the page as it was."), element("pre", error));
    if (unrecorded.length) {
      const line = element(
        "p",
        `Changed since it was recorded: ${unrecorded.join(", ")}. To bring the pages up to date: `,
      );
      line.append(element("code", `cargo run -- record ${unrecorded.join(" ")}`));
      section.append(line);
    }
    const close = element("button", "×");
    close.setAttribute("aria-label", "Close");
    close.onclick = () => {
      dismissed = said;
      place.remove();
    };
    section.append(close);
    shadow.append(section);
    document.body.append(place);
  }

  function listen(wait) {
    const socket = new WebSocket(`ws://${location.host}/-/news`);
    let heard = false;
    socket.onmessage = ({ data }) => {
      heard = true;
      const news = JSON.parse(data);
      if (news.build !== mine) location.reload();
      else show(news);
    };
    // The server may come back, on the same port: ask less and less often.
    socket.onclose = () => setTimeout(listen, wait, heard ? 500 : Math.min(wait * 1.5, 10000));
  }
  listen(500);
}
