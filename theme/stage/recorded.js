// A program of the reader's: has it recorded, and shows what came of it: what is
// wrong with it, its output, player and diagram.
(cs => {
  "use strict";
  const { html } = cs;

  /**
   * Has what is in an editor recorded, and judged if it is to solve an exercise; `say`
   * is told how it goes. Null where nothing was recorded.
   * @param {CS.Editor} editor
   */
  async function recordText({ side: { language }, text }, signal, say, exercise) {
    say(language === "rust" ? "Compiling and recording …" : "Recording …");
    try {
      const { recording, errors, refused, line } = await cs
        .recorder(language)
        .record(language, text.value, signal, say, exercise);
      if (refused) say(refused, { lines: line ? [{ line, message: "here" }] : [] });
      else if (errors) say("It was not recorded.", { lines: errors.lines, detail: errors.text, hint: errors.hint });
      else {
        say(recording.ended ? "It did not end well; this is how far it came." : "", { detail: recording.notice });
        return recording;
      }
    } catch (error) {
      say(error.name === "AbortError" ? "Stopped." : error.message);
    }
    return null;
  }

  /** Shows them in `place`, below a title; this language first. */
  function showRecorded(place, title, program, recorded, language) {
    const sides = recorded.map(({ editor, header, moments: [play, ...moments], ended }) => {
      const code = document.createElement("code");
      code.className = `language-${header.language}`;
      code.textContent = editor.text.value;
      globalThis.hljs?.highlightBlock(code);
      return new cs.Side(code, { head: header, play, moments, ended }, program);
    });
    const root = cs.emptyStage(`${program}, as you changed it`);
    const found = recorded.map(({ editor, findings, ended }) => {
      const list = document.createElement("div");
      list.className = "findings";
      const which = recorded.length > 1 ? html`<b>${editor.side.title}</b>: ` : "";
      const say = findings.length
        ? `${findings.length} finding${findings.length > 1 ? "s" : ""}`
        : ended
          ? ""
          : "nothing found that is wrong";
      list.innerHTML = html`<p>${which}${[ended?.says, say].filter(Boolean).join("; ")}</p>
        ${findings.length ? html`<ul>${findings.map(finding => html`<li>${finding}</li>`)}</ul>` : ""}`.text;
      return list;
    });
    place.replaceChildren(title, ...found, root);
    const stage = new cs.Stage(root, program, sides, [], { changed: true });
    stage.shown = sides.find(side => side.language === language) ?? sides[0];
    stage.start();
    // All that it printed, and when, is what one wants to see first.
    stage.edge(-1);
    for (const { diagram } of recorded) {
      const source = Object.assign(document.createElement("pre"), { className: "mermaid", textContent: diagram });
      place.append(source);
      cs.drawDiagram?.(source);
    }
  }

  Object.assign(cs, { recordText, showRecorded });
})(globalThis.contextSwitch);
