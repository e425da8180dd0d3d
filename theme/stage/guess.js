// Guess first: the lines go from the bin "never printed" onto the paper, in the
// order in which they are expected. By tap or Enter, by dragging, and with the
// up and down keys.
(cs => {
  "use strict";
  const { html, span } = cs;

  /** How far, in px, a press has to move to be a drag. */
  const DRAG = 6;

  class Guess {
    /** `done` gets `{ lines, time }`, null to be shown this answer, or `"always"` for all of them. */
    constructor(form, name, puzzle, done) {
      this.form = form;
      this.done = done;
      this.drag = null;
      form.innerHTML = html`
        <p class="ask"><b>What does it print?</b> <small>Tap or drag the lines into the order you expect.</small></p>
        <div class="paper"><ol class="ruled" aria-hidden="true">${puzzle.lines.map(() => html`<li></li>`)}</ol>
          <ol class="picked" aria-label="Printed, in this order"></ol></div>
        <p class="caption">never printed</p>
        <ol class="bin" aria-label="Never printed">${puzzle.lines.map(line => html`<li><button type="button" class="chip">${line}</button></li>`)}</ol>
        ${
          puzzle.times.length
            ? html`<fieldset><legend>and it ends after</legend>${puzzle.times.map(
                us =>
                  html`<label><input type="radio" name="${name}-time" value="${us}"><span>${span(us)}</span></label>`,
              )}</fieldset>`
            : ""
        }
        <p class="acts"><button class="check">Check</button> <button type="button" class="show">Show me</button>
          <button type="button" class="always">Always show</button></p>
        <p class="spoken" role="status"></p>`;
      this.picked = form.querySelector(".picked");
      this.bin = form.querySelector(".bin");
      this.caption = form.querySelector(".caption");
      this.spoken = form.querySelector(".spoken");
      form.onclick = event => this.click(event);
      form.onkeydown = event => this.key(event);
      form.onpointerdown = event => this.press(event);
      form.onpointermove = event => this.move(event);
      form.onpointerup = form.onpointercancel = () => this.drag?.item.classList.remove("dragged");
      form.onsubmit = event => {
        event.preventDefault();
        this.check();
      };
    }

    /** Puts a line into a list, before another or at the end, and says where it is now. */
    put(item, list, before = null) {
      if (before === item || (item.parentNode === list && item.nextSibling === before)) return;
      list.insertBefore(item, before);
      const place = [...this.picked.children].indexOf(item);
      this.spoken.textContent =
        place < 0
          ? `${item.textContent}: never printed`
          : `${item.textContent}: line ${place + 1} of ${this.picked.children.length}`;
    }

    click(event) {
      if (event.target.closest(".show")) return this.done(null);
      if (event.target.closest(".always")) return this.done("always");
      const item = event.target.closest(".chip")?.parentNode;
      // The click that a drag ends in; one by a key has no count.
      if (!item || (this.drag?.moving && event.detail > 0)) return;
      this.put(item, item.parentNode === this.bin ? this.picked : this.bin);
      item.firstChild.focus();
    }

    key(event) {
      const item = event.target.closest(".picked li");
      if (!item || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      const neighbour = event.key === "ArrowUp" ? item.previousSibling : item.nextSibling;
      if (neighbour) this.put(item, this.picked, event.key === "ArrowUp" ? neighbour : neighbour.nextSibling);
      item.firstChild.focus();
    }

    press(event) {
      const item = event.target.closest(".chip")?.parentNode;
      this.drag = item ? { item, x: event.clientX, y: event.clientY, moving: false } : null;
    }

    move(event) {
      const { drag, form } = this;
      if (!drag || !event.buttons) return;
      if (!drag.moving) {
        if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < DRAG) return;
        drag.moving = true;
        drag.item.classList.add("dragged");
        form.setPointerCapture(event.pointerId); // the form's, because the line itself moves in the page
      }
      const list = event.clientY > this.caption.getBoundingClientRect().top ? this.bin : this.picked;
      const before = [...list.children].find(other => {
        if (other === drag.item) return false;
        const box = other.getBoundingClientRect();
        return list === this.bin ? event.clientX < box.x + box.width / 2 : event.clientY < box.y + box.height / 2;
      });
      this.put(drag.item, list, before);
    }

    check() {
      const time = this.form.querySelector(":checked")?.value;
      this.done({
        lines: [...this.picked.children].map(item => item.textContent),
        time: time === undefined ? null : Number(time),
      });
    }
  }

  /** Fills `form` with the puzzle; see `Guess`. */
  const ask = (form, name, puzzle, done) => new Guess(form, name, puzzle, done);

  Object.assign(cs, { ask });
})(globalThis.contextSwitch);
